/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Clock;
import java.time.Instant;

/** When something last moved: what tells a poll that takes long from one that hangs. */
final class Progress {
    private final Clock clock;
    private volatile Instant last;
    private volatile Instant lastEnd;
    private volatile boolean polling;

    Progress(Clock clock) {
        this.clock = clock;
    }

    void begin() {
        // In this order, or the time since the last poll would pass for time in which this one does not get on.
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
