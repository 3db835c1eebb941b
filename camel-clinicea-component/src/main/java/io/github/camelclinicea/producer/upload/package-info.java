/** Uploads the content of a document in three requests. */
package io.github.camelclinicea.producer.upload;
