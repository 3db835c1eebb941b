/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.event.CliniceaEvent;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.event.CliniceaWriteEvent;
import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.BlobHost;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.service.BaseService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the events of writes and polls. */
class AuditTest {
    private static final Map<String, Object> APPOINTMENT =
            Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00", "notes", "By phone");

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<CliniceaEvent> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    /** Adds a notifier that ignores every kind of event it can. The component's events are none of these. */
    private void listen() {
        camel.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CliniceaEvent ours) {
                    events.add(ours);
                }
            }
        });
    }

    private void startWriter(String resource, String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").routeId("starter").to("direct:write");
                from("direct:write")
                        .routeId("writer")
                        .to("clinicea:" + resource + "?maxRetries=0&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                + clinicea.baseUrl() + options);
            }
        });
        camel.start();
    }

    private Exchange write(String operation, Object body, Map<String, Object> headers) {
        return camel.createFluentProducerTemplate()
                .to("direct:start")
                .withHeaders(headers)
                .withHeader(CliniceaConstants.OPERATION, operation)
                .withBody(body)
                .send();
    }

    private void serve(ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer));
    }

    private void serveAppointments(ResponseDefinitionBuilder answer) {
        clinicea.server()
                .stubFor(any(urlPathMatching("/api/v3/appointments/.*")).willReturn(answer));
    }

    private CliniceaWriteEvent onlyWrite() {
        assertThat(events).hasSize(1);
        return (CliniceaWriteEvent) events.get(0);
    }

    @Test
    void given_a_create_when_done_then_it_is_told_who_did_what_and_no_content() throws Exception {
        listen();
        serve(json("{\"ID\":\"a17\"}"));
        startWriter("appointments", "&syncId=twoWay");

        Exchange out = write("create", APPOINTMENT, Map.of());

        CliniceaWriteEvent event = onlyWrite();
        assertThat(event.getType()).isEqualTo(CamelEvent.Type.Custom);
        assertThat(event.getSource()).isInstanceOf(CliniceaEndpoint.class);
        assertThat(event.getResource()).isEqualTo("appointments");
        assertThat(event.getOperation()).isEqualTo("createAppointment");
        assertThat(event.getRecordId()).isEqualTo("a17");
        assertThat(event.getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(event.getRouteId()).isEqualTo("writer");
        assertThat(event.getFromRouteId()).isEqualTo("starter");
        assertThat(event.getSyncId()).isEqualTo("twoWay");
        assertThat(event.getExchangeId()).isEqualTo(out.getExchangeId());
        assertThat(event.getDuration()).isPositive().isLessThan(Duration.ofMinutes(5));
        assertThat(event.getTimestamp()).isPositive();
        assertThat(event.toString())
                .contains("appointments", "createAppointment", "a17", "DONE", "writer")
                .doesNotContain("p1", "phone", "2027", StubClinicea.API_KEY);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("create", answer(400), Outcome.REFUSED),
                Arguments.of("create", json("{\"ID\":null,\"SavingErrorCode\":1001}"), Outcome.REFUSED),
                Arguments.of("create", answer(503), Outcome.FAILED),
                Arguments.of("create", answer(500), Outcome.OUTCOME_UNKNOWN),
                Arguments.of("create", answer(200).withFault(Fault.EMPTY_RESPONSE), Outcome.OUTCOME_UNKNOWN),
                Arguments.of("update", answer(204), Outcome.DONE),
                Arguments.of("update", answer(401), Outcome.REFUSED),
                Arguments.of("update", answer(429), Outcome.REFUSED),
                Arguments.of("update", answer(502), Outcome.OUTCOME_UNKNOWN),
                Arguments.of("update", answer(200).withBody("<html>"), Outcome.OUTCOME_UNKNOWN),
                Arguments.of("update", answer(200).withFault(Fault.EMPTY_RESPONSE), Outcome.OUTCOME_UNKNOWN),
                Arguments.of("delete", answer(200), Outcome.DONE),
                Arguments.of("delete", answer(404), Outcome.REFUSED),
                Arguments.of("delete", answer(501), Outcome.FAILED));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void given_any_end_of_a_write_when_it_ended_then_its_outcome_is_told(
            String operation, ResponseDefinitionBuilder answer, Outcome outcome) throws Exception {
        listen();
        serve(answer);
        startWriter("appointments", "");
        Map<String, Object> id = operation.equals("create") ? Map.of() : Map.of(CliniceaConstants.RECORD_ID, "a4");

        write(operation, operation.equals("delete") ? null : APPOINTMENT, id);

        CliniceaWriteEvent event = onlyWrite();
        assertThat(event.getOutcome()).isEqualTo(outcome);
        assertThat(event.getRecordId()).isEqualTo(operation.equals("create") ? null : "a4");
        assertThat(event.getRouteId()).isEqualTo("writer");
        assertThat(event.getSyncId()).isNull();
    }

    @Test
    void given_a_server_that_cannot_be_reached_when_written_then_it_failed() throws Exception {
        listen();
        startWriter("leads", "");
        clinicea.server().stop();

        write("create", Map.of("FirstName", "Testa"), Map.of());

        assertThat(onlyWrite().getOutcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void given_a_wrong_argument_when_written_then_it_was_refused() throws Exception {
        listen();
        startWriter("appointments", "");

        write("create", Map.of("nots", "x"), Map.of());

        assertThat(onlyWrite().getOutcome()).isEqualTo(Outcome.REFUSED);
        assertThat(onlyWrite().getRecordId()).isNull();
    }

    /** Otherwise the event would have the header's id, which an earlier step of the route may have left there. */
    @Test
    void given_an_id_among_the_arguments_when_written_then_it_is_that_records_event() throws Exception {
        listen();
        serve(answer(204));
        startWriter("appointments", "");

        write("update", Map.of("appointmentID", "a5"), Map.of(CliniceaConstants.RECORD_ID, "p1"));
        write("update", Map.of("notes", "x"), Map.of(CliniceaConstants.RECORD_ID, "a6"));
        write(
                "delete",
                null,
                Map.of(CliniceaConstants.RECORD_ID, "p1", CliniceaConstants.PARAMETERS, Map.of("id", "a7")));

        assertThat(events)
                .extracting(event -> ((CliniceaWriteEvent) event).getRecordId())
                .containsExactly("a5", "a6", "a7");
    }

    @Test
    void given_reads_and_an_operation_that_there_is_not_when_called_then_nothing_is_told() throws Exception {
        listen();
        serve(json("[]"));
        startWriter("appointments", "");

        write("get", null, Map.of(CliniceaConstants.RECORD_ID, "a1"));
        write("list", null, Map.of(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1")));
        write("listByPatient", null, Map.of(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1")));
        write("book", null, Map.of());

        assertThat(events).isEmpty();
    }

    @Test
    void given_an_answer_that_cannot_be_bound_when_written_then_it_was_done_nevertheless() throws Exception {
        listen();
        serve(json("{\"ID\":\"a17\",\"year\":\"x\"}"));
        startWriter("appointments", "&bodyType=java.time.Year");

        assertThat(write("create", APPOINTMENT, Map.of()).getException()).isInstanceOf(CliniceaException.class);

        assertThat(onlyWrite().getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(onlyWrite().getRecordId()).isEqualTo("a17");
    }

    @Test
    void given_uploads_when_they_end_then_each_is_told_as_one_write() throws Exception {
        listen();
        try (BlobHost blobs = new BlobHost()) {
            serve(json(
                    "{\"ID\":\"d1\",\"DocumentOnlineName\":\"d1.pdf\",\"AccountSAS\":\"sig=x\",\"ContainerName\":\"docs\","
                            + "\"BlobURI\":\"" + blobs.url() + "\"}"));
            startWriter("documents", "");
            Map<String, Object> headers =
                    Map.of(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1", "docName", "Referral.pdf"));

            for (int status : new int[] {201, 403, 500}) {
                blobs.answer(status);
                write("upload", "content", headers);
            }
            write("upload", null, headers);

            assertThat(events)
                    .allSatisfy(event -> assertThat(((CliniceaWriteEvent) event).getOperation())
                            .isEqualTo("upload"));
            assertThat(events)
                    .extracting(event -> ((CliniceaWriteEvent) event).getRecordId())
                    .containsExactly("d1", "d1", "d1", null);
            assertThat(events)
                    .extracting(event -> ((CliniceaWriteEvent) event).getOutcome())
                    .containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.OUTCOME_UNKNOWN, Outcome.REFUSED);
        }
    }

    /** Fails on all events of the component. */
    private static final class Failing extends EventNotifierSupport {
        private final Throwable failure;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void notify(CamelEvent event) throws Exception {
            if (event instanceof CliniceaEvent) {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (Exception) failure;
            }
        }
    }

    @Test
    void given_notifiers_that_fail_when_told_then_write_and_sweep_go_on_and_others_are_told() throws Exception {
        camel.getManagementStrategy().addEventNotifier(new Failing(new IOException("the disk is full")));
        camel.getManagementStrategy().addEventNotifier(new Failing(new NoClassDefFoundError("x")));
        listen();
        serveAppointments(json("{\"ID\":\"a17\"}"));
        clinicea.servePatients(patients(0, 2));
        startWriter("appointments", "");
        startSync("", exchange -> {});

        assertThat(write("create", APPOINTMENT, Map.of()).getException()).isNull();

        await().atMost(PATIENCE).until(() -> sweeps().size() >= 2);
        assertThat(events).anyMatch(CliniceaWriteEvent.class::isInstance);
        assertThat(sweeps()).allMatch(sweep -> sweep.getOutcome() == CliniceaPollEvent.Outcome.COMPLETE);
    }

    @Test
    void given_a_notifier_that_is_disabled_or_does_not_want_it_when_written_then_it_is_not_told() throws Exception {
        List<CamelEvent> told = new ArrayList<>();
        SimpleEventNotifierSupport disabled = new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                told.add(event);
            }

            @Override
            public boolean isDisabled() {
                return true;
            }
        };
        SimpleEventNotifierSupport elsewhere = new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                told.add(event);
            }

            @Override
            public boolean isEnabled(CamelEvent event) {
                return false;
            }
        };
        camel.getManagementStrategy().addEventNotifier(disabled);
        camel.getManagementStrategy().addEventNotifier(elsewhere);
        listen();
        serve(answer(204));
        startWriter("appointments", "");

        write("update", APPOINTMENT, Map.of(CliniceaConstants.RECORD_ID, "a4"));

        assertThat(events).hasSize(1);
        assertThat(told).isEmpty();
    }

    private void startSync(String options, Processor route) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "delay=50&maxRetries=0&syncId=mirror" + options))
                        .routeId("sync")
                        .process(route);
            }
        });
        camel.start();
    }

    private List<CliniceaPollEvent> sweeps() {
        return events.stream()
                .filter(CliniceaPollEvent.class::isInstance)
                .map(CliniceaPollEvent.class::cast)
                .toList();
    }

    private CliniceaPollEvent firstSweep() {
        await().atMost(PATIENCE).until(() -> !sweeps().isEmpty());
        return sweeps().get(0);
    }

    @Test
    void given_a_sweep_when_complete_then_it_is_told_what_it_did_and_no_content() throws Exception {
        listen();
        clinicea.servePatients(patients(0, 100), patients(100, 3));

        startSync("", exchange -> {});

        CliniceaPollEvent event = firstSweep();
        assertThat(event.getOutcome()).isEqualTo(CliniceaPollEvent.Outcome.COMPLETE);
        assertThat(event.getResource()).isEqualTo("patients");
        assertThat(event.getSyncId()).isEqualTo("mirror");
        assertThat(event.getRouteId()).isEqualTo("sync");
        assertThat(event.getRowsDelivered()).isEqualTo(103);
        assertThat(event.getRowsFailed()).isZero();
        assertThat(event.getPagesRead()).isGreaterThanOrEqualTo(3);
        assertThat(event.getCheckpoint())
                .isAfter(Instant.now().minus(Duration.ofMinutes(10)))
                .isBefore(Instant.now());
        assertThat(event.getDuration()).isPositive();
        assertThat(event.toString())
                .contains("CliniceaPollEvent", "patients", "mirror", "COMPLETE", "103 rows delivered", "0 failed")
                .doesNotContain("Testa", StubClinicea.API_KEY);
    }

    @Test
    void given_rows_that_fail_when_swept_then_it_is_incomplete_and_says_how_many() throws Exception {
        listen();
        clinicea.servePatients(patients(0, 5));

        startSync("&exceptionHandler=#quiet", quietly(exchange -> {
            if (List.of("p1", "p3").contains(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                throw new IllegalStateException("the route is broken");
            }
        }));

        CliniceaPollEvent event = firstSweep();
        assertThat(event.getOutcome()).isEqualTo(CliniceaPollEvent.Outcome.INCOMPLETE);
        assertThat(event.getRowsDelivered()).as("without those that failed").isEqualTo(3);
        assertThat(event.getRowsFailed()).isEqualTo(2);
        assertThat(event.getCheckpoint()).isEqualTo("2000-01-01T00:00:00Z");
    }

    private Processor quietly(Processor route) {
        camel.getRegistry().bind("quiet", new LoggingExceptionHandler(camel, AuditTest.class, LoggingLevel.OFF));
        return route;
    }

    @Test
    void given_a_limit_when_swept_then_it_is_incomplete_until_the_rest_is_there() throws Exception {
        listen();
        clinicea.servePatients(patients(0, 5));

        startSync("&maxMessagesPerPoll=4", exchange -> {});

        await().atMost(PATIENCE).until(() -> sweeps().size() >= 2);
        assertThat(sweeps().subList(0, 2))
                .extracting(CliniceaPollEvent::getOutcome)
                .containsExactly(CliniceaPollEvent.Outcome.INCOMPLETE, CliniceaPollEvent.Outcome.COMPLETE);
        assertThat(sweeps().subList(0, 2))
                .extracting(CliniceaPollEvent::getRowsDelivered)
                .containsExactly(4, 1);
    }

    @Test
    void given_a_server_that_fails_in_the_middle_when_swept_then_it_failed_and_says_how_far_it_came() throws Exception {
        listen();
        clinicea.servePatients(patients(0, 3));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .willReturn(answer(503)));

        startSync("&exceptionHandler=#quiet", quietly(exchange -> {}));

        CliniceaPollEvent event = firstSweep();
        assertThat(event.getOutcome()).isEqualTo(CliniceaPollEvent.Outcome.FAILED);
        assertThat(event.getRowsDelivered()).isEqualTo(3);
        assertThat(event.getPagesRead()).isEqualTo(1);
        assertThat(event.getCheckpoint()).isEqualTo("2000-01-01T00:00:00Z");
    }

    @Test
    void given_a_sweep_when_its_route_is_stopped_in_the_middle_then_it_was_stopped() throws Exception {
        listen();
        clinicea.servePatients(patients(0, 3));
        CountDownLatch inRoute = new CountDownLatch(1);
        startSync("", exchange -> {
            inRoute.countDown();
            end.await();
        });
        assertThat(inRoute.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        Thread stopping = new Thread(() -> {
            try {
                camel.getRouteController().stopRoute("sync");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        await().atMost(PATIENCE)
                .until(() -> ((BaseService) camel.getRoute("sync").getConsumer()).isSuspendingOrSuspended());
        end.countDown();

        assertThat(firstSweep().getOutcome()).isEqualTo(CliniceaPollEvent.Outcome.STOPPED);
        stopping.join();
    }

    @Test
    void given_no_notifier_when_written_and_swept_then_all_goes_on() throws Exception {
        serveAppointments(json("{\"ID\":\"a17\"}"));
        clinicea.servePatients(patients(0, 2));
        startWriter("appointments", "");
        CountDownLatch rows = new CountDownLatch(2);
        startSync("", exchange -> rows.countDown());

        assertThat(write("create", APPOINTMENT, Map.of()).getException()).isNull();
        assertThat(rows.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
