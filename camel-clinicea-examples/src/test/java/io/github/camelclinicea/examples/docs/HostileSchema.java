/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An invented schema whose texts have everything that could break a generated page. */
final class HostileSchema {
    /** Means something to AsciiDoc or Markdown, character by character and together. */
    static final String TEXT = text();

    private HostileSchema() {}

    private static String text() {
        try (InputStream file = HostileSchema.class.getResourceAsStream("/docs/hostile-text.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode schema() {
        ObjectNode schema = new ObjectMapper().createObjectNode();
        schema.putObject("component")
                .put("title", "Hostile")
                .put("scheme", "hostile")
                .put("artifactId", "camel-hostile")
                .put("groupId", "org.example")
                .put("version", "1.2.3")
                .put("description", "Reads hostile texts.")
                .put("firstVersion", "1.2.0")
                .put("supportLevel", "Preview")
                .put("deprecated", true)
                .put("consumerOnly", true)
                .put("producerOnly", false)
                .put("syntax", "hostile:name");
        ObjectNode ofComponent = schema.putObject("componentProperties");
        option(ofComponent, "plain", "A plain text.").put("defaultValue", 20);
        option(ofComponent, "alone", TEXT);
        ObjectNode options = schema.putObject("properties");
        option(options, "name", "The name.").put("kind", "path").put("required", true);
        option(options, "hostile", TEXT).put("defaultValue", TEXT);
        option(options, "empty", "").put("defaultValue", "");
        option(options, "lines", "one\n\n|===\ntwo\r\n* three\tfour  five");
        option(options, "table", "|===");
        option(options, "heading", "== heading");
        option(options, "spec", "ends like the format of a cell 2+").put("defaultValue", "3*");
        option(options, "slash", "ends with \\").put("defaultValue", "\\");
        option(options, "cron", "A cron expression.").put("defaultValue", "*/5 * * * ?");
        option(options, "old", "No longer of use.").put("deprecated", true).put("deprecationNote", "Use name | new.");
        option(options, "password", "The password.").put("secret", true);
        option(options, "found", "A bean.").put("autowired", true);
        option(options, "threeStates", "By default, it depends.")
                .put("type", "boolean")
                .put("javaType", "java.lang.Boolean")
                .put("defaultValue", false);
        option(options, "map", "A map.").put("javaType", "java.util.Map<java.lang.String, java.lang.Object[]>");
        option(options, "choice", "One of a few.")
                .put("type", "enum")
                .putArray("enum")
                .add("A|B")
                .add("C_D")
                .add("*");
        option(schema.putObject("headers"), "Camel_Hostile|Header", TEXT)
                .put("kind", "header")
                .put("constantName", "org.example.Constants#SOME_HEADER_NAME");
        return schema;
    }

    private static ObjectNode option(ObjectNode options, String name, String description) {
        return options.putObject(name)
                .put("kind", "parameter")
                .put("group", "common")
                .put("configurationField", "configuration")
                .put("type", "string")
                .put("javaType", "java.lang.String")
                .put("description", description);
    }
}
