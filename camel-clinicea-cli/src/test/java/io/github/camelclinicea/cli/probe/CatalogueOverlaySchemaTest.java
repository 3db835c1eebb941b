/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.camelclinicea.catalog.Catalogue;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validates the catalogue file of a probe by the JSON Schema that the component ships. */
class CatalogueOverlaySchemaTest {
    private static final String SCHEMA = "/io/github/camelclinicea/catalog/catalogue-file.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVERS = 5;

    @TempDir
    Path directory;

    @Test
    void given_servers_that_differ_in_every_answer_when_probed_then_the_catalogue_file_is_valid() throws Exception {
        JsonSchema schema;
        try (InputStream json = Catalogue.class.getResourceAsStream(SCHEMA)) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(json));
        }
        int rows = 0;
        for (long seed = 0; seed < SERVERS; seed++) {
            try (DifferentServer server = new DifferentServer(new ServerWay(seed))) {
                List<String> arguments =
                        new ArrayList<>(ProbeTest.Credential.of(seed).arguments());
                arguments.add("--base-url=" + server.baseUrl());

                JsonNode file = JSON.readTree(
                        ProbeRun.of(directory, arguments.toArray(String[]::new)).catalogue());

                assertThat(schema.validate(file)).as("seed " + seed).isEmpty();
                rows += file.path("resources").size();
            }
        }
        assertThat(rows).isPositive();
    }
}
