/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/**
 * One response as received.
 *
 * <p>Specified by {@code CamelHttpTransportTest} and {@code CliniceaClientTest}.
 *
 * @param status the HTTP status
 * @param body the body, decompressed; empty if there was none
 * @param serverTime the {@code Date} header, or null if it was missing or malformed
 * @param retryAfter the {@code Retry-After} header, or null
 */
public record Response(int status, byte[] body, Instant serverTime, String retryAfter) {

    private static final int MAX_TEXT = 4_000;

    /** Accepted, Partial Content, Multi-Status, Already Reported and IM Used. */
    private static final Set<Integer> NOT_WHOLE = Set.of(202, 206, 207, 208, 226);

    /** Returns whether a status says that the credentials are wrong, or do not have the right. */
    public static boolean refusesCredentials(int status) {
        return status == 401 || status == 403;
    }

    /** Returns the first 4,000 characters of the body, which may be a patient's data. */
    public String text() {
        // A character takes four bytes at most. The last one may be cut off.
        String text = new String(body, 0, Math.min(body.length, 4 * MAX_TEXT), StandardCharsets.UTF_8);
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /** Returns whether the status is one of success, from 200 to 299. */
    public boolean isSuccessful() {
        return status >= 200 && status < 300;
    }

    /**
     * Returns whether the body of a success is the complete result, and not a part of it, a difference, a list of
     * outcomes or a notice that the result follows later.
     */
    public boolean isWhole() {
        return !NOT_WHOLE.contains(status);
    }

    /** Returns the status only, because the body is a patient's data. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
