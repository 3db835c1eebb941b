/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests what an operator sees and does over HTTP in Camel Main: the developer console and the health checks. */
class ConsoleOverHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Main main = new Main();
    private String poison;
    private int port;

    @BeforeEach
    void start() {
        poison = clinicea.clinic().ids("patients").get(0);
        Map.of(
                        "camel.main.dev-console-enabled", "true",
                        "camel.management.enabled", "true",
                        "camel.management.port", "0",
                        "camel.management.dev-console-enabled", "true",
                        "camel.management.health-check-enabled", "true",
                        "camel.health.producers-enabled", "true",
                        "camel.component.clinicea.configuration.api-key", clinicea.apiKey(),
                        "camel.component.clinicea.configuration.base-url", clinicea.baseUrl(),
                        "camel.component.clinicea.configuration.max-retries", "0")
                .forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?initialDelay=0&delay=200")
                        .routeId("patients")
                        .filter(header(CliniceaConstants.RECORD_ID).isEqualTo(poison))
                        .throwException(IllegalStateException.class, "no room for \"Testa\"")
                        .end();
                from("direct:refused").to("clinicea:patients?operation=get&apiKey=wrong-key-of-the-tests");
            }
        });
        main.start();
        port = main.getCamelContext()
                .getRegistry()
                .findSingleByType(VertxPlatformHttpRouter.class)
                .getServer()
                .getPort();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private String get(String path, String accepted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", accepted)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path, "application/json"));
    }

    private JsonNode console(String query) throws IOException, InterruptedException {
        return json("/q/dev/clinicea" + query).path("clinicea");
    }

    @Test
    void given_a_held_row_when_skipped_over_http_then_it_is_held_no_more() throws Exception {
        await().atMost(PATIENCE).until(() -> console("").at("/syncs/0/heldRows").size() == 1);
        assertThat(console("").at("/syncs/0/heldRows/0/recordId").asText()).isEqualTo(poison);
        assertThat(get("/q/dev/clinicea", "text/plain"))
                .contains("routeId: patients", "recordId: " + poison, "lastFailure: java.lang.IllegalStateException")
                .doesNotContain(clinicea.apiKey(), "Testa");

        String skip = "?action=skipRow&routeId=patients&recordId=" + URLEncoder.encode(poison, StandardCharsets.UTF_8);
        assertThat(console(skip).path("error").asText()).contains("token");
        JsonNode answer =
                console(skip + "&token=" + console("").path("actionToken").asText());

        assertThat(answer.path("result").asText()).isEqualTo("Versions skipped: 1");
        await().atMost(PATIENCE).until(() -> console("").at("/syncs/0/heldRows").isEmpty());
        assertThat(console("?action=explode&routeId=patients").path("error").asText())
                .startsWith("There is no action 'explode'");
    }

    @Test
    void given_a_key_that_is_refused_when_the_health_is_asked_over_http_then_its_json_says_so_without_a_stack()
            throws Exception {
        main.getCamelContext()
                .createProducerTemplate()
                .send(
                        "direct:refused",
                        exchange -> exchange.getMessage().setHeader(CliniceaConstants.RECORD_ID, poison));

        String text = get("/observe/health?exposureLevel=full&data=true&stackTrace=true", "application/json");

        assertThat(text)
                .doesNotContain("wrong-key-of-the-tests", clinicea.apiKey(), "io.github.camelclinicea.consumer.");
        JsonNode checks = new ObjectMapper().readTree(text).path("checks");
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.path("name").asText()).startsWith("producer:clinicea-patients@localhost");
            assertThat(check.path("status").asText()).isEqualTo("DOWN");
            assertThat(check.at("/data/http.response.code").asText()).isEqualTo("401");
            assertThat(check.at("/data/clinicea.operation").asText()).isEqualTo("getPatientByID");
        });
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.path("name").asText()).isEqualTo("consumer:patients");
            assertThat(check.path("data").has("clinicea.syncTimestamp")).isTrue();
        });
    }
}
