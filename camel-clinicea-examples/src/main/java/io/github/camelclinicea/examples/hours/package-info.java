/* SPDX-License-Identifier: Apache-2.0 */
/** Polls in the opening hours of a clinic, and compares all records at night. */
package io.github.camelclinicea.examples.hours;
