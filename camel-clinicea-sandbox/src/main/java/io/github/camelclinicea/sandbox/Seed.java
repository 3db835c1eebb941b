/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/**
 * Holds the number that a clinic is invented from. Every row has its own dice, so that a larger clinic begins with the
 * rows of a smaller one.
 *
 * <p>Specified by {@code ClinicTest}.
 *
 * @param value any number
 * @param patients the number of patients at the start, which are those that other rows refer to
 */
record Seed(long value, int patients) {

    /** Returns the dice for the fields of a resource's {@code number}th row, counted from 1. */
    Dice dice(String resource, int number) {
        return new Dice(mix(resource, number) + 1);
    }

    /** Returns the id of a resource's {@code number}th row, counted from 1. */
    String id(String resource, int number) {
        return new Dice(mix(resource, number)).guid();
    }

    /** Returns the number of a patient that the clinic started with, or 0 if it started without patients. */
    int somePatient(Dice dice) {
        return patients == 0 ? 0 : dice.number(1, patients);
    }

    private long mix(String resource, int number) {
        return value * 0x9E3779B97F4A7C15L + resource.hashCode() * 0xBF58476D1CE4E5B9L + number * 0x94D049BB133111EBL;
    }
}
