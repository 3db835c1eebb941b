/** Follows the pages of docs/start as a newcomer does: from an empty folder to a row in a database. */
package io.github.camelclinicea.starts;
