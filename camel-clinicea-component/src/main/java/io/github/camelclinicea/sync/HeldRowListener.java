/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/** Is notified of rows that fail. Called from any thread; must not block. */
public interface HeldRowListener {
    /** Ignores all notifications. */
    HeldRowListener NONE = new HeldRowListener() {
        @Override
        public void held(HeldRow row) {}

        @Override
        public void delivered(HeldRow row) {}

        @Override
        public void stillHeld(int rows, Instant oldest) {}

        @Override
        public void limitReached(int maxHeldRows) {}
    };

    /** A row failed for the first time and is held from now on. */
    void held(HeldRow row);

    /** A row that was held has been delivered after all. */
    void delivered(HeldRow row);

    /**
     * Rows have been held for another hour.
     *
     * @param rows how many are held
     * @param oldest when the first of them failed
     */
    void stillHeld(int rows, Instant oldest);

    /**
     * A row failed while as many rows as possible are held. It stays in the list, which is read again at each poll.
     * Notified once until rows can be held again.
     */
    void limitReached(int maxHeldRows);
}
