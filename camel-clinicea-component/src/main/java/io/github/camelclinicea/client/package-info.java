/**
 * Sends requests to Clinicea with credentials and retries, and reads lists page by page. A request results in rows, in
 * a response, or in a {@link io.github.camelclinicea.CliniceaException}. A response wrongly taken for an empty list
 * would lose changes silently.
 */
package io.github.camelclinicea.client;
