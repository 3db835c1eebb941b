/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Makes rows of short texts. */
final class TestRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestRows() {}

    /** Returns rows of JSON with single quotes. */
    static List<ObjectNode> rows(String... json) {
        List<ObjectNode> rows = new ArrayList<>();
        for (String row : json) {
            try {
                rows.add((ObjectNode) JSON.readTree(row.replace('\'', '"')));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(row, e);
            }
        }
        return rows;
    }
}
