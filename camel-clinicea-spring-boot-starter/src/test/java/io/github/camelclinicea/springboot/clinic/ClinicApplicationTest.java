/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot.clinic;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starts the application as in production, with a sandbox for Clinicea, on a real PostgreSQL. */
class ClinicApplicationTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final int PATIENTS = 120;

    private static EmbeddedPostgres postgres;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(PATIENTS));

    private final HttpClient http = HttpClient.newHttpClient();
    private JdbcTemplate database;
    private ConfigurableApplicationContext application;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void emptyTheDatabase() {
        database = new JdbcTemplate(postgres.getPostgresDatabase());
        database.execute("DROP TABLE IF EXISTS patient, camel_messageprocessed");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void start(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--CLINICEA_API_KEY=" + clinicea.apiKey(),
                "--camel.component.clinicea.base-url=" + clinicea.baseUrl(),
                "--camel.component.clinicea.max-retries=0",
                "--clinic.poll-every=100",
                "--spring.sql.init.mode=always",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres")));
        arguments.addAll(List.of(further));
        application = SpringApplication.run(ClinicApplication.class, arguments.toArray(String[]::new));
    }

    private void awaitPatientsOfTheClinic() {
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(saved())
                        .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
    }

    private List<String> saved() {
        return database.queryForList("SELECT id FROM patient", String.class);
    }

    private HttpResponse<String> actuator(String path) throws IOException, InterruptedException {
        String port = application.getEnvironment().getProperty("local.server.port");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(actuator(path).body());
    }

    private double metric(String name, String statistic) throws IOException, InterruptedException {
        for (JsonNode measurement :
                json("/metrics/" + name + "?tag=routeId:patients").path("measurements")) {
            if (measurement.path("statistic").asText().equals(statistic)) {
                return measurement.path("value").asDouble();
            }
        }
        return Double.NaN;
    }

    @Test
    void given_options_in_properties_when_started_then_every_patient_is_in_the_database() {
        start();
        awaitPatientsOfTheClinic();
    }

    @Test
    void given_the_starter_when_a_route_names_a_data_type_then_camel_finds_it() throws Exception {
        start();
        CamelContext camel = application.getBean(CamelContext.class);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:json").transformDataType("clinicea:application-json");
            }
        });

        assertThat(camel.createProducerTemplate().requestBody("direct:json", Map.of("a", 1), String.class))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void given_a_server_that_fails_and_recovers_when_health_is_asked_over_http_then_it_is_up_down_and_up_again()
            throws Exception {
        start();
        awaitPatientsOfTheClinic();
        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> assertThat(actuator("/health").statusCode()).isEqualTo(200));
        assertThat(actuator("/health").body()).contains("consumer:patients", "clinicea.syncTimestamp");

        StubMapping failure = clinicea.sandbox()
                .wireMock()
                .stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));

        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> assertThat(actuator("/health").statusCode()).isEqualTo(503));
        assertThat(json("/health").path("status").asText()).isEqualTo("DOWN");
        assertThat(actuator("/health").body())
                .contains("consumer:patients", "503")
                .doesNotContain(clinicea.apiKey())
                .as("no stack")
                .doesNotContain("\\tat ");

        clinicea.sandbox().wireMock().removeStub(failure);

        await().atMost(LONG_ENOUGH)
                .untilAsserted(() ->
                        assertThat(json("/health").path("status").asText()).isEqualTo("UP"));
    }

    @Test
    void given_micrometer_when_metrics_are_asked_over_http_then_the_sync_is_measured() throws Exception {
        start();
        awaitPatientsOfTheClinic();

        await().atMost(LONG_ENOUGH)
                .untilAsserted(() ->
                        assertThat(metric("clinicea.checkpoint.age", "VALUE")).isBetween(300.0, 3_000.0));
        assertThat(metric("clinicea.rows.delivered", "COUNT")).isEqualTo(PATIENTS);
        assertThat(metric("clinicea.polls", "COUNT")).isPositive();
        assertThat(metric("clinicea.poll.lag", "VALUE")).isBetween(0.0, 60.0);
        assertThat(metric("clinicea.rows.failed", "COUNT")).isZero();
        assertThat(metric("clinicea.rows.held", "VALUE")).isZero();
        assertThat(metric("clinicea.rows.in.flight", "VALUE")).isZero();
    }

    @Test
    void given_all_of_actuator_when_everything_is_asked_over_http_then_the_key_is_nowhere() throws Exception {
        start("--management.endpoints.web.exposure.include=*", "--management.endpoints.web.exposure.exclude=heapdump");
        awaitPatientsOfTheClinic();

        List<String> pages = new ArrayList<>();
        json("").path("_links").forEach(link -> {
            if (!link.path("templated").asBoolean()) {
                pages.add(link.path("href").asText().replaceFirst(".*/actuator", ""));
            }
        });

        assertThat(pages).contains("/health", "/configprops", "/env", "/beans", "/metrics");
        for (String page : pages) {
            assertThat(actuator(page).body()).as(page).doesNotContain(clinicea.apiKey());
        }
        assertThat(json("/configprops").findValuesAsText("apiKey")).contains("******");
    }

    @Test
    void given_the_developer_console_when_asked_over_http_then_it_shows_the_sync_without_the_key() throws Exception {
        start(
                "--management.endpoints.web.exposure.include=health,metrics,camel",
                "--camel.main.dev-console-enabled=true");
        awaitPatientsOfTheClinic();

        JsonNode sync = json("/camel/clinicea").at("/clinicea/syncs/0");

        assertThat(sync.path("routeId").asText()).isEqualTo("patients");
        assertThat(sync.path("deliveredRows").asInt()).isEqualTo(PATIENTS);
        assertThat(actuator("/camel/clinicea").body()).doesNotContain(clinicea.apiKey());
    }

    @Test
    void given_a_row_that_fails_when_it_is_skipped_at_the_mbean_then_it_is_held_no_more_and_the_console_only_reads()
            throws Exception {
        String poison = clinicea.clinic().ids("patients").get(7);
        clinicea.clinic().change("patients", poison, Map.of("FirstName", "Longname ".repeat(20)));
        start(
                "--management.endpoints.web.exposure.include=health,metrics,camel",
                "--camel.main.dev-console-enabled=true");
        await().atMost(LONG_ENOUGH).until(() -> metric("clinicea.rows.held", "VALUE") == 1);
        assertThat(json("/camel/clinicea")
                        .at("/clinicea/syncs/0/heldRows/0/recordId")
                        .asText())
                .isEqualTo(poison);
        assertThat(((TabularData) sync("heldRows")).values().toString()).contains(poison);
        assertThat(json("/camel/clinicea?action=skipRow&routeId=patients&recordId=" + poison)
                        .at("/clinicea/syncs/0/heldRows"))
                .hasSize(1);

        assertThat(sync("skipRow", poison)).isEqualTo(1);

        await().atMost(LONG_ENOUGH).until(() -> metric("clinicea.rows.held", "VALUE") == 0);
        assertThat(metric("clinicea.rows.skipped", "COUNT")).isEqualTo(1);
        assertThat(((TabularData) sync("heldRows")).isEmpty()).isTrue();
        assertThat(saved()).hasSize(PATIENTS - 1).doesNotContain(poison);
    }

    /** Performs an operation of the only MBean of a sync. */
    private static Object sync(String operation, String... arguments) throws JMException {
        MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names =
                platform.queryNames(new ObjectName("org.apache.camel:type=consumers,name=CliniceaConsumer*,*"), null);
        assertThat(names).hasSize(1);
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, String.class.getName());
        return platform.invoke(names.iterator().next(), operation, arguments, signature);
    }

    @Test
    void given_a_restart_when_one_patient_was_changed_meanwhile_then_that_one_comes_and_no_other() {
        start();
        awaitPatientsOfTheClinic();
        application.close();
        String changed = clinicea.clinic().ids("patients").get(7);
        clinicea.clinic().change("patients", changed);

        start();

        await().atMost(LONG_ENOUGH)
                .until(() -> database.queryForList("SELECT id FROM patient WHERE times_saved = 2", String.class)
                        .equals(List.of(changed)));
        assertThat(database.queryForObject("SELECT sum(times_saved) FROM patient", Integer.class))
                .isEqualTo(PATIENTS + 1);
    }
}
