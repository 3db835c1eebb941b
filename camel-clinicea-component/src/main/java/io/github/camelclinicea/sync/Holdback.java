/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/**
 * The rows that hold the checkpoint back.
 *
 * @param failedRows how many rows are held or failed in the last poll; 0 if none holds the checkpoint back
 * @param since when the first of them failed, or the first poll of an unbroken series ended with a failed row; null
 *     if none holds the checkpoint back
 */
public record Holdback(int failedRows, Instant since) {
    static final Holdback NONE = new Holdback(0, null);

    Holdback after(int failed, Instant now) {
        return failed == 0 ? NONE : new Holdback(failed, since == null ? now : since);
    }
}
