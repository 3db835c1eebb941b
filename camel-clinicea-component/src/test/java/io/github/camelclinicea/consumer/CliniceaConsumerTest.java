/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patient;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.listeners.JobListenerSupport;

@Execution(ExecutionMode.CONCURRENT)
class CliniceaConsumerTest {
    /** Holds a copy of an exchange at the end of the route, because Camel may use the exchange again. */
    private record Arrival(Object body, Map<String, Object> headers, int index, int size, boolean complete) {
        String id() {
            return (String) headers.get(CliniceaConstants.RECORD_ID);
        }
    }

    private final StubClinicea clinicea = new StubClinicea();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final IdempotentRepository repository = MemoryIdempotentRepository.memoryIdempotentRepository(keys);
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void bindRepository() {
        camel.getRegistry().bind("state", repository);
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void startRoute(String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CliniceaException.class)
                        .handled(true)
                        .process(e -> failures.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from(uri).routeId("sync").process(CliniceaConsumerTest.this::arrive);
            }
        });
        camel.start();
    }

    private void arrive(Exchange exchange) {
        arrivals.add(new Arrival(
                exchange.getMessage().getBody(),
                Map.copyOf(exchange.getMessage().getHeaders()),
                exchange.getProperty(Exchange.BATCH_INDEX, Integer.class),
                exchange.getProperty(Exchange.BATCH_SIZE, Integer.class),
                exchange.getProperty(Exchange.BATCH_COMPLETE, Boolean.class)));
    }

    private List<String> ids() {
        return arrivals.stream().map(Arrival::id).toList();
    }

    private boolean checkpointMoved() {
        return keys.keySet().stream().anyMatch(key -> key.startsWith("patients@"));
    }

    /**
     * Asserts that the repository has no checkpoint, no delivery and no page number. The key of the owner is there from
     * the start.
     */
    private void assertNothingLearned() {
        assertThat(keys.keySet())
                .allMatch(key -> key.startsWith("patients="))
                .noneMatch(key -> key.startsWith("patients=page"));
    }

    private void awaitRequests(int count) {
        await().until(() -> clinicea.requests(PATIENTS).size() >= count);
    }

    @Test
    void given_changed_rows_when_polled_then_each_is_one_exchange_with_its_headers() throws Exception {
        clinicea.servePatients("[" + patient("p1", "Added", "2026-01-01T00:00:00") + ","
                + patient("p2", "Deleted", "2026-01-02T00:00:00") + "]");

        startRoute(clinicea.uri("patients", "idempotentRepository=#state"));

        await().until(() -> arrivals.size() == 2);
        assertThat(arrivals.get(0).headers())
                .containsEntry(CliniceaConstants.RECORD_ID, "p1")
                .containsEntry(CliniceaConstants.RESOURCE, "patients")
                .containsEntry(CliniceaConstants.DATA_STATUS, "Added")
                .containsEntry(CliniceaConstants.MODIFIED, "2026-01-01T00:00:00")
                .containsEntry(CliniceaConstants.SYNC_TIMESTAMP, "2000-01-01T00:00:00Z")
                .containsEntry(CliniceaConstants.PAGE, 0);
        assertThat(arrivals.get(1).headers()).containsEntry(CliniceaConstants.DATA_STATUS, "Deleted");
        assertThat(arrivals).extracting(Arrival::index).containsExactly(0, 1);
        assertThat(arrivals).extracting(Arrival::size).containsExactly(2, 2);
        assertThat(arrivals).extracting(Arrival::complete).containsExactly(false, true);
    }

    @Test
    void given_a_row_with_unknown_fields_when_polled_then_the_map_keeps_all_of_them_in_order() throws Exception {
        clinicea.servePatients("[{\"Z\":1,\"PatientID\":\"p1\",\"A\":{\"b\":[true,null]},\"Fee\":10.10}]");

        startRoute(clinicea.uri("patients", ""));

        await().until(() -> arrivals.size() == 1);
        Map<?, ?> body = (Map<?, ?>) arrivals.get(0).body();
        assertThat(new ArrayList<Object>(body.keySet())).containsExactly("Z", "PatientID", "A", "Fee");
        assertThat(body.get("Fee")).isEqualTo(new BigDecimal("10.10"));
    }

    @Test
    void given_bodyType_Json_or_Node_when_polled_then_the_body_is_that() throws Exception {
        String row = patient("p1", "Added", "2026-01-01T00:00:00");
        clinicea.servePatients("[ " + row + " ]");

        startRoute(clinicea.uri("patients", "bodyType=Json"));
        await().until(() -> arrivals.size() == 1);
        assertThat(arrivals.get(0).body()).isEqualTo(row);

        camel.stop();
        camel = new DefaultCamelContext();
        startRoute(clinicea.uri("patients", "bodyType=Node"));
        await().until(() -> arrivals.size() == 2);
        assertThat(arrivals.get(1).body())
                .isInstanceOfSatisfying(
                        JsonNode.class,
                        node -> assertThat(node.path("PatientID").asText()).isEqualTo("p1"));
    }

    @Test
    void given_a_page_number_0_that_is_refused_when_polled_then_pages_start_at_1() throws Exception {
        clinicea.servePages(PATIENTS, "intPageNo", 1, List.of(patients(0, 100), patients(100, 3)));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("0"))
                        .willReturn(answer(400).withBody("pageNo must be 1 or more")));

        startRoute(clinicea.uri("patients", ""));

        await().until(() -> arrivals.size() == 103);
        assertThat(arrivals.get(0).headers()).containsEntry(CliniceaConstants.PAGE, 1);
    }

    @Test
    void given_firstPage_is_set_when_page_0_is_refused_then_the_poll_fails() throws Exception {
        clinicea.servePages(PATIENTS, "intPageNo", 1, List.of(patients(0, 1)));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("0"))
                        .willReturn(answer(400)));

        startRoute(clinicea.uri("patients", "firstPage=0&bridgeErrorHandler=true"));

        await().until(() -> !failures.isEmpty());
        assertThat(failures.get(0)).hasMessageContaining("400").hasMessageContaining("patients");
        assertThat(arrivals).isEmpty();
    }

    @Test
    void given_a_short_page_in_the_middle_when_polled_then_it_is_not_taken_for_the_end() throws Exception {
        clinicea.servePatients(patients(0, 100), patients(100, 7), patients(107, 100));

        startRoute(clinicea.uri("patients", ""));

        await().until(() -> arrivals.size() == 207);
        assertThat(ids())
                .containsExactlyElementsOf(
                        IntStream.range(0, 207).mapToObj(i -> "p" + i).toList());
    }

    @Test
    void given_an_empty_array_in_place_of_204_when_polled_then_it_is_the_end() throws Exception {
        clinicea.servePatients(patients(0, 2), "[]");

        startRoute(clinicea.uri("patients", "delay=50"));

        awaitRequests(4);
        assertThat(ids()).containsExactly("p0", "p1");
        assertThat(clinicea.requests(PATIENTS))
                .extracting(r -> r.queryParameter("intPageNo").firstValue())
                .doesNotContain("2");
    }

    @Test
    void given_all_rows_completed_when_polled_again_then_it_asks_from_the_servers_time_less_the_overlap()
            throws Exception {
        clinicea.servePatients(patients(0, 2));

        startRoute(clinicea.uri("patients", "idempotentRepository=#state&delay=50&overlap=10m"));

        awaitRequests(3);
        Instant next = Instant.parse(clinicea.requests(PATIENTS)
                        .get(2)
                        .queryParameter("lastSyncDate")
                        .firstValue() + "Z");
        assertThat(next)
                .isBetween(
                        Instant.now().minus(11, ChronoUnit.MINUTES),
                        Instant.now().minus(10, ChronoUnit.MINUTES));
        assertThat(keys).containsKey("patients@" + next.toString().substring(0, 19));
        assertThat(ids()).as("no row twice").containsExactly("p0", "p1");
    }

    @Test
    void given_a_local_clock_that_is_ahead_when_polled_then_the_servers_time_decides() throws Exception {
        Instant server = Instant.parse("2026-03-01T12:00:00Z");
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("0"))
                        .willReturn(answer(200, server).withBody(patients(0, 1))));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .willReturn(answer(204, server)));

        startRoute(clinicea.uri("patients", "idempotentRepository=#state"));

        await().until(() -> keys.containsKey("patients@2026-03-01T11:54:59"));
    }

    @Test
    void given_a_row_fails_when_polled_again_then_only_it_comes_again_and_the_checkpoint_has_not_moved()
            throws Exception {
        clinicea.servePatients(patients(0, 3));
        AtomicBoolean broken = new AtomicBoolean(true);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri(
                                "patients",
                                "idempotentRepository=#state&delay=50&heldRowBackoff=0&exceptionHandler=#quiet"))
                        .process(CliniceaConsumerTest.this::arrive)
                        .filter(header(CliniceaConstants.RECORD_ID).isEqualTo("p1"))
                        .process(e -> {
                            if (broken.get()) {
                                throw new IllegalStateException("the route is broken");
                            }
                        });
            }
        });
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.start();

        await().until(() -> Collections.frequency(ids(), "p1") >= 3);
        assertThat(checkpointMoved()).isFalse();
        assertThat(clinicea.requests(PATIENTS))
                .extracting(r -> r.queryParameter("lastSyncDate").firstValue())
                .filteredOn("2000-01-01T00:00:00"::equals)
                .as("the list and its end, once: a held row does not have it read again")
                .hasSize(2);
        broken.set(false);

        await().until(this::checkpointMoved);
        int tries = Collections.frequency(ids(), "p1");
        awaitRequests(clinicea.requests(PATIENTS).size() + 3);
        assertThat(Collections.frequency(ids(), "p1")).isEqualTo(tries);
        assertThat(ids()).filteredOn(id -> !id.equals("p1")).containsExactly("p0", "p2");
        assertThat(arrivals)
                .filteredOn(arrival -> arrival.id().equals("p1"))
                .extracting(arrival -> arrival.headers().get(CliniceaConstants.ATTEMPT))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, tries).boxed().toList());
    }

    @Test
    void given_handled_true_when_a_row_fails_then_it_counts_as_delivered() throws Exception {
        clinicea.servePatients(patients(0, 1));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                from(clinicea.uri("patients", "idempotentRepository=#state&delay=50"))
                        .process(CliniceaConsumerTest.this::arrive)
                        .throwException(new IllegalStateException("handled by the route"));
            }
        });
        camel.start();

        await().until(this::checkpointMoved);
        awaitRequests(6);
        assertThat(ids()).containsExactly("p0");
    }

    @Test
    void given_a_seda_route_when_its_work_is_not_done_then_the_timestamp_waits() throws Exception {
        clinicea.servePatients(patients(0, 2));
        AtomicBoolean hold = new AtomicBoolean(true);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "idempotentRepository=#state")).to("seda:work");
                from("seda:work?pollTimeout=20")
                        .process(e -> await().until(() -> !hold.get()))
                        .process(CliniceaConsumerTest.this::arrive);
            }
        });
        camel.start();

        awaitRequests(2);
        assertThat(keys.keySet())
                .as("who owns the state, and that rows came by page 0; no checkpoint, no delivery")
                .allMatch(key -> key.startsWith("patients="));
        hold.set(false);

        await().until(() -> arrivals.size() == 2);
        await().until(this::checkpointMoved);
        assertThat(keys.keySet()).filteredOn(key -> key.startsWith("patients#")).hasSize(2);
    }

    @Test
    void given_statuses_when_polled_then_other_rows_are_not_delivered_and_hold_nothing_back() throws Exception {
        clinicea.servePatients("[" + patient("p1", "Added", "2026-01-01T00:00:00") + ","
                + patient("p2", "None", "2026-01-01T00:00:00") + ","
                + patient("p3", "Modified", "2026-01-01T00:00:00") + "]");

        startRoute(clinicea.uri("patients", "statuses=added, Modified&idempotentRepository=#state"));

        await().until(this::checkpointMoved);
        assertThat(ids()).containsExactly("p1", "p3");
        assertThat(arrivals).extracting(Arrival::size).containsOnly(2);
    }

    @Test
    void given_rows_that_are_spelled_otherwise_or_differ_in_ignored_fields_when_polled_again_then_none_comes_again()
            throws Exception {
        clinicea.servePatients("[{\"PatientID\":\"p1\",\"Age\":30,\"Photo\":\"url?signature=1\",\"Note\":null}]");
        startRoute(clinicea.uri("patients", "idempotentRepository=#state&ignoreFields=Photo,ReadAt&delay=50"));
        await().until(() -> arrivals.size() == 1);

        clinicea.servePatients(
                "[{\"ReadAt\" : \"10:00\", \"Age\" : 3.0e1, \"Photo\" : \"url?signature=2\", \"PatientID\" : \"\\u0070\\u0031\"}]");
        awaitRequests(clinicea.requests(PATIENTS).size() + 4);
        assertThat(arrivals).hasSize(1);
        assertThat(arrivals.get(0).body())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("Photo", "url?signature=1");

        clinicea.servePatients("[{\"PatientID\":\"p1\",\"Age\":31,\"Photo\":\"url?signature=3\"}]");
        await().until(() -> arrivals.size() == 2);
    }

    @Test
    void given_maxMessagesPerPoll_when_polled_then_the_rest_comes_with_the_next_polls() throws Exception {
        clinicea.servePatients(patients(0, 10));

        startRoute(clinicea.uri("patients", "maxMessagesPerPoll=4&delay=50&idempotentRepository=#state"));

        await().until(this::checkpointMoved);
        assertThat(ids()).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
        assertThat(arrivals).extracting(Arrival::size).containsExactly(4, 4, 4, 4, 4, 4, 4, 4, 2, 2);
    }

    @Test
    void given_a_server_error_when_polled_then_the_route_gets_it_and_nothing_moves() throws Exception {
        clinicea.servePages(PATIENTS, "intPageNo", 0, List.of(patients(0, 100)));
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .willReturn(answer(503)));

        startRoute(
                clinicea.uri("patients", "maxRetries=0&delay=50&bridgeErrorHandler=true&idempotentRepository=#state"));

        await().until(() -> failures.size() >= 2);
        assertThat(failures.get(0))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(503));
        assertThat(checkpointMoved()).isFalse();

        clinicea.servePatients(patients(0, 100), patients(100, 5));
        await().until(() -> arrivals.size() == 105);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    @Test
    void given_an_html_page_with_200_when_polled_then_it_is_no_empty_list() throws Exception {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .willReturn(answer(200)
                                .withHeader("Content-Type", "text/html")
                                .withBody("<html>maintenance</html>")));

        startRoute(clinicea.uri("patients", "maxRetryWait=100&bridgeErrorHandler=true&idempotentRepository=#state"));

        await().until(() -> !failures.isEmpty());
        assertThat(failures.get(0)).hasMessageContaining("not a list of rows").hasMessageNotContaining("maintenance");
        assertNothingLearned();
    }

    @Test
    void given_an_appointment_list_when_polled_then_it_is_asked_for_in_the_way_of_v3() throws Exception {
        String path = "/api/v3/appointments/getChanges";
        clinicea.servePages(
                path,
                "pageNo",
                1,
                List.of(
                        "[{\"ID\":\"a1\",\"DataStatusValue\":\"Modified\",\"ModifiedDatetime\":\"2026-01-01T00:00:00\"}]"));

        startRoute(clinicea.uri("appointments", ""));

        await().until(() -> arrivals.size() == 1);
        assertThat(arrivals.get(0).headers())
                .containsEntry(CliniceaConstants.RECORD_ID, "a1")
                .containsEntry(CliniceaConstants.DATA_STATUS, "Modified")
                .containsEntry(CliniceaConstants.PAGE, 1);
        assertThat(clinicea.requests(path).get(0).getUrl())
                .isEqualTo(path + "?lastSyncDTime=2000-01-01T00:00:00&pageNo=1&pageSize=100");
    }

    @Test
    void given_a_resource_the_catalogue_lacks_when_polled_then_it_is_asked_for_as_the_help_page_says()
            throws Exception {
        clinicea.servePages("/api/v1/tasks", "intPageNo", 0, List.of("[{\"ID\":\"t1\"}]"));

        startRoute(clinicea.uri("tasks", "path=/api/v1/tasks&syncFrom=2015-03-21T14:30:10%2B00:00"));

        await().until(() -> arrivals.size() == 1);
        assertThat(clinicea.requests("/api/v1/tasks").get(0).getUrl())
                .isEqualTo("/api/v1/tasks?lastSyncTimestamp=2015-03-21T14:30:10%2B00:00&intPageNo=0");
    }

    @Test
    void given_corrections_of_the_wire_when_polled_then_they_take_the_place_of_the_catalogue() throws Exception {
        clinicea.servePages("/api/v9/patients", "p", 3, List.of("[{\"Key\":\"k1\",\"Tag\":\"Added\",\"At\":\"now\"}]"));

        startRoute(clinicea.uri(
                "patients",
                "path=/api/v9/patients&syncParameter=since&timestampFormat=yyyyMMdd&pageParameter=p&firstPage=3"
                        + "&pageSizeParameter=n&pageSize=50&idField=Key&statusField=Tag&modifiedField=At"));

        await().until(() -> arrivals.size() == 1);
        assertThat(clinicea.requests("/api/v9/patients").get(0).getUrl())
                .isEqualTo("/api/v9/patients?since=20000101&p=3&n=50");
        assertThat(arrivals.get(0).headers())
                .containsEntry(CliniceaConstants.RECORD_ID, "k1")
                .containsEntry(CliniceaConstants.DATA_STATUS, "Added")
                .containsEntry(CliniceaConstants.MODIFIED, "now");
    }

    @Test
    void given_further_parameters_when_polled_then_they_travel_with_every_page() throws Exception {
        clinicea.servePages("/api/v1/patient_visits", "intPageNo", 0, List.of("[{\"ID\":\"v1\"}]"));

        startRoute(clinicea.uri("visits", "parameter.casesheetName=First visit"));

        await().until(() -> clinicea.requests("/api/v1/patient_visits").size() == 2);
        assertThat(clinicea.requests("/api/v1/patient_visits"))
                .allMatch(request -> request.getUrl().contains("&casesheetName=First%20visit&"));
    }

    @Test
    void given_a_row_that_bodyType_cannot_take_when_no_one_handles_it_then_it_is_reported_and_holds_the_checkpoint()
            throws Exception {
        clinicea.servePatients("[{\"PatientID\":\"p1\",\"Age\":\"not a number\"}," + patient("p2", "Added", "x") + "]");
        QuietExceptionHandler handler = new QuietExceptionHandler();
        camel.getRegistry().bind("quiet", handler);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri(
                                "patients",
                                "bodyType=" + Patient.class.getName()
                                        + "&exceptionHandler=#quiet&idempotentRepository=#state&delay=50"))
                        .process(CliniceaConsumerTest.this::arrive);
            }
        });

        camel.start();

        awaitRequests(4);
        assertThat(ids()).containsExactly("p2");
        assertThat(handler.messages()).first().asString().contains("p1").contains("bodyType");
        assertThat(checkpointMoved()).isFalse();
    }

    @Test
    void given_delay_when_started_then_polls_follow_one_another_by_it() throws Exception {
        clinicea.servePatients();

        startRoute(clinicea.uri("patients", "delay=300&firstPage=0"));

        awaitRequests(4);
        List<Instant> times = clinicea.requests(PATIENTS).stream()
                .map(r -> r.getLoggedDate().toInstant())
                .toList();
        assertThat(Duration.between(times.get(0), times.get(3))).isGreaterThanOrEqualTo(Duration.ofMillis(850));
    }

    /** Records the runs of the schedule, with the number of requests at the start and the end of each. */
    private final class Firings extends JobListenerSupport {
        private final List<Instant> due = new CopyOnWriteArrayList<>();
        private final List<Duration> late = new CopyOnWriteArrayList<>();
        private final List<Integer> before = new CopyOnWriteArrayList<>();
        private final List<Integer> after = new CopyOnWriteArrayList<>();

        @Override
        public String getName() {
            return "firings";
        }

        @Override
        public void jobToBeExecuted(JobExecutionContext firing) {
            Instant planned = firing.getScheduledFireTime().toInstant();
            due.add(planned);
            late.add(Duration.between(planned, firing.getFireTime().toInstant()));
            before.add(clinicea.requests(PATIENTS).size());
        }

        @Override
        public void jobWasExecuted(JobExecutionContext firing, JobExecutionException failure) {
            after.add(clinicea.requests(PATIENTS).size());
        }
    }

    @Test
    void given_a_quartz_cron_when_started_then_polls_come_at_its_times() throws Exception {
        clinicea.servePatients(patients(0, 1));
        Firings firings = new Firings();
        camel.start();
        camel.getComponent("quartz", QuartzComponent.class)
                .getScheduler()
                .getListenerManager()
                .addJobListener(firings);

        startRoute(clinicea.uri("patients", "scheduler=quartz&scheduler.cron=0/2+*+*+*+*+?"));
        await().until(() -> firings.after.size() >= 3);

        assertThat(ids()).containsExactly("p0");
        assertThat(firings.due.get(0).getEpochSecond() % 2).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(firings.due.get(i)).isEqualTo(firings.due.get(0).plusSeconds(2L * i));
            assertThat(firings.late.get(i)).as("not before its time").isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(firings.after.get(i)).as("polls when it fires").isGreaterThan(firings.before.get(i));
            assertThat(firings.before.get(i)).as("and only then").isEqualTo(i == 0 ? 0 : firings.after.get(i - 1));
        }
    }

    @Test
    void given_suspend_and_resume_when_rows_change_meanwhile_then_they_come_after_it() throws Exception {
        clinicea.servePatients(patients(0, 1));
        startRoute(clinicea.uri("patients", "delay=50&idempotentRepository=#state"));
        await().until(() -> arrivals.size() == 1);

        camel.getRouteController().suspendRoute("sync");
        clinicea.servePatients(patients(0, 3));
        camel.getRouteController().resumeRoute("sync");

        await().until(() -> arrivals.size() == 3);
        assertThat(ids()).containsExactly("p0", "p1", "p2");
    }

    @Test
    void given_a_server_that_does_not_answer_when_the_route_is_stopped_then_it_is_not_waited_for() throws Exception {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(200).withFixedDelay(20_000)));
        QuietExceptionHandler handler = new QuietExceptionHandler();
        camel.getRegistry().bind("quiet", handler);
        startRoute(clinicea.uri("patients", "exceptionHandler=#quiet&idempotentRepository=#state"));
        awaitRequests(1);

        assertThatCode(() -> await().atMost(Duration.ofSeconds(10)).until(() -> {
                    camel.stop();
                    return true;
                }))
                .doesNotThrowAnyException();

        assertThat(handler.exceptions()).as("a stop is no failure").isEmpty();
        assertNothingLearned();
    }

    @Test
    void given_a_limit_and_as_many_rows_that_always_fail_when_polled_then_the_others_come_all_the_same()
            throws Exception {
        clinicea.servePatients(patients(0, 20));
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "maxMessagesPerPoll=4&delay=50&exceptionHandler=#quiet"))
                        .filter(header(CliniceaConstants.RECORD_ID).in("p0", "p1", "p2", "p3", "p4"))
                        .throwException(new IllegalStateException("the route is broken"))
                        .end()
                        .process(CliniceaConsumerTest.this::arrive);
            }
        });

        camel.start();

        await().until(() -> arrivals.size() == 15);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    @Test
    void given_a_new_process_when_its_sync_is_reset_then_everything_comes_again_once() throws Exception {
        clinicea.servePatients(patients(0, 10));
        startRoute(clinicea.uri("patients", "delay=50&idempotentRepository=#state"));
        await().until(this::checkpointMoved);
        camel.stop();
        camel = new DefaultCamelContext();
        bindRepository();
        startRoute(clinicea.uri("patients", "delay=50&idempotentRepository=#state"));
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();

        consumer.resetSync();

        await().until(() -> arrivals.size() == 20);
        long polls = consumer.getCleanPolls();
        await().until(() -> consumer.getCleanPolls() > polls + 3);
        assertThat(arrivals).hasSize(20);
    }

    /** Expects a number in a field that is a text in the row of one test. */
    public static class Patient {
        public String PatientID;
        public int Age;
    }
}
