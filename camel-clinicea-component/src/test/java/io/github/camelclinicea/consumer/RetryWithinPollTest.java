/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a temporary failure costs a request and no poll, and that a lasting failure fails the poll. */
class RetryWithinPollTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void startRoute(String options) throws Exception {
        camel.getRegistry().bind("quiet", failures);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "exceptionHandler=#quiet&" + options))
                        .routeId("sync")
                        .process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        camel.start();
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private long requestsOfPage(int page) {
        return clinicea.requests(PATIENTS).stream()
                .filter(request ->
                        request.queryParameter("intPageNo").hasValueMatching(equalTo(Integer.toString(page))))
                .count();
    }

    static Stream<Arguments> passingTroubles() {
        return Stream.of(
                Arguments.of("429", answer(429)),
                Arguments.of("500", answer(500)),
                Arguments.of("502", answer(502)),
                Arguments.of("503 for a second", answer(503).withHeader("Retry-After", "1")),
                Arguments.of("504", answer(504)),
                Arguments.of("reset", answer(200).withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("closed without a response", answer(200).withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("cut off", answer(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("no response in time", json(patients(7, 7)).withFixedDelay(30_000)),
                Arguments.of("a maintenance page", answer(200).withBody("<html>back soon</html>")),
                Arguments.of("a list without its end", json("[{\"PatientID\":\"p7\"},")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passingTroubles")
    void given_a_page_that_fails_in_passing_when_polled_then_it_is_asked_for_again_and_the_poll_completes(
            String trouble, ResponseDefinitionBuilder answer) throws Exception {
        clinicea.servePatients(patients(0, 3), patients(3, 3), patients(6, 1));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .atPriority(1)
                        .inScenario("trouble")
                        .whenScenarioStateIs(STARTED)
                        .willSetStateTo("over")
                        .willReturn(answer));

        startRoute("responseTimeout=2000&requestTimeout=2000");

        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() == 1);
        assertThat(ids)
                .containsExactlyElementsOf(
                        IntStream.range(0, 7).mapToObj(i -> "p" + i).toList());
        assertThat(failures.exceptions()).isEmpty();
        // The forward reading, one repetition, and the probe after a reading of several pages. This server responds to
        // all in the same way.
        assertThat(requestsOfPage(1)).isEqualTo(requestsOfPage(2) + 1);
    }

    @Test
    void given_a_server_that_asks_for_more_than_maxRetryWait_when_polled_then_the_poll_ends_with_its_one_request()
            throws Exception {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(503).withHeader("Retry-After", "3")));

        startRoute("maxRetryWait=2000&delay=600000");

        await().atMost(PATIENCE).until(() -> !failures.exceptions().isEmpty());
        assertThat(failures.exceptions()).hasSize(1);
        assertThat(failures.exceptions().get(0)).hasMessageContaining("503");
        assertThat(clinicea.requests(PATIENTS)).hasSize(1);
    }
}
