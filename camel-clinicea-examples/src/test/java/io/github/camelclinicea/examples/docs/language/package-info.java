/** Checks the language of the documentation: its sentences, its words, its names and its links. */
package io.github.camelclinicea.examples.docs.language;
