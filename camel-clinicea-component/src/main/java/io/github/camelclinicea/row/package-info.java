/** What identifies a row: its record and its version. Knows nothing else of ours. */
package io.github.camelclinicea.row;
