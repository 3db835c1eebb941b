/** Sends requests over Camel HTTP. Bounds what a response may cost, and tells what was certainly not sent from what may have been. */
package io.github.camelclinicea.client.http;
