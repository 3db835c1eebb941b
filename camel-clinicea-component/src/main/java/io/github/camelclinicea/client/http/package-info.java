/**
 * Sends requests by the HTTP client of Camel HTTP. Limits the size of a response, and distinguishes requests that were
 * certainly not sent from those that may have been.
 */
package io.github.camelclinicea.client.http;
