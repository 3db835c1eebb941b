/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.Map;
import java.util.Objects;

/**
 * How an update that overwrites what is not sent gets at the rest of its record.
 *
 * @param readBy the operation that reads the record, by its own name or its verb: one record, or a list with it among
 *     others
 * @param fields for each argument of the update that has another name in the record, the name of its field there; the others
 *     are found by their own names, whatever the capitals
 */
public record Merge(String readBy, Map<String, String> fields) {
    public Merge {
        Require.text(readBy, "merge.readBy");
        fields = Map.copyOf(Objects.requireNonNullElse(fields, Map.of()));
    }
}
