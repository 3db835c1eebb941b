/**
 * Limits the requests a second that all endpoints with one credential send together, and adapts to refusals of the
 * server.
 */
package io.github.camelclinicea.client.rate;
