/** Patients kept alike in Clinicea and in the table of a CRM, whichever of the two they are edited in. */
package io.github.camelclinicea.examples.crm;
