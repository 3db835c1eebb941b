/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** Reads the component's options from its schema. */
final class ComponentSchema {
    static final String PREFIX = "camel.component.clinicea";

    private ComponentSchema() {}

    /** Holds an option of the component. */
    record Option(String name, JsonNode schema) {
        String property() {
            return PREFIX + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the type of the property: never a primitive type, so that null means not set; String for the name of
         * a bean.
         */
        String type() {
            String type = schema.path("javaType").asText();
            if (schema.path("type").asText().equals("duration")) {
                return "java.time.Duration";
            }
            return switch (type) {
                case "boolean", "java.lang.Boolean" -> "java.lang.Boolean";
                case "int", "java.lang.Integer" -> "java.lang.Integer";
                case "long", "java.lang.Long" -> "java.lang.Long";
                case "double", "java.lang.Double" -> "java.lang.Double";
                case "java.util.Map<java.lang.String, java.lang.Object>" -> type.replace(" ", "");
                default -> "java.lang.String";
            };
        }

        boolean bean() {
            return schema.path("type").asText().equals("object") && !multiValue();
        }

        boolean multiValue() {
            return schema.path("multiValue").asBoolean();
        }

        boolean secret() {
            return schema.path("secret").asBoolean();
        }

        /**
         * Returns the default; null if there is none. Camel's generator states {@code false} for each {@code Boolean}
         * without one.
         */
        JsonNode standard() {
            return schema.path("javaType").asText().equals("java.lang.Boolean") ? null : schema.get("defaultValue");
        }

        String beanType() {
            return schema.path("javaType").asText();
        }

        String description() {
            String own = schema.path("description").asText();
            return bean() ? own + " The name of a bean, as #name: a " + beanType() + "." : own;
        }
    }

    static List<Option> options() throws IOException {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return new ObjectMapper()
                    .readTree(json).path("componentProperties").properties().stream()
                            .map(option -> new Option(option.getKey(), option.getValue()))
                            .toList();
        }
    }
}
