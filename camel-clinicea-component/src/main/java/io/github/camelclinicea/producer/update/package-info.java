/** Merges an update with the current record, so that fields the message does not give are kept. */
package io.github.camelclinicea.producer.update;
