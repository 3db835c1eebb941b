/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.lead;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadFromWebFormTest {
    private static final String LEADS = "/api/v1/leads";
    private static final String ADA =
            "FirstName=Ada&LastName=Example&Mobile=%2B1+555-0117&Email=ada%40example.invalid&IsConverted=true";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final List<Map<?, ?>> asked = new CopyOnWriteArrayList<>();
    private Main main;
    private int port;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, String> properties) {
        main = new Main();
        properties.forEach(main::addInitialProperty);
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.port", "0");
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addInitialProperty("camel.component.clinicea.configuration.response-timeout", "2000");
        main.addInitialProperty("camel.component.clinicea.configuration.max-retries", "0");
        main.configure().addRoutesBuilder(new LeadFromWebForm());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:askTheDesk").process(e -> asked.add(e.getMessage().getBody(Map.class)));
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

    private HttpResponse<String> send(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/leads"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private void creates(ResponseDefinitionBuilder response) {
        clinicea.sandbox().wireMock().stubFor(post(urlPathEqualTo(LEADS)).willReturn(response));
    }

    private List<Map<String, Object>> entered() {
        return clinicea.clinic().rows("leads").stream()
                .filter(lead -> "ada@example.invalid".equals(lead.get("Email")))
                .toList();
    }

    private void assertEnteredOnce(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(entered())
                .singleElement()
                .satisfies(lead -> assertThat(lead.get("ID"))
                        .isEqualTo(json(response).get("id").asText()));
        assertThat(asked).isEmpty();
    }

    private void assertSent(int times) {
        clinicea.sandbox().wireMock().verify(times, postRequestedFor(urlPathEqualTo(LEADS)));
    }

    @Test
    void given_a_form_that_is_right_when_sent_then_the_lead_is_entered_with_its_fields_and_no_others()
            throws Exception {
        HttpResponse<String> response = send(ADA);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(entered())
                .singleElement()
                .satisfies(lead -> assertThat(lead)
                        .containsEntry("ID", json(response).get("id").asText())
                        .containsEntry("FirstName", "Ada")
                        .containsEntry("LastName", "Example")
                        .containsEntry("Mobile", "+1 555-0117"));
        clinicea.sandbox()
                .wireMock()
                .getAllServeEvents()
                .forEach(event ->
                        assertThat(event.getRequest().getBodyAsString()).doesNotContain("IsConverted"));
        assertThat(response.headers().map().toString())
                .doesNotContainIgnoringCase("ada")
                .doesNotContain("Clinicea");
    }

    @Test
    void given_a_form_that_is_wrong_when_sent_then_each_field_is_told_and_nothing_is_entered() throws Exception {
        HttpResponse<String> response = send("FirstName=Ada&LastName=+&Mobile=ring+me&Email=ada%40example.invalid");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response)).isEqualTo(new ObjectMapper().readTree("""
                {"problems": {"LastName": "is missing", "Mobile": "is not right"}}"""));
        assertSent(0);
    }

    @Test
    void given_an_empty_form_when_sent_then_it_is_told_what_is_missing() throws Exception {
        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("problems")).hasSize(4);
        assertSent(0);
    }

    @Test
    void given_an_answer_that_comes_too_late_when_sent_then_the_lead_is_found_and_not_entered_again() throws Exception {
        creates(aResponse().withTransformers(CliniceaSandbox.TRANSFORMER).withFixedDelay(6_000));

        HttpResponse<String> response = send(ADA);

        assertEnteredOnce(response);
        assertSent(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6_000})
    void given_another_body_type_on_the_component_when_sent_then_the_lead_is_entered(int delay) throws Exception {
        stop();
        start(Map.of("camel.component.clinicea.configuration.body-type", "java.lang.Integer"));
        creates(aResponse().withTransformers(CliniceaSandbox.TRANSFORMER).withFixedDelay(delay));

        HttpResponse<String> response = send(ADA);

        assertEnteredOnce(response);
        assertSent(1);
    }

    @Test
    void given_a_connection_that_breaks_before_it_is_entered_when_sent_then_the_desk_is_asked() throws Exception {
        creates(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        HttpResponse<String> response = send(ADA);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(asked)
                .singleElement()
                .satisfies(lead -> assertThat(lead.get("Notes"))
                        .isEqualTo("Web form " + json(response).get("reference").asText()));
        assertSent(1);
    }

    @Test
    void given_a_clinic_that_cannot_be_asked_either_when_sent_then_the_desk_is_asked() throws Exception {
        creates(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo(LEADS)).willReturn(aResponse().withStatus(503)));

        HttpResponse<String> response = send(ADA);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(asked).hasSize(1);
        assertSent(1);
    }

    @Test
    void given_a_clinic_that_refuses_when_sent_then_it_is_told_that_nothing_was_entered() throws Exception {
        creates(aResponse().withStatus(401));

        HttpResponse<String> response = send(ADA);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("error").asText()).contains("not entered");
        assertThat(asked).isEmpty();
        assertSent(1);
    }
}
