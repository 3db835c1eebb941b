/* SPDX-License-Identifier: Apache-2.0 */
/** Keeps a FHIR R4 server equal to the clinic. */
package io.github.camelclinicea.examples.fhir;
