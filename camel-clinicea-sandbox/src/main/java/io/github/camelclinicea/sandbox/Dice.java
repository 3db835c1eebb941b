/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** The chance behind one invented row: the same seed, resource and number always throw the same. Not thread-safe. */
final class Dice {
    private final SplittableRandom random;

    Dice(long state) {
        this.random = new SplittableRandom(state);
    }

    /** @return a number from {@code low} to {@code high}, both included */
    int number(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    long number(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** @return 0 or 1: some of Clinicea's flags come as numbers */
    int bit(int percent) {
        return chance(percent) ? 1 : 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** @return an amount of money from 0 to {@code most}, with two decimals */
    BigDecimal money(int most) {
        return BigDecimal.valueOf(random.nextInt(most * 100 + 1), 2);
    }

    /** @return the text of a version 4 GUID */
    String guid() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
