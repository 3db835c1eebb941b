/** Follows many clinics, each with its own key, in one application. */
package io.github.camelclinicea.examples.clinics;
