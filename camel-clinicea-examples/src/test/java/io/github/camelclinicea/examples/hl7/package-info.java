/* SPDX-License-Identifier: Apache-2.0 */
/** Runs the gateway of HL7 v2 against the sandbox, a receiver and a laboratory. */
package io.github.camelclinicea.examples.hl7;
