/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.cli.probe.ListResponse.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the response to a request for a page.
 *
 * <p>Specified by {@code ProbeTest} and {@code HostileServerTest}.
 */
final class Rows {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Otherwise the message of an exception could quote a row.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Rows() {}

    /** Returns what a response means. */
    static ListResponse of(Wire.Response response) {
        int status = response.status();
        if (status == 204) {
            return new ListResponse(Outcome.EMPTY, status, List.of());
        }
        if (status < 200 || status > 299) {
            return new ListResponse(Outcome.REFUSED, status, List.of());
        }
        return json(response.body()) instanceof ArrayNode page ? list(status, page) : noList(status);
    }

    private static ListResponse list(int status, ArrayNode page) {
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode row : page) {
            if (!(row instanceof ObjectNode object)) {
                return noList(status);
            }
            rows.add(object);
        }
        return new ListResponse(rows.isEmpty() ? Outcome.EMPTY : Outcome.ROWS, status, rows);
    }

    private static ListResponse noList(int status) {
        return new ListResponse(Outcome.NO_LIST, status, List.of());
    }

    /** Returns the JSON of a body; null if it is none. */
    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }
}
