/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.SandboxFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe of the sandbox finds what the sandbox does, and its options mirror it. */
class SandboxProbeTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1,250,500,100", "2,100,100,0", "3,1,0,1", "4,30,250,300", "5,0,0,0"})
    void given_a_sandbox_when_probed_then_the_facts_are_its_own(long seed, int patients, int appointments, int bills) {
        try (CliniceaSandbox sandbox = CliniceaSandbox.builder()
                .seed(seed)
                .patients(patients)
                .appointments(appointments)
                .bills(bills)
                .start()) {
            ProbeRun run = probe(sandbox, "--api-key=" + sandbox.apiKey());

            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.json().path("requests").asInt()).isLessThanOrEqualTo(40);
            assertThat(run.everything()).doesNotContain(sandbox.apiKey());
            assertThat(run.seen("API v1", "key in header api")).isEqualTo("accepted");
            assertThat(run.seen("API v1", "key in header api_key")).isEqualTo("accepted");
            assertThat(run.seen("patients", "first page")).isEqualTo(patients == 0 ? "not known: no rows" : "0");
            assertThat(run.seen("appointments", "first page"))
                    .isEqualTo(appointments == 0 ? "not known: no rows" : "1 (page 0: 400)");
            if (patients > 1) {
                assertThat(run.seen("patients", "id field")).isEqualTo("PatientID");
                assertThat(run.seen("patients", "order")).isEqualTo("by stamp, ascending");
                assertThat(run.seen("since of patients", "lastSyncDate alone"))
                        .isIn(Effect.NOTHING.words(), Fact.NOT_ASKED);
            }
            assertThat(run.json().path("catalogue").path("resources")).isEmpty();
        }
    }

    @Test
    void given_a_sandbox_when_one_list_is_probed_then_all_its_facts_are_settled() {
        try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
            ProbeRun run = probe(sandbox, "--api-key=" + sandbox.apiKey(), "--resource=appointments");

            assertThat(run.facts()).as(run.out()).noneMatch(fact -> fact.seen().equals(Fact.NOT_ASKED));
            assertThat(run.seen("since of appointments", "lastSyncDTime with Z"))
                    .isEqualTo("refused (400)");
            assertThat(run.seen("since of appointments", "colons as %3A")).isEqualTo("refused (400)");
            assertThat(run.seen("since of appointments", "the moment itself")).isEqualTo("inclusive");
            assertThat(run.seen("appointments", "pageSize=10")).isEqualTo("10 rows");
            assertThat(run.seen("appointments", "pageSize=200")).isEqualTo("400");
            assertThat(run.seen("appointments", "status field")).isEqualTo("DataStatusValue");
        }
    }

    @Test
    void given_the_login_of_a_sandbox_when_probed_then_it_is_reported() {
        try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
            ProbeRun run = probe(
                    sandbox,
                    "--api-key=" + sandbox.apiKey(),
                    "--username=" + sandbox.staffUser(),
                    "--password=" + sandbox.staffPassword(),
                    "--resource=patients");

            assertThat(run.seen("staff login", "with the organisation's key")).isEqualTo("accepted");
            assertThat(run.seen("staff login", "without the organisation's key"))
                    .startsWith("refused");
            assertThat(run.seen("API v1", "token of the staff login")).isEqualTo("accepted");
            assertThat(run.everything())
                    .doesNotContain(sandbox.apiKey(), sandbox.staffUser(), sandbox.staffPassword(), "sandbox-token");
        }
    }

    @Test
    void given_a_sandbox_when_the_printed_options_are_used_then_its_clinic_is_mirrored() throws Exception {
        try (CliniceaSandbox sandbox = CliniceaSandbox.start();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            ProbeRun run = probe(sandbox, "--api-key=" + sandbox.apiKey());
            Properties secrets = new Properties();
            secrets.setProperty("clinicea.api-key", sandbox.apiKey());
            camel.getPropertiesComponent().setInitialProperties(secrets);
            String patients = run.uris().stream()
                    .filter(uri -> uri.startsWith("clinicea:patients?"))
                    .findFirst()
                    .orElseThrow();
            Set<Object> delivered = new ConcurrentSkipListSet<>();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(patients + "&initialDelay=0&delay=100")
                            .process(exchange -> delivered.add(
                                    exchange.getMessage().getBody(Map.class).get("PatientID")));
                }
            });
            camel.start();

            Set<Object> expected = sandbox.clinic().rows("patients").stream()
                    .map(row -> row.get("PatientID"))
                    .collect(Collectors.toSet());
            await().atMost(Duration.ofSeconds(20)).until(() -> delivered.size() == expected.size());
            assertThat(delivered).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--resource=appointments", "--resource=bills"})
    void given_a_server_that_fails_now_and_then_when_probed_then_no_failure_counts_as_a_refusal(String only) {
        try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
            String[] more = only.isEmpty()
                    ? new String[] {"--api-key=" + sandbox.apiKey()}
                    : new String[] {"--api-key=" + sandbox.apiKey(), only};
            ProbeRun steady = probe(sandbox, more);
            SandboxFault.UNSTEADY.switchOn(sandbox.wireMock());

            ProbeRun unsteady = probe(sandbox, more);

            for (Fact fact : unsteady.facts()) {
                String seen = steady.seen(fact.subject(), fact.name());
                boolean open = List.of(seen, fact.seen()).stream()
                        .anyMatch(words -> words.startsWith(Fact.NOT_ASKED) || words.startsWith(Fact.NOT_KNOWN));
                if (!open && !fact.subject().equals("server")) {
                    // With fewer requests left, a parameter may be shown to a lesser degree.
                    assertThat(List.of(seen, Effect.NOTHING.words()))
                            .as(fact + "\n" + unsteady.out())
                            .contains(fact.seen());
                }
                assertThat(fact.seen()).as(fact.toString()).doesNotContain("refused (503)");
            }
            assertThat(unsteady.json().path("requests").asInt()).isLessThanOrEqualTo(40);
            assertThat(json(unsteady.catalogue()).path("resources")).isEmpty();
        }
    }

    @Test
    void given_a_sandbox_when_probed_then_the_table_has_differences_and_options_only() {
        try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
            ProbeRun run = probe(sandbox, "--api-key=" + sandbox.apiKey(), "--resource=patients");
            ProbeRun all = probe(sandbox, "--api-key=" + sandbox.apiKey(), "--resource=patients", "--all");

            assertThat(run.out()).contains("0 differences").doesNotContain("patients: order");
            assertThat(all.out()).contains("0 differences", "patients: order");
            assertThat(run.json().path("tool").asText()).startsWith("clinicea ");
            assertThat(run.json().path("date").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProbeRun probe(CliniceaSandbox sandbox, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--base-url=" + sandbox.baseUrl()));
        arguments.addAll(List.of(more));
        return ProbeRun.of(directory, arguments.toArray(String[]::new));
    }
}
