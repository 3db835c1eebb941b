/** Turns a message into a request, and a response into a message. Checks both. */
package io.github.camelclinicea.producer.message;
