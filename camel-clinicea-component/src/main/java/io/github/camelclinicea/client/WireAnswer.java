package io.github.camelclinicea.client;

import java.time.Instant;

/**
 * An answer as it came.
 *
 * @param status the HTTP status
 * @param body the body, decompressed; empty if there was none
 * @param serverTime the {@code Date} header, or null if there was none that could be read
 * @param retryAfter the {@code Retry-After} header, or null
 */
public record WireAnswer(int status, byte[] body, Instant serverTime, String retryAfter) {

    /** @return whether the server says that it did what was asked */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** @return the status only: a body is a patient's data */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
