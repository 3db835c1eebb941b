/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs the Kamelets of the component's jar, which Camel finds, in routes in YAML. */
class KameletsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A key that changes if it is decoded as part of a URI. */
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(12).apiKey("k+y&p%20=?#s"));

    private final Map<String, Exchange> saved = new ConcurrentHashMap<>();
    private final Map<String, Object> syncState = new ConcurrentHashMap<>();
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    private void startWith(String route) {
        main.bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(syncState));
        for (String kamelet : List.of("clinicea-source", "clinicea-sink")) {
            main.addInitialProperty("camel.kamelet." + kamelet + ".apiKey", clinicea.apiKey());
            main.addInitialProperty("camel.kamelet." + kamelet + ".baseUrl", clinicea.baseUrl());
        }
        main.addInitialProperty("clinic.poll-at", "* * 0-23 ? * SUN-SAT");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:savePatient")
                        .process(e -> saved.put(
                                e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class), e.copy()));
            }
        });
        main.configure().withRoutesIncludePattern(route);
        main.start();
    }

    @Test
    void given_the_source_when_a_route_starts_from_it_then_each_patient_comes_as_json_with_its_headers()
            throws Exception {
        startWith("classpath:routes/kamelet-source.yaml");

        await().untilAsserted(() -> assertThat(saved.keySet())
                .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
        String id = clinicea.clinic().ids("patients").iterator().next();
        Exchange patient = saved.get(id);
        assertThat(JSON.readTree(patient.getMessage().getBody(String.class))
                        .path("PatientID")
                        .asText())
                .isEqualTo(id);
        assertThat(headersOf("clinicea-source", "out"))
                .allSatisfy(header -> assertThat(patient.getMessage().getHeader(header))
                        .as(header)
                        .isNotNull());
        await().untilAsserted(() -> assertThat(syncState.keySet()).anyMatch(key -> key.contains("patients@")));
    }

    @Test
    void given_the_source_with_a_cron_when_it_fires_then_the_patients_come() {
        startWith("classpath:routes/kamelet-cron.yaml");

        await().untilAsserted(() -> assertThat(saved.keySet())
                .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
        QuartzScheduledPollConsumerScheduler quartz = (QuartzScheduledPollConsumerScheduler)
                ((ScheduledPollConsumer) main.getCamelContext().getRoutes().stream()
                                .map(Route::getConsumer)
                                .filter(ScheduledPollConsumer.class::isInstance)
                                .findFirst()
                                .orElseThrow())
                        .getScheduler();
        assertThat(quartz.getCron()).isEqualTo("* * 0-23 ? * SUN-SAT");
        assertThat(quartz.getTimeZone()).isEqualTo(TimeZone.getTimeZone("Asia/Kolkata"));
    }

    @Test
    void given_the_source_with_a_cron_and_a_period_when_started_then_the_error_names_both() {
        main.addInitialProperty("camel.kamelet.clinicea-source.period", "5s");

        assertThatThrownBy(() -> startWith("classpath:routes/kamelet-cron.yaml"))
                .rootCause()
                .hasMessageContaining("delay and scheduler.cron are both set");
    }

    @Test
    void given_the_sink_when_a_route_sends_json_to_it_then_an_appointment_is_booked() throws Exception {
        startWith("classpath:routes/kamelet-sink.yaml");
        String patient = clinicea.clinic().ids("patients").iterator().next();

        Exchange answer = main.getCamelContext()
                .createProducerTemplate()
                .request("direct:book", e -> e.getMessage().setBody("""
                        {"patientID": "%s", "appointmentDateTime": "2031-05-06T10:00:00", "staffID": "s-1",
                         "clinicID": "c-1", "serviceType": "Consultation", "appointmentType": 1,
                         "notes": "by Kamelet", "appointmentServiceID": "v-1"}""".formatted(patient)));

        assertThat(answer.getException()).isNull();
        assertThat(headersOf("clinicea-sink", "out"))
                .allSatisfy(header -> assertThat(answer.getMessage().getHeader(header))
                        .as(header)
                        .isNotNull());
        assertThat(clinicea.clinic().ids("appointments"))
                .contains(answer.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinicea-source", "clinicea-sink"})
    void given_a_kamelet_when_read_then_its_parameters_are_described_and_its_secret_is_one(String name)
            throws IOException {
        JsonNode definition = kamelet(name).at("/spec/definition");

        assertThat(definition.path("properties").properties())
                .isNotEmpty()
                .allSatisfy(parameter -> assertThat(
                                parameter.getValue().properties().stream().map(Map.Entry::getKey))
                        .as(parameter.getKey())
                        .contains("title", "description", "type"));
        assertThat(definition.at("/properties/apiKey/format").asText()).isEqualTo("password");
        assertThat(definition.at("/properties/apiKey/x-descriptors/0").asText())
                .isEqualTo("urn:camel:group:credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinicea-source", "clinicea-sink"})
    void given_a_kamelet_when_its_dependencies_are_read_then_one_is_the_jar_that_it_came_in(String name)
            throws IOException {
        assertThat(kamelet(name).at("/spec/dependencies"))
                .extracting(JsonNode::asText)
                .contains("mvn:io.github.camelclinicea:camel-clinicea-component:"
                        + schema().at("/component/version").asText());
    }

    @Test
    void given_the_page_on_kamelets_when_its_table_is_read_then_it_has_every_parameter_of_both() throws IOException {
        Matcher rows = Pattern.compile("^\\| `(\\w+)` \\| (.*?) \\| (.*?) ?\\| (.*?) ?\\|$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/how-to/kamelets.md")));
        Set<String> ofSource = new HashSet<>();
        Set<String> ofSink = new HashSet<>();
        while (rows.find()) {
            if (!rows.group(3).isBlank()) {
                ofSource.add(rows.group(1));
            }
            if (!rows.group(4).isBlank()) {
                ofSink.add(rows.group(1));
            }
        }

        assertThat(ofSource).isEqualTo(parametersOf("clinicea-source"));
        assertThat(ofSink).isEqualTo(parametersOf("clinicea-sink"));
    }

    private static Set<String> parametersOf(String kamelet) throws IOException {
        return kamelet(kamelet).at("/spec/definition/properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<String> headersOf(String kamelet, String side) throws IOException {
        return kamelet(kamelet).at("/spec/dataTypes/" + side + "/headers").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode kamelet(String name) throws IOException {
        try (InputStream yaml = CliniceaComponent.class.getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(yaml));
        }
    }

    private static JsonNode schema() throws IOException {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return JSON.readTree(json);
        }
    }
}
