/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Names the mirrored resources and their tables. */
enum Mirrored {
    PATIENTS("patients", List.of("PatientID", "ID")),
    APPOINTMENTS("appointments", List.of("ID")),
    BILLS("bills", List.of("BillID", "ID"));

    private final String resource;
    private final List<String> idFields;

    Mirrored(String resource, List<String> idFields) {
        this.resource = resource;
        this.idFields = idFields;
    }

    String resource() {
        return resource;
    }

    /**
     * Returns the name of the table.
     *
     * @param prefix the prefix of all tables of the mirror
     */
    String table(String prefix) {
        return prefix + resource;
    }

    String id(JsonNode record) {
        return idFields.stream()
                .filter(record::hasNonNull)
                .findFirst()
                .map(field -> record.get(field).asText())
                .orElseThrow(
                        () -> new IllegalStateException("a record of " + resource + " has no field of " + idFields));
    }
}
