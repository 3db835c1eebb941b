/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.time.Duration;

/** Waits between two requests. */
@FunctionalInterface
interface Pause {
    /**
     * Waits.
     *
     * @param time how long, not negative
     * @throws InterruptedException if interrupted
     */
    void of(Duration time) throws InterruptedException;
}
