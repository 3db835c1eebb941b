/** Keeps patients equal in Clinicea and in the table of a CRM, with edits on both sides. */
package io.github.camelclinicea.examples.crm;
