/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.Warnings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the option {@code catalogue} on component and endpoint, of consumers and producers. */
class CatalogueOptionTest {
    private static final String MOVED = "{\"resources\": [{\"name\": \"deletedBills\", \"path\": \"/moved\"}]}";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> ids = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        camel.stop();
        clinicea.close();
    }

    private String file(String name, String text) throws IOException {
        return "file:" + Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private void poll(String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        camel.start();
    }

    private Exchange get(String resource, String options) {
        clinicea.server().stubFor(WireMock.any(WireMock.anyUrl()).willReturn(json("{\"ID\":\"r1\"}")));
        camel.start();
        return camel.createFluentProducerTemplate()
                .to("clinicea:" + resource + "?operation=get&apiKey=k&baseUrl=" + clinicea.baseUrl() + options)
                .withHeader(CliniceaConstants.RECORD_ID, "r1")
                .send();
    }

    private List<String> paths() {
        return clinicea.server().getAllServeEvents().stream()
                .map(event -> event.getRequest().getUrl())
                .toList();
    }

    // ---- from a web server

    @Test
    void given_a_catalogue_on_a_web_server_when_read_then_it_is_in_force() {
        clinicea.server().stubFor(WireMock.get("/c.json").willReturn(json(MOVED)));

        Catalogue catalogue = CatalogueFile.read(camel, clinicea.baseUrl() + "/c.json");

        assertThat(catalogue.resource("deletedBills").orElseThrow().path()).isEqualTo("/moved");
    }

    @Test
    void given_a_web_server_that_sends_nothing_when_read_then_the_wait_has_an_end() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String uri = "http://127.0.0.1:" + silent.getLocalPort() + "/c.json?key=secret";

            assertThatThrownBy(() -> CatalogueFile.read(camel, uri, Duration.ofMillis(100)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be read")
                    .hasMessageNotContaining("secret");
        }
    }

    // ---- in force

    @Test
    void given_a_file_that_corrects_a_guess_when_polled_then_its_path_is_read_and_nothing_warns() throws Exception {
        clinicea.servePages("/moved", "intPageNo", 0, List.of("[{\"ID\":\"b1\"}]"));

        try (Warnings warnings = new Warnings(CliniceaEndpoint.class)) {
            poll(clinicea.uri("deletedBills", "catalogue=" + file("clinicea.json", MOVED)));

            await().until(() -> ids.contains("b1"));
            assertThat(warnings.messages()).isEmpty();
        }
    }

    @Test
    void given_a_guessed_path_when_polled_without_a_file_then_the_warning_names_it() throws Exception {
        clinicea.servePages("/api/v1/bills/deleted", "intPageNo", 0, List.of("[{\"ID\":\"b1\"}]"));

        try (Warnings warnings = new Warnings(CliniceaEndpoint.class)) {
            poll(clinicea.uri("deletedBills", ""));

            await().until(() -> ids.contains("b1"));
            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("No source confirms the path of deletedBills, /api/v1/bills/deleted");
        }
    }

    @Test
    void given_a_file_for_another_resource_when_a_guess_is_polled_then_it_still_warns() throws Exception {
        clinicea.servePages("/api/v1/leads", "intPageNo", 0, List.of("[{\"ID\":\"l1\"}]"));

        try (Warnings warnings = new Warnings(CliniceaEndpoint.class)) {
            poll(clinicea.uri("leads", "catalogue=" + file("clinicea.json", MOVED)));

            await().until(() -> ids.contains("l1"));
            assertThat(warnings.messages()).singleElement().asString().contains("leads, /api/v1/leads");
        }
    }

    @Test
    void given_pages_and_fields_in_a_file_when_polled_then_they_are_used_and_options_take_precedence()
            throws Exception {
        String file = file("clinicea.json", """
                {"resources": [{"name": "patients", "changes": {
                  "since": [{"name": "since", "format": "yyyyMMddHHmmss"}],
                  "page": {"name": "p", "first": 1},
                  "pageSize": {"name": "rows", "rows": 7},
                  "idFields": ["Key"]}}]}
                """);
        clinicea.servePages(StubClinicea.PATIENTS, "p", 1, List.of("[{\"Key\":\"k1\",\"PatientID\":\"x\"}]"));

        poll(clinicea.uri("patients", "syncParameter=changedSince&catalogue=" + file));

        await().until(() -> ids.contains("k1"));
        assertThat(clinicea.requests(StubClinicea.PATIENTS).get(0).getUrl())
                .isEqualTo(StubClinicea.PATIENTS + "?changedSince=20000101000000&p=1&rows=7");
    }

    @Test
    void given_an_operation_in_a_file_when_called_then_it_is_performed() throws Exception {
        String file = file("clinicea.json", """
                {"resources": [{"name": "rooms", "path": "/api/v1/rooms", "operations": [
                  {"name": "look", "verb": "get", "method": "GET", "path": "/api/v3/rooms/look", "answer": "OBJECT",
                   "arguments": [{"name": "roomID", "required": true, "recordId": true}]}]}]}
                """);

        Exchange out = get("rooms", "&catalogue=" + file);

        assertThat(out.getException()).isNull();
        assertThat(paths()).containsExactly("/api/v3/rooms/look?roomID=r1");
    }

    @Test
    void given_files_on_component_and_endpoint_when_called_then_that_of_the_endpoint_counts() throws Exception {
        String leads = "{\"resources\": [{\"name\": \"leads\", \"path\": \"/%s\"}]}";
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setCatalogue(file("all.json", leads.formatted("all")));

        get("leads", "");
        get("leads", "&catalogue=" + file("own.json", leads.formatted("own")));

        assertThat(paths()).containsExactlyInAnyOrder("/all/r1", "/own/r1");
    }

    @Test
    void given_a_file_on_the_class_path_and_a_placeholder_when_called_then_it_is_found() throws Exception {
        camel.getPropertiesComponent().addInitialProperty("wire", "classpath:catalogue/leads.json");

        get("leads", "&catalogue={{wire}}");

        assertThat(paths()).containsExactly("/api/v9/leads/r1");
    }

    @Test
    void given_endpoints_with_one_file_when_started_then_it_is_read_once_until_the_component_stops() throws Exception {
        CliniceaComponent component = camel.getComponent("clinicea", CliniceaComponent.class);
        camel.start();
        String uri = file("clinicea.json", MOVED);

        Catalogue first = component.catalogue(uri);
        file("clinicea.json", MOVED.replace("/moved", "/again"));

        assertThat(component.catalogue(uri)).isSameAs(first);
        assertThat(component.catalogue(null)).isSameAs(Catalogue.shipped());
        assertThat(component.catalogue(" ")).isSameAs(Catalogue.shipped());
        component.stop();
        component.start();
        assertThat(component
                        .catalogue(uri)
                        .resource("deletedBills")
                        .orElseThrow()
                        .path())
                .isEqualTo("/again");
    }

    // ---- mistakes

    private void assertRefused(String catalogue, String... parts) {
        assertThatThrownBy(() -> poll(clinicea.uri("patients", "catalogue=" + catalogue)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
        assertThat(paths()).isEmpty();
    }

    @Test
    void given_a_mistake_in_a_row_when_started_then_option_file_line_and_reason_are_told() throws Exception {
        String file = file("clinicea.json", "{\n\"resources\": [\n{\"name\": \"patients\", \"pth\": \"/x\"}]}");

        assertRefused(file, "catalogue=" + file, "line 3, column 22", "unknown key 'pth'", "Did you mean 'path'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resources\": [\n  {\"name\": \"patients\",\n  \"path\" \"s3cret\"}]}",
                "s3cret",
                "{\"resources\": [] } s3cret",
                "s3cret = 7\nother = 8"
            })
    void given_a_file_that_is_no_json_when_started_then_the_line_is_told_and_nothing_is_quoted(String text)
            throws Exception {
        String file = file("clinicea.json", text);

        assertThatThrownBy(() -> poll(clinicea.uri("patients", "catalogue=" + file)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("catalogue=" + file, "line ", "column ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void given_a_file_in_another_encoding_when_started_then_it_says_so() throws Exception {
        Path file = Files.write(
                folder.resolve("latin.json"),
                "{\"resources\": [{\"name\": \"patients\", \"path\": \"/é\"}]}".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("file:" + file, "catalogue=file:", "UTF-8");
    }

    @Test
    void given_no_file_when_started_then_it_says_what_to_give() {
        assertRefused("file:" + folder.resolve("nowhere.json"), "nowhere.json cannot be read", "file exists");
    }

    @Test
    void given_a_folder_when_started_then_it_says_what_to_give() {
        assertRefused("file:" + folder, "cannot be read", "file exists");
    }

    @Test
    void given_an_empty_file_when_started_then_it_says_so() throws Exception {
        assertRefused(file("empty.json", ""), "empty.json, it is empty");
    }

    @Test
    void given_a_file_that_is_far_too_large_when_started_then_it_is_not_read_on() throws Exception {
        assertRefused(file("large.json", " ".repeat(1024 * 1024 + 1)), "is larger than 1048576 bytes");
    }

    @Test
    void given_an_address_with_a_password_when_it_cannot_be_read_then_that_is_not_in_the_failure() {
        assertThatThrownBy(() -> poll(clinicea.uri(
                        "patients", "catalogue=RAW(http://u:s3cret/x@s3cret@localhost:1/c.json?token=s3cret)")))
                .satisfies(failure -> {
                    for (Throwable e = failure; e != null; e = e.getCause()) {
                        if (e.getMessage() != null && e.getMessage().contains("catalogue=http")) {
                            assertThat(e.getMessage())
                                    .contains("catalogue=http://localhost:1/c.json cannot be read")
                                    .doesNotContain("s3cret");
                            return;
                        }
                    }
                    throw new AssertionError("the option is not named", failure);
                });
    }
}
