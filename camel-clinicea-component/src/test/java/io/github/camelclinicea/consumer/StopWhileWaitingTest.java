/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that a stopping context ends a wait that a server has demanded, without a failure. */
class StopWhileWaitingTest {
    /** Far less than the demanded wait, and than Camel's shutdown timeout of 45 seconds. */
    private static final Duration PROMPT = Duration.ofSeconds(15);

    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();

    @BeforeEach
    void bindHandler() {
        camel.getRegistry().bind("quiet", failures);
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void startRoutes(String... uris) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String uri : uris) {
                    from(uri + "&exceptionHandler=#quiet").to("log:rows?level=OFF");
                }
            }
        });
        camel.start();
    }

    private void assertThatTheStopIsPromptAndNoFailure() {
        Instant start = Instant.now();
        camel.stop();

        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPT);
        assertThat(failures.exceptions()).isEmpty();
    }

    private String loginUri(String resource) {
        return "clinicea:" + resource + "?username=doctor&password=RAW(pa55)&initialDelay=0&baseUrl="
                + clinicea.baseUrl();
    }

    @Test
    void given_a_poll_that_waits_for_a_retry_when_the_context_stops_then_it_does_at_once() throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(429).withHeader("Retry-After", "60")));
        startRoutes(clinicea.uri("patients", ""));
        await().until(() -> !clinicea.requests(PATIENTS).isEmpty());

        assertThatTheStopIsPromptAndNoFailure();

        assertThat(clinicea.requests(PATIENTS)).hasSize(1);
    }

    /** A stopping context may suspend other consumers before this one. */
    @Test
    void given_a_poll_that_waits_for_a_retry_when_other_parts_of_the_context_stop_before_it_then_it_is_no_failure()
            throws Exception {
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof CamelContextStoppingEvent;
            }

            @Override
            public void notify(CamelEvent event) {
                CliniceaConsumer consumer =
                        (CliniceaConsumer) camel.getRoutes().get(0).getConsumer();
                await().atMost(PROMPT).until(() -> !consumer.isPolling());
            }
        });
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(429).withHeader("Retry-After", "60")));
        startRoutes(clinicea.uri("patients", ""));
        await().until(() -> !clinicea.requests(PATIENTS).isEmpty());

        assertThatTheStopIsPromptAndNoFailure();
    }

    @Test
    void given_a_login_that_is_put_off_and_another_that_waits_for_it_when_the_context_stops_then_it_does_at_once()
            throws Exception {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(LOGIN)).willReturn(answer(503).withHeader("Retry-After", "60")));
        startRoutes(loginUri("patients"), loginUri("bills"));
        await().until(() -> !clinicea.requests(LOGIN).isEmpty());

        assertThatTheStopIsPromptAndNoFailure();

        assertThat(clinicea.requests(LOGIN)).hasSize(1);
    }

    @Test
    void given_a_login_without_an_answer_and_another_that_waits_for_it_when_the_context_stops_then_it_does_at_once()
            throws Exception {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(LOGIN)).willReturn(answer(200).withFixedDelay(60_000)));
        startRoutes(loginUri("patients"), loginUri("bills"));
        await().until(() -> !clinicea.requests(LOGIN).isEmpty());

        assertThatTheStopIsPromptAndNoFailure();
    }

    /** Camel lets running exchanges finish, so a waiting one would delay the stop by 45 seconds. */
    @Test
    void given_an_exchange_that_waits_for_a_retry_when_the_context_stops_then_it_does_at_once() throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(503).withHeader("Retry-After", "60")));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(InterruptedException.class).handled(true);
                from("timer:once?repeatCount=1&delay=0").to(clinicea.uri("patients", "operation=list"));
            }
        });
        camel.start();
        await().until(() -> !clinicea.requests(PATIENTS).isEmpty());

        assertThatTheStopIsPromptAndNoFailure();
    }
}
