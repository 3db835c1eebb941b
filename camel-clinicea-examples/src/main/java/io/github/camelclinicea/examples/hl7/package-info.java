/* SPDX-License-Identifier: Apache-2.0 */
/** Sends patients and appointments as HL7 v2 messages, and takes results with documents. */
package io.github.camelclinicea.examples.hl7;
