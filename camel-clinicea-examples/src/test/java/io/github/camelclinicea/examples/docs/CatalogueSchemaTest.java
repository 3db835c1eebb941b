/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Grade;
import io.github.camelclinicea.catalog.Merge;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.PageParameter;
import io.github.camelclinicea.catalog.PageSize;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.SinceParameter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the JSON Schema of a catalogue file with the files that the component takes. */
class CatalogueSchemaTest {
    private static final String FOLDER = "/io/github/camelclinicea/catalog/";
    private static final Path PAGE = Path.of("../docs/how-to/correct-the-catalogue.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode resource(String name) throws IOException {
        try (InputStream json = Catalogue.class.getResourceAsStream(FOLDER + name)) {
            return JSON.readTree(json);
        }
    }

    private static JsonNode schemaText() throws IOException {
        return resource("catalogue-file.schema.json");
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText());
    }

    @Test
    void given_the_schema_when_validated_itself_then_it_is_one_of_the_draft() throws IOException {
        JsonSchema draft = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(schemaText().path("$schema").asText()));

        assertThat(draft.validate(schemaText())).isEmpty();
    }

    @Test
    void given_the_rows_of_the_shipped_catalogue_when_validated_then_each_is_valid() throws IOException {
        ObjectNode file = JSON.createObjectNode();
        file.set("resources", resource("catalogue.json").path("resources"));

        assertThat(file.path("resources")).hasSizeGreaterThan(5);
        assertThat(schema().validate(file)).isEmpty();
    }

    @Test
    void given_the_file_of_the_page_when_validated_then_it_is_valid() throws IOException {
        Matcher block = Pattern.compile("^```json\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();

        assertThat(schema().validate(JSON.readTree(block.group(1)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resources\": {}}",
                "{\"resources\": [], \"help\": {}}",
                "{\"resources\": [{}]}",
                "{\"resources\": [{\"name\": \"a b\", \"path\": \"/a\"}]}",
                "{\"resources\": [{\"name\": \"patients\", \"pth\": \"/a\"}]}",
                "{\"resources\": [{\"name\": \"patients\", \"path\": \"a\"}]}",
                "{\"resources\": [{\"name\": \"patients\", \"changes\": {\"page\": {\"first\": 2}}}]}",
                "{\"resources\": [{\"name\": \"patients\", \"changes\": {\"page\": {\"first\": \"1\"}}}]}",
                "{\"resources\": [{\"name\": \"patients\", \"changes\": {\"pageSize\": {\"rows\": 0}}}]}",
                "{\"resources\": [{\"name\": \"patients\", \"changes\": {\"idFields\": []}}]}",
                "{\"resources\": [{\"name\": \"patients\", \"changes\": {\"idFields\": \"ID\"}}]}",
                "{\"resources\": [{\"name\": \"patients\", \"changes\": {\"since\": [{\"name\": \"a\"}]}}]}",
                "{\"resources\": [{\"name\": \"patients\", \"operations\": [{\"name\": \"get\", \"verb\": \"read\"}]}]}",
                "{\"resources\": [{\"name\": \"patients\", \"operations\": [{\"name\": \"get\", \"method\": \"get\"}]}]}",
                "{\"resources\": [{\"name\": \"patients\", \"operations\": [{\"name\": \"get\", \"openBody\": \"yes\"}]}]}",
            })
    void given_a_wrong_file_when_validated_then_the_schema_refuses_it_as_the_component_does(String file)
            throws IOException {
        assertThat(schema().validate(JSON.readTree(file))).isNotEmpty();
        assertThatThrownBy(() -> Catalogue.shipped().correctedBy(new ByteArrayInputStream(file.getBytes(UTF_8))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_the_records_of_the_catalogue_when_compared_then_the_schema_has_their_keys() throws IOException {
        Map<String, Class<? extends Record>> records = Map.of(
                "resource", Resource.class,
                "changes", ChangeList.class,
                "since", SinceParameter.class,
                "page", PageParameter.class,
                "pageSize", PageSize.class,
                "operation", Operation.class,
                "argument", Argument.class,
                "paging", Paging.class,
                "merge", Merge.class);
        JsonNode definitions = schemaText().path("$defs");

        records.forEach((name, type) -> {
            List<String> keys = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            assertThat(definitions.path(name).path("properties").fieldNames())
                    .toIterable()
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(keys);
        });
        assertThat(constants(definitions.path("grade"))).isEqualTo(names(Grade.values()));
        assertThat(constants(definitions.at("/argument/properties/type"))).isEqualTo(names(Argument.Type.values()));
        assertThat(constants(definitions.at("/argument/properties/place"))).isEqualTo(names(Argument.Place.values()));
        assertThat(constants(definitions.at("/operation/properties/answer")))
                .isEqualTo(names(Operation.Answer.values()));
    }

    private static List<String> constants(JsonNode definition) {
        return StreamSupport.stream(definition.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
