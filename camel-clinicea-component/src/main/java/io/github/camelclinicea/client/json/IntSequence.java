/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.Arrays;

/**
 * A growing sequence of numbers, which is reused.
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class IntSequence {
    private int[] numbers = new int[64];
    private int length;

    int length() {
        return length;
    }

    void setLength(int length) {
        this.length = length;
    }

    int get(int place) {
        return numbers[place];
    }

    int last() {
        return numbers[length - 1];
    }

    void append(int number) {
        if (length == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * length);
        }
        numbers[length++] = number;
    }
}
