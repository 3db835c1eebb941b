/** Many clinics, each with a key of its own, followed by one application. */
package io.github.camelclinicea.examples.clinics;
