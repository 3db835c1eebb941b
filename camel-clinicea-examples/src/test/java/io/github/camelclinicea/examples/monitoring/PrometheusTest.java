/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.monitoring;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.examples.docs.MeterTable;
import io.github.camelclinicea.observe.ClinicMeter;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the meters of an application on Camel Main over HTTP, as Prometheus does. */
class PrometheusTest {
    private static final Path FILES = Path.of("../docs/monitoring");
    private static final String ODD_ROUTE = "bills of \"clinic\\1\" {x} für Ada";

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(30).bills(10));

    private static Main main;
    private static Scrape scrape;

    @BeforeAll
    static void start() {
        main = new Main();
        main.addInitialProperty("camel.metrics.enabled", "true");
        main.addInitialProperty("camel.management.enabled", "true");
        main.addInitialProperty("camel.management.port", "0");
        main.addInitialProperty("camel.management.metrics-enabled", "true");
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addInitialProperty("camel.component.clinicea.configuration.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.max-retries", "0");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?initialDelay=0&delay=100")
                        .routeId("patients")
                        .log("${header.CamelCliniceaRecordId}");
                from("clinicea:bills?initialDelay=0&delay=100")
                        .routeId(ODD_ROUTE)
                        .log("a bill");
                from("direct:lead").routeId("leads").to("clinicea:leads?operation=create");
            }
        });
        main.start();
        clinicea.sandbox()
                .wireMock()
                .stubFor(post(urlPathMatching(".*leads.*"))
                        .willReturn(aResponse().withStatus(500)));
        main.getCamelContext()
                .createFluentProducerTemplate()
                .to("direct:lead")
                .withBody(Map.of("FirstName", "Testa"))
                .send();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            scrape = Scrape.of(metrics());
            assertThat(value("clinicea_rows_delivered_total", "routeId", "patients"))
                    .isEqualTo(30);
            assertThat(value("clinicea_polls_seconds_count", "routeId", "patients", "end", "clean"))
                    .isPositive();
            assertThat(scrape.series("clinicea_checkpoint_age_seconds", Map.of()))
                    .hasSize(2);
        });
    }

    @AfterAll
    static void stop() {
        main.stop();
    }

    private static String metrics() throws IOException, InterruptedException {
        int port = main.getCamelContext().getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .findFirst()
                .orElseThrow()
                .getServer()
                .getPort();
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/observe/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static double value(String name, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return scrape.series(name, wanted).stream()
                .mapToDouble(Scrape.Series::value)
                .sum();
    }

    @Test
    void given_each_meter_of_the_table_when_scraped_then_it_is_there_with_its_tags() {
        for (ClinicMeter meter : ClinicMeter.values()) {
            for (String name : MeterTable.inPrometheus(meter)) {
                assertThat(scrape.labels(name))
                        .as(name)
                        .contains("camelContext", "routeId", "resource")
                        .containsAll(meter.isOfSync() ? Set.of("syncId") : Set.of())
                        .containsAll(meter.ownTags())
                        .hasSize(
                                3 + (meter.isOfSync() ? 1 : 0) + meter.ownTags().size());
            }
        }
        assertThat(scrape.series().stream().map(Scrape.Series::name).filter(name -> name.startsWith("clinicea_")))
                .allMatch(name -> List.of(ClinicMeter.values()).stream()
                        .anyMatch(meter -> MeterTable.inPrometheus(meter).contains(name)));
    }

    @Test
    void given_a_write_whose_outcome_is_unknown_when_scraped_then_it_is_counted() {
        assertThat(value("clinicea_operations_seconds_count", "routeId", "leads", "outcome", "outcome_unknown"))
                .isOne();
        assertThat(value("clinicea_requests_seconds_count", "routeId", "leads", "outcome", "5xx"))
                .isOne();
    }

    @Test
    void given_a_route_id_with_odd_characters_when_scraped_then_its_series_have_it() {
        assertThat(value("clinicea_rows_delivered_total", "routeId", ODD_ROUTE)).isPositive();
    }

    @Test
    void given_the_meters_when_scraped_then_no_record_and_no_secret_is_in_them() throws Exception {
        assertThat(metrics())
                .doesNotContain(clinicea.apiKey())
                .doesNotContain(clinicea.clinic().ids("patients"));
    }

    @Test
    void given_the_dashboard_when_compared_with_a_scrape_then_each_expression_finds_its_series() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(FILES.resolve("grafana-dashboard.json").toFile());
        List<JsonNode> targets = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(targets::add));

        assertThat(targets).hasSizeGreaterThan(15).allSatisfy(target -> {
            Expression expression = new Expression(target.path("expr").asText());
            assertThat(expression.missingIn(scrape)).as(expression.toString()).isEmpty();
            assertThat(Expression.shown(target.path("legendFormat").asText()))
                    .as(expression.toString())
                    .isNotEmpty()
                    .allMatch(label -> expression.keeps(label, scrape));
        });
        dashboard.path("templating").path("list").forEach(variable -> {
            String query = variable.path("query").path("query").asText();
            assertThat(new Expression(query.replaceFirst("label_values\\((.*), (.*)\\)", "sum by ($2) ($1)"))
                            .missingIn(scrape))
                    .as(query)
                    .isEmpty();
        });
    }

    @Test
    void given_the_alert_rules_when_compared_with_a_scrape_then_each_expression_finds_its_series() throws IOException {
        JsonNode file = new ObjectMapper()
                .valueToTree(new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(FILES.resolve("alert-rules.yml"))));

        assertThat(file.path("groups").path(0).path("rules"))
                .hasSizeGreaterThan(5)
                .allSatisfy(rule -> {
                    Expression expression = new Expression(rule.path("expr").asText());
                    assertThat(expression.missingIn(scrape))
                            .as(expression.toString())
                            .isEmpty();
                    JsonNode annotations = rule.path("annotations");
                    assertThat(Expression.shown(annotations.toString()))
                            .as(expression.toString())
                            .allMatch(label -> expression.keeps(label, scrape));
                    assertThat(annotations.path("description").asText()).hasSizeGreaterThan(50);
                    assertThat(annotations.path("runbook_url").asText()).startsWith("docs/how-to/on-call.md");
                });
    }

    @Test
    void given_expressions_that_are_wrong_when_compared_with_a_scrape_then_what_is_missing_is_named() {
        assertThat(new Expression("sum by (rute) (rate(clinicea_poll_total{end=\"cleen\"}[5m]))").missingIn(scrape))
                .containsExactly("clinicea_poll_total", "clinicea_poll_total{end}", "rute");
        assertThat(new Expression("clinicea_polls_seconds_count{end=\"cleen\"} > 1").missingIn(scrape))
                .containsExactly("clinicea_polls_seconds_count{end=\"cleen\"}");
    }
}
