/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the language server that VS Code's extension for Camel, Eclipse and Vim run, with the settings of {@code
 * docs/how-to/tools.md}. The profile {@code tools} fetches the server.
 */
@Tag("proof")
class LanguageServerTest {
    private static final Path JAR = Path.of("target/tools/camel-lsp-server.jar");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static LanguageServer server;

    @BeforeAll
    static void start() throws IOException {
        assertThat(JAR).as("fetched by -Ptools").exists();
        server = LanguageServer.start(JAR);
        server.configure(settings());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Editors send the settings as a tree: a dot in a name is a level. */
    private static ObjectNode settings() throws IOException {
        ArrayNode components =
                (ArrayNode) JSON.readTree(ToolsPageTest.vsCodeSettings()).path("camel.extra-components");
        ObjectNode settings = JSON.createObjectNode();
        settings.putObject("camel").set("extra-components", components);
        return settings;
    }

    static List<Arguments> routes() {
        return List.of(
                Arguments.of("routes.xml", xml("clinicea:patients?|")),
                Arguments.of("Routes.java", """
                        import org.apache.camel.builder.RouteBuilder;
                        class Routes extends RouteBuilder {
                            public void configure() {
                                from("clinicea:patients?|");
                            }
                        }
                        """),
                Arguments.of("routes.camel.yaml", """
                        - from:
                            uri: "clinicea:patients?|"
                        """));
    }

    /** The cursor stands at the bar. */
    private static String xml(String uri) {
        return "<camelContext xmlns=\"http://camel.apache.org/schema/spring\">\n<route>\n<from uri=\"" + uri
                + "\"/>\n<to uri=\"log:rows\"/>\n</route>\n</camelContext>\n";
    }

    private static JsonNode completed(String file, String text) {
        return server.complete(file, text.substring(0, text.indexOf('|')));
    }

    private static void open(String file, String text) throws IOException {
        server.open(file, text.replace("|", ""));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void given_the_settings_when_an_endpoint_is_completed_then_the_options_of_the_component_are_offered(
            String file, String text) throws IOException {
        open(file, text);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(labels(completed(file, text)))
                        .contains("apiKey", "idempotentRepository", "statuses", "delay")
                        .doesNotContain("operation"));
    }

    @Test
    void given_the_settings_when_a_component_is_completed_then_this_one_is_offered() throws IOException {
        open("scheme.xml", xml("clin|"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(labels(completed("scheme.xml", xml("clin|"))))
                        .anyMatch(label -> label.startsWith("clinicea:")));
    }

    @Test
    void given_the_settings_when_an_option_is_completed_then_its_description_is_shown() throws IOException {
        open("description.xml", xml("clinicea:patients?|"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(completed("description.xml", xml("clinicea:patients?|")))
                        .asString()
                        .contains("for example clinic-1-patients"));
    }

    @Test
    void given_the_settings_when_an_option_is_misspelt_then_the_file_is_marked() throws IOException {
        open("wrong.xml", xml("clinicea:patients?apiKye=k"));
        open("right.xml", xml("clinicea:patients?apiKey=k"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(server.diagnostics("wrong.xml")).asString().contains("Unknown option");
            assertThat(server.diagnostics("right.xml")).isEmpty();
        });
    }

    private static List<String> labels(JsonNode completion) {
        JsonNode items = completion.isArray() ? completion : completion.path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("label").asText())
                .toList();
    }
}
