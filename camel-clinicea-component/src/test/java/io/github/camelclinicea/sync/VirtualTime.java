/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/** Holds the time of a test in milliseconds. It passes only when the test says so. */
final class VirtualTime {
    static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");

    private long now = BEGIN.toEpochMilli();

    long now() {
        return now;
    }

    void pass(long millis) {
        now += millis;
    }
}
