/** Stores the content of documents in the blob store that Clinicea names. */
package io.github.camelclinicea.client.blob;
