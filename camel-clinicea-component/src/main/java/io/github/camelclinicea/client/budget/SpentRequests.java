/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the number of requests of each period as keys. Such a set has no counters, so each key stands for a block of
 * requests, and names the number of requests before it. A block is reserved by adding its key, before any of its
 * requests is sent. A crash loses the rest of its block: the count is then too high, and never too low. Nodes that add
 * keys at once get different blocks, as far as the set returns true for one {@code add} of a key only.
 *
 * <p>The first thousand requests are blocks of one. Later blocks are larger, about one percent of the requests before
 * them at most.
 */
final class SpentRequests {
    private static final int[] FROM = {0, 1_000, 100_000};
    private static final int[] SIZE = {1, 10, 100};

    private final BudgetKeys keys;
    private final String prefix;

    private String period = "";
    /** The first block that may be free. */
    private int next;

    /**
     * @param keys the set of keys
     * @param prefix the beginning of each key
     */
    SpentRequests(BudgetKeys keys, String prefix) {
        this.keys = keys;
        this.prefix = prefix;
    }

    /**
     * A number of requests that may be sent.
     *
     * @param before the requests that were reserved before
     * @param requests the number of requests; 1 or more
     */
    record Block(long before, long requests) {
        long end() {
            return before + requests;
        }
    }

    /**
     * Reserves the next block of a period.
     *
     * @param label the name of the period
     * @param limit the most requests of the period
     * @return the block; empty if all requests are reserved
     */
    synchronized Optional<Block> reserve(String label, long limit) {
        if (!period.equals(label)) {
            period = label;
            next = 0;
        }
        while (before(next) < limit) {
            int block = next;
            if (keys.add(key(label, block))) {
                next++;
                return Optional.of(new Block(before(block), Math.min(before(next), limit) - before(block)));
            }
            next = firstFree(label, block + 1, blocks(limit));
        }
        return Optional.empty();
    }

    /** Returns whether any request of a period was reserved. */
    boolean isBegun(String label) {
        return keys.contains(key(label, 0));
    }

    /** Removes the count of a period. */
    void forget(String label) {
        int high = 1;
        while (keys.contains(key(label, high))) {
            high *= 2;
        }
        int count = firstFree(label, high / 2, high);
        List<String> all = new ArrayList<>(count);
        for (int block = 0; block < count; block++) {
            all.add(key(label, block));
        }
        // The first key goes last: after a crash, it shows that there are others.
        Collections.reverse(all);
        keys.removeAll(all);
    }

    /** Returns the first free block. All before {@code low} are reserved, and those from {@code high} on are not. */
    private int firstFree(String label, int low, int high) {
        int first = low;
        int last = Math.max(low, high);
        while (first < last) {
            int middle = (first + last) >>> 1;
            if (keys.contains(key(label, middle))) {
                first = middle + 1;
            } else {
                last = middle;
            }
        }
        return first;
    }

    private String key(String label, int block) {
        return prefix + label + "/" + before(block);
    }

    /** Returns the number of requests before a block. */
    private static long before(int block) {
        long first = 0;
        for (int i = 0; i < FROM.length; i++) {
            boolean isLast = i == FROM.length - 1;
            int count = isLast ? Integer.MAX_VALUE : (FROM[i + 1] - FROM[i]) / SIZE[i];
            if (block - first < count) {
                return FROM[i] + (block - first) * SIZE[i];
            }
            first += count;
        }
        throw new IllegalArgumentException("there is no block " + block);
    }

    /** Returns how many blocks begin before a number of requests. */
    private static int blocks(long requests) {
        int blocks = 0;
        for (int i = 0; i < FROM.length; i++) {
            long end = i == FROM.length - 1 ? requests : Math.min(requests, FROM[i + 1]);
            if (end > FROM[i]) {
                blocks += (int) ((end - FROM[i] + SIZE[i] - 1) / SIZE[i]);
            }
        }
        return blocks;
    }
}
