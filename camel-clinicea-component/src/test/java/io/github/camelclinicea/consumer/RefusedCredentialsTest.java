/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ConsumerHealth;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that credentials which the server refused are not sent again at every poll. */
class RefusedCredentialsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";
    private static final String BILLS = "/api/v1/bills";
    private static final String KEY = "&apiKey=wrong-key";
    private static final String STAFF = "&username=doctor&password=RAW(pa55)";
    private static final int MANY = 20;

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();

    @BeforeEach
    void register() {
        camel.getRegistry().bind("quiet", failures);
        ConsumerHealth.enable(camel);
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void addRoute(String routeId, String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:" + routeId + "?baseUrl=" + clinicea.baseUrl()
                                + "&initialDelay=0&delay=20&exceptionHandler=#quiet" + options)
                        .routeId(routeId)
                        .process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
    }

    private void awaitFailures(int count) {
        await().atMost(PATIENCE).until(() -> failures.exceptions().size() >= count);
    }

    private HealthCheck.Result health() {
        return ConsumerHealth.of(camel, "patients");
    }

    // ---- an API key

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void given_a_key_that_is_refused_when_polled_many_times_then_it_was_sent_once_and_the_polls_say_when_next(
            int status) throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).willReturn(answer(status)));
        addRoute("patients", KEY);
        camel.start();

        awaitFailures(MANY);

        assertThat(clinicea.requests(PATIENTS)).hasSize(1);
        assertThat(failures.exceptions().get(0))
                .hasMessageContaining("responded with " + status)
                .hasMessageNotContaining("next try");
        assertThat(List.copyOf(failures.exceptions()).subList(1, MANY)).allSatisfy(failure -> {
            assertThat(failure)
                    .isInstanceOf(CliniceaException.class)
                    .hasMessageContaining("responded with " + status)
                    .hasMessageMatching(".*Refused at 2\\S+Z, next try at 2\\S+Z");
            assertThat(((CliniceaException) failure).getHttpResponseCode()).isEqualTo(status);
        });
    }

    @Test
    void given_a_key_that_is_refused_when_asked_for_health_then_it_stays_down_and_says_why() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).willReturn(answer(401)));
        addRoute("patients", KEY);
        camel.start();
        awaitFailures(MANY);

        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401);
        assertThat(health.getError().orElseThrow())
                .hasMessageContaining("the apiKey is wrong")
                .hasMessageContaining("next try at");
    }

    /** A role that may not use one module must not stop the polls of the others. */
    @Test
    void given_a_key_that_may_read_one_list_only_when_polled_then_the_other_goes_on() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(BILLS)).willReturn(answer(401)));
        clinicea.servePatients(patients(0, 1));
        addRoute("bills", KEY);
        addRoute("patients", KEY);
        camel.start();
        awaitFailures(MANY);

        clinicea.servePatients(patients(0, 3));

        await().atMost(PATIENCE).until(() -> ids.size() == 3);
        assertThat(clinicea.requests(BILLS)).hasSize(1);
    }

    @Test
    void given_a_key_that_is_refused_when_the_route_is_restarted_with_a_new_one_then_it_is_tried_at_once()
            throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).atPriority(10).willReturn(answer(401)));
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setApiKey("old-key");
        addRoute("patients", "");
        camel.start();
        awaitFailures(2);
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withHeader("api", equalTo("new-key"))
                        .withQueryParam("intPageNo", equalTo("0"))
                        .willReturn(json(patients(0, 1))));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withHeader("api", equalTo("new-key"))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .willReturn(answer(204)));

        camel.getRouteController().stopRoute("patients");
        ((CliniceaEndpoint) camel.getRoute("patients").getEndpoint())
                .getConfiguration()
                .setApiKey("new-key");
        camel.getRouteController().startRoute("patients");

        await().atMost(Duration.ofSeconds(20)).until(() -> ids.equals(List.of("p0")));
        await().atMost(PATIENCE).until(() -> health().getState() == HealthCheck.State.UP);
    }

    @Test
    void given_a_key_that_is_refused_when_the_route_is_restarted_then_it_is_tried_at_once() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).willReturn(answer(401)));
        addRoute("patients", KEY);
        camel.start();
        awaitFailures(2);
        clinicea.servePatients(patients(0, 1));

        camel.getRouteController().stopRoute("patients");
        camel.getRouteController().startRoute("patients");

        await().atMost(Duration.ofSeconds(20)).until(() -> ids.equals(List.of("p0")));
    }

    @Test
    void given_a_key_that_is_refused_when_an_operator_polls_then_it_is_tried_at_once() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).willReturn(answer(401)));
        addRoute("patients", KEY);
        camel.start();
        awaitFailures(2);
        clinicea.servePatients(patients(0, 1));

        ((CliniceaConsumer) camel.getRoute("patients").getConsumer()).pollNow();

        await().atMost(Duration.ofSeconds(20)).until(() -> ids.equals(List.of("p0")));
    }

    @Test
    void given_a_key_that_is_refused_when_operations_are_invoked_then_each_is_sent() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).willReturn(answer(401)));
        camel.start();

        for (int i = 0; i < 3; i++) {
            assertThat(list(KEY).getException()).hasMessageNotContaining("next try");
        }

        assertThat(clinicea.requests(PATIENTS)).hasSize(3);
    }

    private Exchange list(String credentials) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=list&baseUrl=" + clinicea.baseUrl() + credentials)
                .send();
    }

    // ---- a staff login

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 423})
    void given_a_login_that_is_refused_when_consumers_and_producers_use_it_then_it_was_sent_once(int status)
            throws Exception {
        clinicea.server()
                .stubFor(any(urlPathEqualTo(LOGIN)).willReturn(answer(status).withBody("{\"Message\":\"Go away\"}")));
        addRoute("patients", STAFF);
        addRoute("bills", STAFF);
        camel.start();
        awaitFailures(MANY);

        for (int i = 0; i < 5; i++) {
            assertThat(list(STAFF).getException())
                    .isInstanceOf(CliniceaException.class)
                    .hasMessageMatching(".*Refused at 2\\S+Z, next try at 2\\S+Z");
        }

        assertThat(clinicea.requests(LOGIN)).hasSize(1);
        assertThat(clinicea.requests(PATIENTS)).isEmpty();
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getError().orElseThrow()).hasMessageContaining("next try at");
        assertThat(failures.exceptions())
                .allSatisfy(failure -> assertThat(((CliniceaException) failure).getServerMessage())
                        .isEqualTo("Go away"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wrong user name or password", "", "null", "\"\"", "false", "[]", "\"cut of"})
    void given_a_login_that_succeeds_without_a_token_when_it_is_used_again_then_it_was_sent_once(String body) {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(json(body)));
        camel.start();

        for (int i = 0; i < 3; i++) {
            assertThat(list(STAFF).getException()).hasMessageContaining("response to the login is not a token");
        }

        assertThat(clinicea.requests(LOGIN)).hasSize(1);
    }

    /** A page of maintenance judges no password. */
    @Test
    void given_a_login_that_gets_a_page_of_html_when_it_is_used_again_then_it_is_sent_again() {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(json("<html>Back soon</html>")));
        camel.start();

        for (int i = 0; i < 3; i++) {
            assertThat(list(STAFF + "&maxRetries=0").getException()).hasMessageContaining("it is HTML or XML");
        }

        assertThat(clinicea.requests(LOGIN)).hasSize(3);
    }

    @Test
    void given_a_login_that_is_refused_when_an_operator_polls_then_it_is_tried_at_once() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(answer(423)));
        addRoute("patients", STAFF);
        camel.start();
        awaitFailures(2);
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(json("\"token\"")));
        clinicea.servePatients(patients(0, 1));

        ((CliniceaConsumer) camel.getRoute("patients").getConsumer()).pollNow();

        await().atMost(Duration.ofSeconds(20)).until(() -> ids.equals(List.of("p0")));
        assertThat(clinicea.requests(LOGIN)).hasSize(2);
    }

    @Test
    void given_a_login_that_is_refused_when_another_password_is_used_then_it_is_tried_at_once() throws Exception {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).atPriority(10).willReturn(answer(401)));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(LOGIN))
                        .withQueryParam("pwd", equalTo("n3w"))
                        .willReturn(json("\"token\"")));
        clinicea.servePatients(patients(0, 1));
        camel.start();
        assertThat(list(STAFF).getException()).isNotNull();

        Exchange out = list("&username=doctor&password=n3w");

        assertThat(out.getException()).isNull();
        assertThat((List<?>) out.getMessage().getBody(List.class)).hasSize(1);
    }
}
