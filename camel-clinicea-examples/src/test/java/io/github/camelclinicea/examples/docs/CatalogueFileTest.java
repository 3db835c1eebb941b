/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.PageSize;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.catalog.TimestampFormat;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reads the file of {@code docs/how-to/correct-the-catalogue.md}, and runs routes in YAML with it. */
class CatalogueFileTest {
    private static final Path PAGE = Path.of("../docs/how-to/correct-the-catalogue.md");

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final Main main = new Main();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        main.stop();
    }

    private static String fileOfThePage() throws IOException {
        Matcher block = Pattern.compile("^```json\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void given_the_file_of_the_page_when_read_then_it_corrects_what_the_page_says() throws IOException {
        Catalogue catalogue = Catalogue.shipped()
                .correctedBy(new ByteArrayInputStream(fileOfThePage().getBytes(StandardCharsets.UTF_8)));

        Resource deletedBills = catalogue.resource("deletedBills").orElseThrow();
        assertThat(deletedBills.changes().path()).isEqualTo("/api/v1/bills/getDeletedBills");
        assertThat(deletedBills.guessedPath()).isFalse();
        Resource patients = catalogue.resource("patients").orElseThrow();
        assertThat(patients.changes().since())
                .containsExactly(new SinceParameter("lastSyncDate", TimestampFormat.UTC_SECONDS));
        assertThat(patients.changes().page().first()).isEqualTo(1);
        assertThat(patients.changes().idFields()).containsExactly("PatientID");
        assertThat(patients.operation("getPatientFamily").orElseThrow().path())
                .isEqualTo("/api/v3/patients/getFamilyOfPatient");
        assertThat(catalogue.resource("rooms").orElseThrow().changes().pageSize())
                .isEqualTo(new PageSize("pageSize", 50));
    }

    @Test
    void given_the_file_as_a_property_when_a_route_in_yaml_polls_then_it_reads_the_added_resource() throws Exception {
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo("/api/v1/rooms")).willReturn(okJson("[{\"ID\":\"room-1\"}]")));
        Path file = Files.writeString(folder.resolve("clinicea.json"), fileOfThePage());
        Path route = Files.writeString(folder.resolve("route.yaml"), """
                - route:
                    from:
                      uri: clinicea:rooms
                      parameters:
                        initialDelay: 0
                        firstPage: 0
                      steps:
                        - to: direct:room
                """);
        main.addInitialProperty("camel.component.clinicea.catalogue", "file:" + file);
        main.addInitialProperty("camel.component.clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:room")
                        .process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        main.configure().withRoutesIncludePattern("file:" + route);
        main.start();

        await().until(() -> ids.contains("room-1"));
    }
}
