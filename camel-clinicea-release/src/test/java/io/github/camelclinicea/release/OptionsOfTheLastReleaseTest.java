/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the options and headers with those of the last release. {@code .ci/api} gives both jars. */
@Tag("api")
class OptionsOfTheLastReleaseTest {
    private static final String SCHEMA = "META-INF/io/github/camelclinicea/clinicea.json";
    private static final List<String> GROUPS = List.of("componentProperties", "properties", "headers");

    @Test
    void given_the_last_release_when_its_options_and_headers_are_looked_up_then_none_broke() throws Exception {
        Path old = Path.of(System.getProperty("api.baseline"), "camel-clinicea-component.jar");
        Path now = Path.of(
                "..",
                "camel-clinicea-component",
                "target",
                "camel-clinicea-component-" + System.getProperty("project.version") + ".jar");

        List<String> broken = broken(schema(old), schema(now));

        broken.forEach(change -> System.out.println("Incompatible: " + change));
        if (Boolean.getBoolean("api.frozen")) {
            assertThat(broken).isEmpty();
        }
    }

    @Test
    void given_an_option_that_went_or_changed_when_compared_then_it_is_reported() throws Exception {
        JsonObject old = (JsonObject) Jsoner.deserialize("""
                {"properties": {
                  "kept": {"type": "string", "javaType": "java.lang.String"},
                  "gone": {"type": "string"},
                  "retyped": {"type": "integer", "javaType": "int"},
                  "otherwise": {"type": "boolean", "defaultValue": false},
                  "required": {"type": "string", "required": false}},
                 "headers": {"CamelGone": {"type": "string"}}}
                """);
        JsonObject now = (JsonObject) Jsoner.deserialize("""
                {"properties": {
                  "kept": {"type": "string", "javaType": "java.lang.String", "description": "another one"},
                  "retyped": {"type": "string", "javaType": "java.lang.String"},
                  "otherwise": {"type": "boolean", "defaultValue": true},
                  "required": {"type": "string", "required": true},
                  "added": {"type": "string"},
                  "addedAndRequired": {"type": "string", "required": true}}}
                """);

        assertThat(broken(old, now))
                .containsExactlyInAnyOrder(
                        "properties gone: it is no longer there",
                        "properties retyped: type integer became string",
                        "properties retyped: javaType int became java.lang.String",
                        "properties otherwise: defaultValue false became true",
                        "properties required: it is required now",
                        "properties addedAndRequired: it is new and required",
                        "headers CamelGone: it is no longer there");
    }

    private static List<String> broken(JsonObject old, JsonObject now) {
        List<String> broken = new ArrayList<>();
        for (String group : GROUPS) {
            JsonObject before = (JsonObject) old.getOrDefault(group, new JsonObject());
            JsonObject after = (JsonObject) now.getOrDefault(group, new JsonObject());
            before.forEach((name, value) -> {
                JsonObject was = (JsonObject) value;
                JsonObject is = (JsonObject) after.get(name);
                String place = group + " " + name + ": ";
                if (is == null) {
                    broken.add(place + "it is no longer there");
                    return;
                }
                for (String field : List.of("type", "javaType", "defaultValue")) {
                    if (!Objects.equals(was.get(field), is.get(field))) {
                        broken.add(place + field + " " + was.get(field) + " became " + is.get(field));
                    }
                }
                if (isRequired(is) && !isRequired(was)) {
                    broken.add(place + "it is required now");
                }
            });
            after.forEach((name, value) -> {
                if (!before.containsKey(name) && isRequired((JsonObject) value)) {
                    broken.add(group + " " + name + ": it is new and required");
                }
            });
        }
        return broken;
    }

    private static boolean isRequired(JsonObject option) {
        return Boolean.TRUE.equals(option.get("required"));
    }

    private static JsonObject schema(Path file) throws Exception {
        try (JarFile jar = new JarFile(file.toFile());
                InputStream in = open(jar)) {
            return (JsonObject) Jsoner.deserialize(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static InputStream open(JarFile jar) throws IOException {
        assertThat(jar.getEntry(SCHEMA)).as(jar.getName()).isNotNull();
        return jar.getInputStream(jar.getEntry(SCHEMA));
    }
}
