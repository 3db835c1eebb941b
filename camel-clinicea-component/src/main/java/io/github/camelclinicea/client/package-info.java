/**
 * One call to Clinicea: transport over camel-http, credentials, retry, and the reading of its answers. A call gives rows
 * or an answer, or a {@link io.github.camelclinicea.CliniceaException}; nothing in between, since an answer wrongly taken
 * for "empty" is silent data loss.
 */
package io.github.camelclinicea.client;
