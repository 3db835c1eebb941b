/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the response to one request.
 *
 * <p>Specified by {@code ChangeListTest} and {@code RefusalTest}.
 *
 * @param status the HTTP status
 * @param headers its headers, without the {@code Date}
 * @param body its body, or null if it has none
 */
record SandboxResponse(int status, Map<String, String> headers, byte[] body) {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json; charset=utf-8");
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain; charset=utf-8");

    static SandboxResponse json(Object value) {
        return new SandboxResponse(200, JSON, Json.bytes(value));
    }

    static SandboxResponse row(StoredRow row) {
        return new SandboxResponse(200, JSON, row.json());
    }

    /** Returns a bare array, or a 204 if there are no rows. A 204 says that the page is behind the end of the list. */
    static SandboxResponse rows(List<StoredRow> rows) {
        if (rows.isEmpty()) {
            return nothing();
        }
        int size = 1 + rows.stream().mapToInt(row -> row.json().length + 1).sum();
        byte[] body = new byte[size];
        int at = 0;
        char before = '[';
        for (StoredRow row : rows) {
            body[at++] = (byte) before;
            before = ',';
            System.arraycopy(row.json(), 0, body, at, row.json().length);
            at += row.json().length;
        }
        body[at] = ']';
        return new SandboxResponse(200, JSON, body);
    }

    static SandboxResponse text(int status, String text) {
        return new SandboxResponse(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static SandboxResponse nothing() {
        return empty(204);
    }

    static SandboxResponse empty(int status) {
        return new SandboxResponse(status, Map.of(), null);
    }

    SandboxResponse with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new SandboxResponse(status, more, body);
    }
}
