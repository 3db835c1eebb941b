/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.springboot.ComponentSchema.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that the properties and their descriptions for IDEs follow from the component's schema. */
class MadeFromTheSchemaTest {
    private static final Path GENERATED = Path.of("src/generated");

    @Test
    void given_the_class_of_the_properties_when_compared_with_the_schema_then_it_has_every_option() throws IOException {
        assertMade("java/io/github/camelclinicea/springboot/CliniceaProperties.java", PropertiesClass.source());
    }

    @Test
    void given_the_metadata_when_compared_with_the_schema_then_it_describes_every_option() throws IOException {
        assertMade("resources/META-INF/spring-configuration-metadata.json", ConfigurationMetadata.text());
    }

    private static void assertMade(String file, String expected) throws IOException {
        Path made = GENERATED.resolve(file);
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(made, expected);
        }

        assertThat(made).as("to renew it: mvn verify -Dwrite.docs=true").hasContent(expected);
    }

    @Test
    void
            given_the_metadata_on_the_class_path_when_read_then_each_option_has_its_default_and_meaning_and_no_secret_has_a_default()
                    throws IOException {
        Map<String, JsonNode> described = new LinkedHashMap<>();
        try (InputStream json =
                CliniceaProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            new ObjectMapper()
                    .readTree(json)
                    .path("properties")
                    .forEach(property -> described.put(property.path("name").asText(), property));
        }

        assertThat(ComponentSchema.options()).isNotEmpty().allSatisfy(option -> {
            JsonNode property = described.get(option.property());
            assertThat(property.path("description").asText())
                    .startsWith(option.schema().path("description").asText());
            assertThat(property.get("defaultValue")).isEqualTo(option.standard());
        });
        assertThat(ComponentSchema.options())
                .filteredOn(Option::secret)
                .extracting(Option::property)
                .contains(
                        "camel.component.clinicea.api-key",
                        "camel.component.clinicea.username",
                        "camel.component.clinicea.password")
                .allSatisfy(secret ->
                        assertThat(described.get(secret).has("defaultValue")).isFalse());
    }
}
