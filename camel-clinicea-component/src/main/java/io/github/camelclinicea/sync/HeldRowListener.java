/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/** Receives notifications of failed rows. Called from any thread; must not block. */
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

    /** Called when a row fails for the first time; it is held from now on. */
    void held(HeldRow row);

    /** Called when a held row has been delivered. */
    void delivered(HeldRow row);

    /**
     * Called when rows have been held for another hour.
     *
     * @param rows how many rows are held
     * @param oldest when the one that is held longest failed for the first time
     */
    void stillHeld(int rows, Instant oldest);

    /**
     * Called when a row fails while the limit of held rows is reached. The row is read from the list again at each
     * poll. Called once until rows can be held again.
     */
    void limitReached(int maxHeldRows);
}
