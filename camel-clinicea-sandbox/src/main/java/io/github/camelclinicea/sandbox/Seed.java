/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/**
 * The number an invented clinic grows from. Every row has its own dice, so that a larger clinic begins with the very rows
 * of a smaller one.
 *
 * @param value any number
 * @param patients how many patients the clinic starts with: those that other rows refer to
 */
record Seed(long value, int patients) {

    /** @return the dice that decide the fields of a resource's {@code number}th row, counted from 1 */
    Dice dice(String resource, int number) {
        return new Dice(mix(resource, number) + 1);
    }

    /** @return the id of a resource's {@code number}th row, counted from 1 */
    String id(String resource, int number) {
        return new Dice(mix(resource, number)).guid();
    }

    /** @return the number of one of the patients the clinic started with, or 0 if it started with none */
    int somePatient(Dice dice) {
        return patients == 0 ? 0 : dice.number(1, patients);
    }

    private long mix(String resource, int number) {
        return value * 0x9E3779B97F4A7C15L + resource.hashCode() * 0xBF58476D1CE4E5B9L + number * 0x94D049BB133111EBL;
    }
}
