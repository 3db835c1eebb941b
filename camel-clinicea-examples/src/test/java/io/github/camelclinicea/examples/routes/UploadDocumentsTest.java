/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UploadDocumentsTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @TempDir
    private Path outbox;

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    private void start() throws Exception {
        clinicea.clinic().add("patients", Map.of("PatientID", "p-17"));
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new UploadDocuments());
        main.init();
        AdviceWith.adviceWith(
                main.getCamelContext(), null, route -> route.replaceFromWith("file:" + outbox + "?include=.*pdf"));
        main.start();
    }

    @Test
    void given_a_file_in_a_patients_folder_when_it_is_found_then_it_is_a_document_with_its_content() throws Exception {
        byte[] content = new byte[2_000_000];
        new Random(1).nextBytes(content);
        Files.write(outbox.resolve("Referral.pdf"), content);

        start();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(clinicea.clinic().rows("documents"))
                        .filteredOn(row -> "Referral.pdf".equals(row.get("DocumentName")))
                        .singleElement()
                        .satisfies(
                                row -> assertThat(clinicea.sandbox().uploaded((String) row.get("DocumentOnlineName")))
                                        .contains(content)));
        clinicea.sandbox()
                .wireMock()
                .verify(WireMock.putRequestedFor(WireMock.anyUrl())
                        .withHeader("Content-Type", WireMock.equalTo("application/pdf"))
                        .withoutHeader("api"));
    }
}
