/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.LimitedPollingConsumerPollStrategy;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that Camel's options of a polling consumer work as documented by Camel. The test controls the scheduler. */
class SchedulingTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final QuietExceptionHandler handler = new QuietExceptionHandler();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final List<Exception> bridged = new CopyOnWriteArrayList<>();
    private CliniceaConsumer consumer;

    @BeforeEach
    void bind() {
        camel.getRegistry().bind("handler", handler);
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void start(String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CliniceaException.class)
                        .handled(true)
                        .process(e -> bridged.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from(clinicea.uri("patients", "startScheduler=false&maxRetries=0&" + options))
                        .routeId("sync")
                        .process(e ->
                                arrivals.add(String.valueOf(e.getMessage().getHeader(CliniceaConstants.RECORD_ID))));
            }
        });
        camel.start();
        consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void serverFails() {
        clinicea.server().stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(503)));
    }

    private int requests() {
        return clinicea.requests(PATIENTS).size();
    }

    /** Lets the schedule fire the given number of times. */
    private void run(int times) {
        for (int run = 0; run < times; run++) {
            consumer.run();
        }
    }

    @Test
    void given_bridgeErrorHandler_when_a_poll_fails_then_the_route_handles_it_and_the_exceptionHandler_does_not()
            throws Exception {
        serverFails();
        start("bridgeErrorHandler=true");

        run(1);

        assertThat(bridged)
                .singleElement()
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        failure -> assertThat(failure.getHttpResponseCode()).isEqualTo(503));
        assertThat(arrivals).as("it is no row").isEmpty();
    }

    @Test
    void given_an_exceptionHandler_when_a_poll_fails_then_it_is_told_and_the_route_is_not() throws Exception {
        serverFails();
        start("exceptionHandler=#handler");

        run(2);

        assertThat(handler.exceptions()).hasSize(2).hasOnlyElementsOfType(CliniceaException.class);
        assertThat(handler.messages()).allMatch(message -> message.contains("Will try again at next poll"));
        assertThat(bridged).isEmpty();
        clinicea.servePatients(patients(0, 1));
        run(1);
        assertThat(arrivals).containsExactly("p0");
        assertThat(handler.exceptions()).hasSize(2);
    }

    @Test
    void given_backoffErrorThreshold_when_so_many_polls_failed_then_some_are_left_out_and_then_it_goes_on()
            throws Exception {
        serverFails();
        start("exceptionHandler=#handler&backoffErrorThreshold=2&backoffMultiplier=4");

        run(2);
        assertThat(requests()).isEqualTo(2);
        run(3);
        assertThat(requests()).as("left out").isEqualTo(2);
        clinicea.servePatients(patients(0, 1));
        run(1);

        assertThat(arrivals).containsExactly("p0");
        int before = requests();
        run(2);
        assertThat(requests()).as("as before, none left out").isGreaterThanOrEqualTo(before + 2);
    }

    @Test
    void given_backoffIdleThreshold_when_so_many_polls_brought_nothing_then_some_are_left_out() throws Exception {
        clinicea.servePatients();
        start("backoffIdleThreshold=3&backoffMultiplier=2&firstPage=0");

        run(3);
        assertThat(requests()).isEqualTo(3);
        run(1);
        assertThat(requests()).as("left out").isEqualTo(3);
        run(1);

        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void given_backoffIdleThreshold_when_polls_bring_rows_then_none_is_left_out() throws Exception {
        clinicea.servePatients(patients(0, 10));
        start("backoffIdleThreshold=1&backoffMultiplier=100&maxMessagesPerPoll=2");

        run(5);

        assertThat(arrivals).hasSize(10);
    }

    @Test
    void given_greedy_when_a_poll_brought_rows_then_the_next_follows_at_once_until_there_is_nothing_new()
            throws Exception {
        clinicea.servePatients(patients(0, 10));
        start("greedy=true&maxMessagesPerPoll=4");

        run(1);

        assertThat(arrivals).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
        assertThat(consumer.getCleanPolls())
                .as("the third and the one that finds nothing")
                .isEqualTo(2);
    }

    @Test
    void given_no_greedy_when_a_limited_poll_brought_rows_then_the_next_waits_for_its_time() throws Exception {
        clinicea.servePatients(patients(0, 10));
        start("maxMessagesPerPoll=4");

        run(1);

        assertThat(arrivals).hasSize(4);
    }

    @Test
    void given_sendEmptyMessageWhenIdle_when_a_poll_brings_nothing_then_the_route_gets_one_empty_message()
            throws Exception {
        clinicea.servePatients(patients(0, 2));
        start("sendEmptyMessageWhenIdle=true");

        run(1);
        assertThat(arrivals).as("rows, so no empty message").containsExactly("p0", "p1");
        run(2);

        assertThat(arrivals).containsExactly("p0", "p1", "null", "null");
    }

    @Test
    void given_sendEmptyMessageWhenIdle_when_a_poll_fails_or_is_cut_off_then_the_route_does_not_hear_of_idleness()
            throws Exception {
        serverFails();
        start("sendEmptyMessageWhenIdle=true&exceptionHandler=#handler");
        run(1);
        assertThat(handler.exceptions()).hasSize(1);
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(204).withFixedDelay(5_000)));
        CompletableFuture<Void> poll = CompletableFuture.runAsync(consumer);
        await().atMost(PATIENCE).until(() -> requests() == 2);

        camel.getRouteController().suspendRoute("sync");
        poll.get();

        assertThat(arrivals).isEmpty();
        assertThat(handler.exceptions()).as("a stop is no failure").hasSize(1);
    }

    @Test
    void given_a_pollStrategy_when_polled_then_it_is_asked_before_and_told_after_and_may_have_a_poll_repeated()
            throws Exception {
        List<String> told = new ArrayList<>();
        camel.getRegistry().bind("strategy", new PollingConsumerPollStrategy() {
            @Override
            public boolean begin(Consumer by, Endpoint endpoint) {
                told.add("begin");
                return told.size() > 1;
            }

            @Override
            public void commit(Consumer by, Endpoint endpoint, int polledMessages) {
                told.add("commit " + polledMessages);
            }

            @Override
            public boolean rollback(Consumer by, Endpoint endpoint, int retryCounter, Exception cause) {
                told.add("rollback " + retryCounter + " " + cause.getClass().getSimpleName());
                clinicea.servePatients(patients(0, 3));
                return true;
            }
        });
        serverFails();
        start("pollStrategy=#strategy&exceptionHandler=#handler");

        run(1);
        assertThat(requests()).as("it said no").isZero();
        run(1);

        assertThat(told).containsExactly("begin", "begin", "rollback 0 CliniceaException", "begin", "commit 3");
        assertThat(handler.exceptions()).as("repeated, so not failed").isEmpty();
        assertThat(arrivals).containsExactly("p0", "p1", "p2");
    }

    @Test
    void given_Camels_limited_pollStrategy_when_it_has_suspended_the_consumer_then_a_resume_goes_on_where_it_was()
            throws Exception {
        camel.getRegistry().bind("strategy", new LimitedPollingConsumerPollStrategy());
        serverFails();
        start("pollStrategy=#strategy&exceptionHandler=#handler");

        run(5);
        assertThat(requests()).as("three, then it is suspended").isEqualTo(3);
        assertThat(consumer.isSuspended()).isTrue();
        clinicea.servePatients(patients(0, 2));
        consumer.resume();
        run(1);

        assertThat(arrivals).containsExactly("p0", "p1");
    }
}
