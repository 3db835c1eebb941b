/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.Map;
import java.util.Objects;

/**
 * Says how {@code mergeOnUpdate} reads the fields that a message does not give.
 *
 * <p>Specified by {@code CatalogueTest} and {@code MergedUpdateTest}.
 *
 * @param readBy the name or verb of the operation that reads the record: a single record, or a list that contains it
 * @param fields the names of fields in the record, by the names of arguments. It has only those that differ; upper and
 *     lower case do not count
 */
public record Merge(String readBy, Map<String, String> fields) {
    /**
     * Checks the row.
     *
     * @param readBy the component of that name
     * @param fields the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public Merge {
        Require.text(readBy, "merge.readBy");
        fields = Map.copyOf(Objects.requireNonNullElse(fields, Map.of()));
    }
}
