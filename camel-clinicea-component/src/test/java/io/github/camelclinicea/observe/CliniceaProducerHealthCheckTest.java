/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.ClosedPort;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the state of producers in Camel's health registry. */
class CliniceaProducerHealthCheckTest {
    private static final String GET = "&operation=get&maxRetries=0";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void register() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        registry.register(registry.resolveById("producers"));
        // Off by default.
        registry.getRepository("producers").orElseThrow().setEnabled(true);
    }

    @AfterEach
    void stop() {
        camel.stop();
        clinicea.close();
    }

    private String uri(String baseUrl, String options) {
        return "clinicea:patients?apiKey=" + StubClinicea.API_KEY + "&baseUrl=" + baseUrl + options;
    }

    private void start(String uri) throws Exception {
        add("read", uri);
        camel.start();
    }

    private void add(String route, String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + route).routeId(route).to(uri);
            }
        });
    }

    private void serve(ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer));
    }

    private Exchange send(String route) {
        return camel.createFluentProducerTemplate()
                .to("direct:" + route)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
    }

    private List<HealthCheck.Result> results() {
        return HealthCheckHelper.invokeReadiness(camel, "full").stream()
                .filter(result -> result.getCheck().getId().startsWith("producer:clinicea"))
                .toList();
    }

    private HealthCheck.Result health() {
        assertThat(results()).hasSize(1);
        return results().get(0);
    }

    private HealthCheck.State state() {
        return health().getState();
    }

    @Test
    void given_a_key_that_is_refused_when_called_then_it_is_down_with_details_until_a_success() throws Exception {
        Instant begin = Instant.now();
        start(uri(clinicea.baseUrl(), GET));
        assertThat(state()).as("before the first call").isEqualTo(HealthCheck.State.UP);
        serve(answer(401));

        send("read");
        send("read");

        HealthCheck.Result health = health();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getCheck().getId()).isEqualTo("producer:clinicea-patients@localhost");
        assertThat(health.getDetails())
                .containsEntry("clinicea.resource", "patients")
                .containsEntry("clinicea.operation", "getPatientByID")
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401)
                .containsEntry("clinicea.failures", 2L);
        assertThat(Instant.parse((String) health.getDetails().get("clinicea.failingSince")))
                .isBetween(begin, Instant.now());
        assertThat(health.getMessage().orElseThrow()).contains("patients getPatientByID", "401");
        assertThat(health.getDetails() + health.getMessage().orElseThrow()).doesNotContain(StubClinicea.API_KEY, "p1");

        serve(json("{\"PatientID\":\"p1\"}"));
        send("read");
        assertThat(state()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getDetails()).doesNotContainKeys(HealthCheck.HTTP_RESPONSE_CODE, "clinicea.failures");
        assertThat(clinicea.server().getAllServeEvents())
                .as("no traffic of its own")
                .hasSize(3);
    }

    @Test
    void given_a_server_that_cannot_be_reached_when_called_then_it_is_down_without_a_code() throws Exception {
        try (ClosedPort port = new ClosedPort()) {
            start(uri(port.url(), GET));
            send("read");

            assertThat(state()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health().getDetails()).doesNotContainKey(HealthCheck.HTTP_RESPONSE_CODE);
            assertThat(health().getMessage().orElseThrow()).contains("no response");
        }
    }

    @Test
    void given_a_record_that_does_not_exist_when_called_then_the_state_is_as_before() throws Exception {
        start(uri(clinicea.baseUrl(), GET));
        serve(answer(404));
        send("read");
        assertThat(state()).isEqualTo(HealthCheck.State.UP);

        serve(answer(503));
        send("read");
        serve(answer(400));
        send("read");

        assertThat(state()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getDetails())
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 503)
                .containsEntry("clinicea.failures", 1L);
    }

    @Test
    void given_the_option_of_the_component_when_off_then_the_state_is_unknown() throws Exception {
        camel.getComponent("clinicea", CliniceaComponent.class).setHealthCheckProducerEnabled(false);
        start(uri(clinicea.baseUrl(), GET));
        serve(answer(401));

        send("read");

        assertThat(state()).isEqualTo(HealthCheck.State.UNKNOWN);
    }

    @Test
    void given_camels_default_when_a_call_fails_then_there_is_no_check() throws Exception {
        HealthCheckRegistry.get(camel).getRepository("producers").orElseThrow().setEnabled(false);
        start(uri(clinicea.baseUrl(), GET));
        serve(answer(401));

        send("read");

        assertThat(results()).isEmpty();
    }

    @Test
    void given_a_route_that_makes_a_producer_for_each_message_when_stopped_then_one_check_comes_and_goes()
            throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:many").routeId("many").toD(uri(clinicea.baseUrl(), GET) + "&maxPages=${header.number}");
            }
        });
        camel.start();
        // Not 503, which would slow down all requests after it.
        serve(answer(500));
        for (int i = 1; i <= 50; i++) {
            camel.createProducerTemplate()
                    .send("direct:many", exchangeWith(Map.of("number", i, CliniceaConstants.RECORD_ID, "p" + i)));
        }

        assertThat(state()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getDetails()).containsEntry("clinicea.failures", 50L);

        camel.getRouteController().stopRoute("many");
        HealthCheckRepository repository =
                HealthCheckRegistry.get(camel).getRepository("producers").orElseThrow();
        assertThat(repository.stream()).isEmpty();

        camel.getRouteController().startRoute("many");
        serve(json("{\"PatientID\":\"p1\"}"));
        camel.createProducerTemplate()
                .send("direct:many", exchangeWith(Map.of("number", 1, CliniceaConstants.RECORD_ID, "p1")));
        assertThat(state()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_two_keys_at_one_server_when_one_is_refused_then_the_other_stays_up() throws Exception {
        add("other", uri(clinicea.baseUrl(), GET).replace(StubClinicea.API_KEY, "another-key-of-the-tests"));
        start(uri(clinicea.baseUrl(), GET));
        serve(answer(401));
        send("other");

        assertThat(results())
                .extracting(result -> result.getCheck().getId() + " " + result.getState())
                .containsExactlyInAnyOrder(
                        "producer:clinicea-patients@localhost DOWN", "producer:clinicea-patients@localhost-2 UP");
    }

    @Test
    void given_a_route_whose_calls_failed_when_removed_then_its_check_is_gone() throws Exception {
        start(uri(clinicea.baseUrl(), GET));
        serve(answer(503));
        send("read");
        assertThat(state()).isEqualTo(HealthCheck.State.DOWN);

        camel.getRouteController().stopRoute("read");
        camel.removeRoute("read");

        assertThat(results()).isEmpty();
    }

    private static Processor exchangeWith(Map<String, Object> headers) {
        return exchange -> exchange.getMessage().setHeaders(new HashMap<>(headers));
    }
}
