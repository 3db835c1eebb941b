/** Marks the versions that the own writes make, so that a two-way sync does not deliver them ({@code suppressEcho}). */
package io.github.camelclinicea.producer.echo;
