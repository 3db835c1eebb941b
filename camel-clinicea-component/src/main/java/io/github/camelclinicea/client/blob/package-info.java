/** Stores the content of documents in the blob store that the server names. */
package io.github.camelclinicea.client.blob;
