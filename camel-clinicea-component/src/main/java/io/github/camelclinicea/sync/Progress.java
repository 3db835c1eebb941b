/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Clock;
import java.time.Instant;

/**
 * Records when a poll last made progress, which distinguishes a poll that takes long from one that is stuck. Used by
 * any thread.
 */
final class Progress {
    private final Clock clock;
    private volatile Instant last;
    private volatile Instant lastEnd;
    private volatile boolean polling;

    Progress(Clock clock) {
        this.clock = clock;
    }

    void begin() {
        // Order matters: with `polling` set first, the health check would see the progress of the previous poll and
        // could
        // report this one as stuck.
        made();
        polling = true;
    }

    void made() {
        last = clock.instant();
    }

    void end() {
        lastEnd = clock.instant();
        polling = false;
    }

    boolean polling() {
        return polling;
    }

    Instant last() {
        return last;
    }

    Instant lastEnd() {
        return lastEnd;
    }
}
