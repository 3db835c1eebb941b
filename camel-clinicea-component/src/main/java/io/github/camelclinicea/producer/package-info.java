/** The producer: from a message to a call, from its answer to a message. Which operations there are is the catalogue's. */
package io.github.camelclinicea.producer;
