/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import io.github.camelclinicea.springboot.ComponentSchema.Option;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Generates the source of the class that the properties are bound to. */
final class PropertiesClass {
    private PropertiesClass() {}

    static String source() throws IOException {
        String components = ComponentSchema.options().stream()
                .map(option -> "        " + simple(option) + " " + option.name())
                .collect(Collectors.joining(",\n"));
        // A whole configuration comes first. Otherwise it would overwrite the single options before it.
        String puts = ComponentSchema.options().stream()
                .sorted(Comparator.comparing(option -> !option.name().equals("configuration")))
                .map(option -> "        put(options, \"%1$s\", %1$s);\n".formatted(option.name()))
                .collect(Collectors.joining());
        return """
                package io.github.camelclinicea.springboot;

                import java.time.Duration;
                import java.util.LinkedHashMap;
                import java.util.Map;
                import org.springframework.boot.context.properties.ConfigurationProperties;

                /**
                 * Holds the component's options as properties of a Spring Boot application. Generated from the component's schema; do
                 * not edit. A property that is not set is null, and the option keeps the component's value. An option that is an
                 * object is the name of a bean, as {@code #name}.
                 *
                 * <p>An unknown property ends the start, so that a misspelt name is not ignored.
                 */
                @ConfigurationProperties(prefix = CliniceaProperties.PREFIX, ignoreUnknownFields = false)
                record CliniceaProperties(
                        Boolean enabled,
                        Customizer customizer,
                %s) {

                    static final String PREFIX = "%s";

                    /** Whether the options are applied to the component. */
                    record Customizer(Boolean enabled) {}

                    /** Returns the options that are set. A whole configuration comes before single options. */
                    Map<String, Object> options() {
                        Map<String, Object> options = new LinkedHashMap<>();
                %s        return options;
                    }

                    private static void put(Map<String, Object> options, String name, Object value) {
                        if (value != null) {
                            options.put(name, value);
                        }
                    }

                    /** Returns the names of the options that are set, without values, because they may be secrets. */
                    @Override
                    public String toString() {
                        return PREFIX + options().keySet();
                    }
                }
                """.formatted(components, ComponentSchema.PREFIX, puts);
    }

    private static String simple(Option option) {
        return option.multiValue()
                ? "Map<String, Object>"
                : option.type().substring(option.type().lastIndexOf('.') + 1);
    }
}
