/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.catalog.SinceParameter;
import java.util.List;
import java.util.Map;

/**
 * Makes the catalogue file of a server: of each list, what differs from the shipped catalogue.
 *
 * <p>Specified by {@code PrintedOptionsTest}.
 */
final class CatalogueOverlay {
    private static final Map<String, String> FIELDS =
            Map.of("idField", "idFields", "statusField", "statusFields", "modifiedField", "modifiedFields");

    private CatalogueOverlay() {}

    static ObjectNode of(List<ListFindings> lists) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.set("resources", rows(lists));
        return file;
    }

    /** Returns the rows of the lists that differ; the others have none. */
    static ArrayNode rows(List<ListFindings> lists) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (ListFindings list : lists) {
            Map<String, String> options = new ListCorrections(list).all();
            ObjectNode changes = changes(list, options);
            boolean elsewhere = options.containsKey("path");
            if (!list.isPathCertain() || changes.isEmpty() && !elsewhere) {
                continue;
            }
            ObjectNode row = rows.addObject().put("name", list.resource());
            if (elsewhere) {
                row.put("path", options.get("path"));
            }
            if (!changes.isEmpty()) {
                row.set("changes", changes);
            }
        }
        return rows;
    }

    private static ObjectNode changes(ListFindings list, Map<String, String> options) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        if (options.containsKey("firstPage")) {
            changes.putObject("page").put("first", Integer.parseInt(options.get("firstPage")));
        }
        if (options.containsKey("pageSize")) {
            changes.putObject("pageSize").put("rows", Integer.parseInt(options.get("pageSize")));
        }
        if (options.containsKey("syncParameter") || options.containsKey("timestampFormat")) {
            ArrayNode since = changes.putArray("since");
            for (SinceParameter parameter : list.family().best().parameters()) {
                since.addObject()
                        .put("name", parameter.name())
                        .put("format", parameter.format().toString());
            }
        }
        FIELDS.forEach((option, field) -> {
            if (options.containsKey(option)) {
                changes.putArray(field).add(options.get(option));
            }
        });
        return changes;
    }
}
