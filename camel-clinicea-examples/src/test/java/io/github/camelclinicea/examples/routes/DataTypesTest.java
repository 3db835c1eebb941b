/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the routes of the page on data types, in all languages, and the one of the page on fields. */
class DataTypesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(12));

    private final List<Exchange> arrived = new CopyOnWriteArrayList<>();
    private final Map<String, Object> syncState = new ConcurrentHashMap<>();
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    private void start(RouteBuilder routes, String file) {
        main.bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(syncState));
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addInitialProperty("camel.kamelet.clinicea-source.apiKey", clinicea.apiKey());
        main.addInitialProperty("camel.kamelet.clinicea-source.baseUrl", clinicea.baseUrl());
        main.addInitialProperty("camel.kamelet.clinicea-source.idempotentRepository", "#syncState");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                for (String target : List.of("direct:publish", "direct:contact")) {
                    from(target).process(exchange -> arrived.add(exchange.copy()));
                }
            }
        });
        if (routes != null) {
            main.configure().addRoutesBuilder(routes);
        }
        if (file != null) {
            main.configure().withRoutesIncludePattern(file);
        }
        main.start();
    }

    private void awaitArrived() {
        await().untilAsserted(() ->
                assertThat(arrived).hasSize(clinicea.clinic().ids("patients").size()));
    }

    private void assertEvents() throws IOException {
        awaitArrived();
        await().untilAsserted(() -> assertThat(syncState).isNotEmpty());
        for (Exchange event : arrived) {
            JsonNode data = JSON.readTree(event.getMessage().getBody(String.class));
            assertThat(event.getMessage().getHeaders())
                    .containsEntry("CamelCloudEventVersion", "1.0")
                    .containsEntry("CamelCloudEventSource", clinicea.baseUrl() + "/patients")
                    .containsEntry(
                            "CamelCloudEventSubject", data.path("PatientID").asText())
                    .containsEntry("CamelCloudEventID", event.getMessage().getHeader(CliniceaConstants.VERSION))
                    .containsEntry("Content-Type", "application/json");
            assertThat(event.getMessage().getHeader("CamelCloudEventType", String.class))
                    .startsWith("io.github.camelclinicea.patients.");
        }
        assertThat(arrived.stream().map(event -> event.getMessage().getHeader("CamelCloudEventID")))
                .doesNotHaveDuplicates();
    }

    @Test
    void given_the_route_in_java_when_started_then_each_patient_is_a_cloud_event() throws IOException {
        start(new PublishPatients(), null);

        assertEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloud-events.yaml", "cloud-events.xml", "cloud-events-pipe.yaml"})
    void given_the_route_in_a_file_when_started_then_each_patient_is_a_cloud_event(String file) throws IOException {
        start(null, "classpath:routes/" + file);

        assertEvents();
    }

    @Test
    void given_a_class_of_ones_own_when_polled_then_each_patient_is_an_object_of_it() {
        start(new PatientContacts(), null);

        awaitArrived();
        assertThat(arrived).allSatisfy(exchange -> {
            PatientContact patient = exchange.getMessage().getBody(PatientContact.class);
            assertThat(patient.id()).isEqualTo(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID));
            assertThat(patient.mobile()).startsWith("555-01");
            assertThat(patient).hasToString("PatientContact[" + patient.id() + "]");
        });
    }
}
