/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/**
 * An answer as it came.
 *
 * @param status the HTTP status
 * @param body the body, decompressed; empty if there was none
 * @param serverTime the {@code Date} header, or null if there was none that could be read
 * @param retryAfter the {@code Retry-After} header, or null
 */
public record Response(int status, byte[] body, Instant serverTime, String retryAfter) {

    private static final int MAX_TEXT = 4_000;

    /** Accepted, Partial Content, Multi-Status, Already Reported and IM Used. */
    private static final Set<Integer> NOT_WHOLE = Set.of(202, 206, 207, 208, 226);

    /** Returns the beginning of the body as text, for who wants to know what else it says; may be a patient's data. */
    public String text() {
        // A character takes four bytes at most, of which the last may be cut off.
        String text = new String(body, 0, Math.min(body.length, 4 * MAX_TEXT), StandardCharsets.UTF_8);
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /** @return whether the server says that it did what was asked */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /**
     * Returns whether the body of a success is all that was asked for, and not a part, a difference, a list of outcomes or a
     * word that it is still to come.
     */
    public boolean isWhole() {
        return !NOT_WHOLE.contains(status);
    }

    /** @return the status only: a body is a patient's data */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
