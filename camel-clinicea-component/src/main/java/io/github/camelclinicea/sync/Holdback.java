/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/**
 * What holds the checkpoint back.
 *
 * @param failedRows rows that failed in the last poll and will be offered again; 0 if nothing is held back
 * @param since when the first poll of this unbroken series ended with a failed row; null if nothing is held back
 */
public record Holdback(int failedRows, Instant since) {
    static final Holdback NONE = new Holdback(0, null);

    Holdback after(int failed, Instant now) {
        return failed == 0 ? NONE : new Holdback(failed, since == null ? now : since);
    }
}
