/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.springboot.ComponentSchema.Option;
import java.io.IOException;

/** Generates the description of the properties for IDEs, in Spring Boot's format. */
final class ConfigurationMetadata {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLASS = "io.github.camelclinicea.springboot.CliniceaProperties";
    private static final String CUSTOMIZER = ComponentSchema.PREFIX + ".customizer";

    private ConfigurationMetadata() {}

    static String text() throws IOException {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.putArray("groups")
                .add(group(ComponentSchema.PREFIX, CLASS))
                .add(group(CUSTOMIZER, CLASS + "$Customizer"));
        ArrayNode properties = metadata.putArray("properties");
        ArrayNode hints = metadata.putArray("hints");
        properties
                .add(property(
                        ComponentSchema.PREFIX + ".enabled",
                        "java.lang.Boolean",
                        "Whether the starter adds the properties and the meters of the syncs."
                                + " The component is available in any case."))
                .add(property(
                        CUSTOMIZER + ".enabled",
                        "java.lang.Boolean",
                        "Whether the properties are applied to the component."));
        properties.forEach(switched -> ((ObjectNode) switched).put("defaultValue", true));
        for (Option option : ComponentSchema.options()) {
            ObjectNode property = property(option.property(), option.type(), option.description());
            if (option.standard() != null) {
                property.set("defaultValue", option.standard());
            }
            properties.add(property);
            if (option.bean()) {
                hints.add(beanOf(option));
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(metadata) + "\n";
    }

    private static ObjectNode group(String name, String type) {
        return JSON.createObjectNode().put("name", name).put("type", type).put("sourceType", CLASS);
    }

    private static ObjectNode property(String name, String type, String description) {
        return JSON.createObjectNode()
                .put("name", name)
                .put("type", type)
                .put("description", description)
                .put("sourceType", name.startsWith(CUSTOMIZER) ? CLASS + "$Customizer" : CLASS);
    }

    private static ObjectNode beanOf(Option option) {
        ObjectNode hint = JSON.createObjectNode().put("name", option.property());
        hint.putArray("providers")
                .addObject()
                .put("name", "spring-bean-reference")
                .putObject("parameters")
                .put("target", option.beanType());
        return hint;
    }
}
