/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes the random values of one invented row. The same seed, resource and number always give the same values. Not
 * thread-safe.
 *
 * <p>Specified by {@code ClinicTest}.
 */
final class Dice {
    private final SplittableRandom random;

    Dice(long state) {
        this.random = new SplittableRandom(state);
    }

    /** Returns a number from {@code low} to {@code high}, both included. */
    int number(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    long number(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Returns 0 or 1. Some of Clinicea's flags are numbers. */
    int bit(int percent) {
        return chance(percent) ? 1 : 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Returns an amount of money from 0 to {@code most}, with two decimals. */
    BigDecimal money(int most) {
        return BigDecimal.valueOf(random.nextInt(most * 100 + 1), 2);
    }

    /** Returns the text of a version 4 GUID. */
    String guid() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
