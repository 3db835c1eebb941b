/** A form on the clinic's web site that enters leads into Clinicea. */
package io.github.camelclinicea.examples.lead;
