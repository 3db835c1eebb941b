/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.util.Collection;
import java.util.Map;

/**
 * Holds a response of the change list server.
 *
 * @param status the HTTP status
 * @param body the body; empty if there is none
 * @param headers the headers, without Date
 */
public record Answer(int status, String body, Map<String, String> headers) {
    public static final Answer NO_CONTENT = new Answer(204, "", Map.of());
    public static final Answer EMPTY_ARRAY = json("[]");
    public static final Answer HTML =
            new Answer(200, "<html><body>Runtime error</body></html>", Map.of("Content-Type", "text/html"));

    public static Answer json(String body) {
        return new Answer(200, body, Map.of("Content-Type", "application/json"));
    }

    public static Answer rows(Collection<String> rows) {
        return rows.isEmpty() ? NO_CONTENT : json("[" + String.join(",", rows) + "]");
    }

    public static Answer refusal(int status) {
        return new Answer(status, "The request cannot be served.", Map.of("Content-Type", "text/plain"));
    }

    public static Answer tooMany(String retryAfter) {
        return new Answer(429, "", Map.of("Retry-After", retryAfter));
    }

    @Override
    public String toString() {
        return status + (body.length() > 40 ? " …" : " " + body);
    }
}
