/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the component as the tools of {@code docs/how-to/tools.md} do, and checks what that page says. */
class ToolsPageTest {
    private static final Path PAGE = Path.of("../docs/how-to/tools.md");
    private static final Path INTEGRATION = Path.of("src/test/resources/tools/integration.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICES = "META-INF/services/org/apache/camel/";
    private static final String ANNOTATION = "camel.apache.org/";

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    // ---- IntelliJ IDEA

    @Test
    void given_the_class_path_when_searched_as_by_the_plug_in_of_intellij_then_the_component_joins_the_catalogue()
            throws IOException {
        String scheme = properties(SERVICES + "component.properties").getProperty("components");
        String type = properties(SERVICES + "component/" + scheme).getProperty("class");
        String description = text(type.substring(0, type.lastIndexOf('.')).replace('.', '/') + "/" + scheme + ".json");
        CamelCatalog catalog = new DefaultCamelCatalog();

        catalog.addComponent(scheme, type, description);

        assertThat(catalog.findComponentNames()).contains("clinicea");
        ComponentModel model = catalog.componentModel("clinicea");
        assertThat(model.getEndpointOptions())
                .extracting(ComponentModel.EndpointOptionModel::getName)
                .contains("apiKey", "operation", "delay");
        assertThat(model.getEndpointHeaders()).isNotEmpty();
        assertThat(catalog.validateEndpointProperties("clinicea:patients?apiKye=k")
                        .getUnknown())
                .containsExactly("apiKye");
        assertThat(Files.readString(PAGE))
                .contains(
                        SERVICES + "component.properties",
                        SERVICES + "component/clinicea",
                        "`io/github/camelclinicea/clinicea.json`");
    }

    @Test
    void given_the_description_when_read_from_both_of_its_places_then_it_is_the_same() throws IOException {
        assertThat(text("io/github/camelclinicea/clinicea.json"))
                .isEqualTo(text("META-INF/io/github/camelclinicea/clinicea.json"));
    }

    // ---- VS Code and Kaoto

    /** {@code LanguageServerTest} gives these settings to the language server. */
    @Test
    void given_the_commands_for_vs_code_when_their_texts_are_put_around_the_description_then_they_are_settings()
            throws IOException {
        JsonNode settings = JSON.readTree(vsCodeSettings());

        assertThat(settings.path("camel.extra-components")).hasSize(1);
        assertThat(settings.at("/camel.extra-components/0/component/scheme").asText())
                .isEqualTo("clinicea");
        assertThat(settings.at("/camel.extra-components/0").properties())
                .extracting(Map.Entry::getKey)
                .contains("component", "componentProperties", "properties");
    }

    /** Returns what the commands of the page write into the settings. */
    static String vsCodeSettings() throws IOException {
        String commands = snippets("sh").get(0);
        List<String> around = Pattern.compile("echo '(.*)'")
                .matcher(commands)
                .results()
                .map(echo -> echo.group(1))
                .toList();
        assertThat(around).hasSize(2);
        assertThat(commands).contains(" io/github/camelclinicea/clinicea.json\n");
        return around.get(0) + "\n" + text("io/github/camelclinicea/clinicea.json") + "\n" + around.get(1);
    }

    @Test
    void given_the_settings_of_the_page_when_read_then_they_are_json() throws IOException {
        List<String> settings = snippets("json");

        assertThat(settings).isNotEmpty();
        for (String setting : settings) {
            assertThat(JSON.readTree(setting).properties()).isNotEmpty();
        }
    }

    // ---- Camel CLI and Camel K

    @Test
    void given_the_coordinates_of_the_page_when_compared_with_the_component_then_they_are_its_own() throws IOException {
        JsonNode component = SchemaPages.schema().path("component");
        String coordinates = component.path("groupId").asText() + ":"
                + component.path("artifactId").asText();

        List<String> versions = Pattern.compile(Pattern.quote(coordinates) + "[:-]([\\w.]+\\w)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(versions)
                .hasSizeGreaterThan(4)
                .containsOnly(component.path("version").asText());
        assertThat(Pattern.compile("camel-clinicea-component-([\\d.]+\\d)\\.jar")
                        .matcher(Files.readString(PAGE))
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .containsOnly(component.path("version").asText());
    }

    /** Camel K takes the routes out of an integration; JSON is YAML, too. */
    @Test
    void given_the_routes_of_the_pages_integration_when_camels_yaml_loader_reads_them_then_they_poll()
            throws Exception {
        JsonNode integration = yaml(Files.readString(INTEGRATION));
        assertThat(integration.path("kind").asText()).isEqualTo("Integration");
        Set<String> completed = ConcurrentHashMap.newKeySet();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addInitialProperty("clinicea.api-key", clinicea.apiKey());
            camel.getComponent("clinicea", CliniceaComponent.class)
                    .getConfiguration()
                    .setBaseUrl(clinicea.baseUrl());
            camel.getManagementStrategy().addEventNotifier(completions(completed));
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromString(
                            "flows.yaml", integration.at("/spec/flows").toString()));
            camel.start();

            await().untilAsserted(() -> assertThat(completed)
                    .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
        }
    }

    /** Adds the id of each record whose exchange completes. */
    private static EventNotifier completions(Set<String> completed) {
        return new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent completion) {
                    completed.add(
                            completion.getExchange().getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class));
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinicea-source", "clinicea-sink"})
    void given_a_kamelet_when_read_as_by_a_catalogue_then_it_has_what_a_catalogue_requires(String name)
            throws IOException {
        JsonNode kamelet = yaml(text("kamelets/" + name + ".kamelet.yaml"));

        assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(name)
                .endsWith(kamelet.at("/metadata/labels")
                        .path(ANNOTATION + "kamelet.type")
                        .asText("no type"));
        JsonNode annotations = kamelet.at("/metadata/annotations");
        for (String annotation :
                List.of("kamelet.icon", "kamelet.support.level", "kamelet.group", "catalog.version", "provider")) {
            assertThat(annotations.path(ANNOTATION + annotation).asText())
                    .as(annotation)
                    .isNotBlank()
                    .doesNotContain("${");
        }
        assertThat(annotations.path(ANNOTATION + "kamelet.icon").asText()).startsWith("data:image/svg+xml;base64,");
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).isNotBlank();
        assertThat(definition.path("type").asText()).isEqualTo("object");
        Set<String> parameters = definition.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(parameters).containsAll(texts(definition.path("required")));
        assertThat(placeholders(kamelet.at("/spec/template").toString()))
                .isNotEmpty()
                .isSubsetOf(parameters);
    }

    /** Returns the names of the parameters that a template uses. */
    private static Set<String> placeholders(String template) {
        return Pattern.compile("\\{\\{\\??([\\w-]+)")
                .matcher(template)
                .results()
                .map(placeholder -> placeholder.group(1))
                .collect(Collectors.toSet());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    // ---- Camel's Maven plug-in

    @Test
    void given_the_check_of_the_page_when_run_then_it_tells_right_from_wrong() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("clinicea", "io.github.camelclinicea.CliniceaComponent");
        EndpointValidationResult result = catalog.validateEndpointProperties("clinicea:patients?delay=5m");

        assertThat(result.isSuccess()).isTrue();
        assertThat(catalog.validateEndpointProperties("clinicea:patients?delay=often")
                        .isSuccess())
                .isFalse();
        assertThat(catalog.validateEndpointProperties("clinicea:patients?delai=5m")
                        .isSuccess())
                .isFalse();
    }

    // ----

    private static JsonNode yaml(String text) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static List<String> snippets(String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult fence) -> fence.group(1))
                .toList();
    }

    private static Properties properties(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStream file = ours(resource)) {
            properties.load(file);
        }
        return properties;
    }

    static String text(String resource) throws IOException {
        try (InputStream file = ours(resource)) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    /** Opens a file beside the component's classes. Other libraries have a file of the same name. */
    private static InputStream ours(String resource) throws IOException {
        String type = CliniceaComponent.class.getName().replace('.', '/') + ".class";
        String home = CliniceaComponent.class.getClassLoader().getResource(type).toString();
        return URI.create(home.substring(0, home.length() - type.length()) + resource)
                .toURL()
                .openStream();
    }
}
