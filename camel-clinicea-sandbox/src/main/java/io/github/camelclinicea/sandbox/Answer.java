/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes back for one request.
 *
 * @param status the HTTP status
 * @param headers its headers but for the date
 * @param body its body, or null for none
 */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json; charset=utf-8");
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain; charset=utf-8");

    static Answer json(Object value) {
        return new Answer(200, JSON, Json.bytes(value));
    }

    static Answer row(StoredRow row) {
        return new Answer(200, JSON, row.json());
    }

    /** @return a bare array, or a 204 if there are no rows: the sign that a list is past its end */
    static Answer rows(List<StoredRow> rows) {
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
        return new Answer(200, JSON, body);
    }

    static Answer text(int status, String text) {
        return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer nothing() {
        return empty(204);
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), null);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
