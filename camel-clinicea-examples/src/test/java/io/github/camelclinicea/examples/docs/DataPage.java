/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import java.util.Locale;

/** Generates the tables of {@code docs/reference/data.md} from the dictionary. */
final class DataPage {
    private DataPage() {}

    static String renewed(String page) {
        return GeneratedPart.renewed(
                GeneratedPart.renewed(
                        page, "<!-- types: made from fields.json -->\n", types(), "<!-- end of types -->\n"),
                "<!-- fields: made from fields.json -->\n",
                fields(),
                "<!-- end of fields -->\n");
    }

    private static String types() {
        StringBuilder table = new StringBuilder("""

                | Type | In JSON, or null |
                | --- | --- |
                """);
        for (FieldDictionary.Type type : FieldDictionary.Type.values()) {
            table.append("| ")
                    .append(name(type))
                    .append(" | ")
                    .append(type.words())
                    .append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String fields() {
        StringBuilder tables = new StringBuilder();
        for (FieldDictionary.Resource resource : FieldDictionary.resources()) {
            tables.append("\n### ").append(resource.name()).append("\n\n");
            if (resource.note() != null) {
                tables.append(resource.note().substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(resource.note().substring(1))
                        .append(".\n\n");
            }
            tables.append("""
                    | Field | Type | Meaning | Grade |
                    | --- | --- | --- | --- |
                    """);
            for (FieldDictionary.Field field : resource.fields()) {
                tables.append("| `" + field.name() + "` | " + name(field.type()) + " | " + field.meaning() + " | "
                        + field.grade() + " |\n");
            }
        }
        return tables.append('\n').toString();
    }

    private static String name(FieldDictionary.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
