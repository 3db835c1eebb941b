/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests rows that cannot have the configured body type. They go to the route's error handler and not to its steps. */
class UnusableRowTest {
    private static final String ROW =
            "{\"PatientID\":\"p1\",\"FirstName\":\"Testa\",\"Age\":\"n/a\",\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\"x\"}";
    private static final String TOO_LARGE =
            "{\"PatientID\":\"p1\",\"FirstName\":\"Testa\",\"Bmi\":1E9999999999,\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\"x\"}";

    /** Is a body whose age is a number. */
    public static final class Patient {
        public String PatientID;
        public int Age;
    }

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final QuietExceptionHandler handler = new QuietExceptionHandler();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final List<Integer> attempts = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();

    @BeforeEach
    void bind() {
        serve(ROW);
        camel.getRegistry().bind("handler", handler);
        camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void serve(String row) {
        clinicea.servePatients("[" + patient("p0", "Added", "x") + "," + row + "," + patient("p2", "Added", "x") + "]");
    }

    private String uri(String options) {
        return clinicea.uri("patients", "idempotentRepository=#state&delay=50&exceptionHandler=#handler&" + options);
    }

    private String patients(boolean bridged) {
        return clinicea.uri(
                "patients",
                "idempotentRepository=#state&delay=50&bodyType=" + Patient.class.getName()
                        + (bridged ? "&bridgeErrorHandler=true" : "&exceptionHandler=#handler"));
    }

    private void start(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
    }

    private void arrive(Exchange exchange) {
        arrivals.add(id(exchange));
    }

    private void handle(Exchange exchange) {
        handled.add(exchange.getMessage().getBody(String.class));
        failures.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        attempts.add(exchange.getMessage().getHeader(CliniceaConstants.ATTEMPT, Integer.class));
        assertThat(exchange.getMessage().getBody()).isInstanceOf(String.class);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(CliniceaConstants.RECORD_ID, "p1")
                .containsEntry(CliniceaConstants.DATA_STATUS, "Added")
                .containsEntry(CliniceaConstants.MODIFIED, "x")
                .containsEntry(CliniceaConstants.RESOURCE, "patients")
                .containsEntry(CliniceaConstants.PAGE, 0);
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    private boolean checkpointMoved() {
        return keys.keySet().stream().anyMatch(key -> key.startsWith("patients@"));
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void assertDelivered(String row) {
        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).as("the steps of the route").containsExactly("p0", "p2");
        assertThat(handled).containsExactly(row);
        assertThat(attempts).containsExactly(1);
        assertThat(failures).singleElement().isInstanceOfSatisfying(CliniceaRowException.class, failure -> {
            assertThat(failure.getResource()).isEqualTo("patients");
            assertThat(failure.getPage()).isZero();
            assertThat(failure.getIndex()).isEqualTo(1);
            assertThat(failure.getIdBefore()).isEqualTo("p0");
            assertThat(failure)
                    .hasMessageContaining("index 1 on page 0 of patients")
                    .hasMessageContaining("p0")
                    .hasMessageContaining("bodyType")
                    .hasMessageNotContaining("Testa")
                    .hasMessageNotContaining("n/a")
                    .hasNoCause();
        });
        assertNothingInFlight();
    }

    private void assertHeld() {
        int polls = clinicea.requests(PATIENTS).size();
        await().atMost(PATIENCE).until(() -> clinicea.requests(PATIENTS).size() >= polls + 6);
        assertThat(arrivals).as("the steps of the route").containsExactly("p0", "p2");
        assertThat(checkpointMoved()).isFalse();
        await().atMost(PATIENCE).until(() -> consumer().getFailedRows() == 1);
        await().atMost(PATIENCE).until(() -> consumer().getRowsInFlight() == 0);
    }

    private void assertNothingInFlight() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(consumer().getRowsInFlight()).isZero();
            assertThat(camel.getInflightRepository().size()).isZero();
            assertThat(camel.getInflightRepository().size("sync")).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_onException_handled_when_a_row_cannot_be_bound_then_it_is_delivered(boolean bridged) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CliniceaRowException.class)
                        .handled(true)
                        .maximumRedeliveries(5)
                        .onRedelivery(e -> retries.incrementAndGet())
                        .process(UnusableRowTest.this::handle);
                from(patients(bridged))
                        .routeId("sync")
                        .process(UnusableRowTest.this::arrive)
                        .log("${body}");
            }
        });

        assertDelivered(ROW);
        assertThat(retries).as("it cannot succeed").hasValue(0);
        assertThat(handler.exceptions()).isEmpty();
    }

    @Test
    void given_a_map_when_a_row_has_a_number_that_no_type_can_hold_then_it_is_the_error_handlers() throws Exception {
        serve(TOO_LARGE);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(UnusableRowTest.this::handle);
                from(uri("bodyType=Map")).routeId("sync").process(UnusableRowTest.this::arrive);
            }
        });

        assertDelivered(TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_onException_that_continues_when_a_row_cannot_be_bound_then_no_step_gets_it_and_it_is_held(
            boolean bridged) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).continued(true).process(UnusableRowTest.this::handle);
                from(patients(bridged))
                        .routeId("sync")
                        .log("${header.CamelCliniceaRecordId}")
                        .process(UnusableRowTest.this::arrive);
            }
        });

        assertHeld();
        assertThat(handled).hasSizeGreaterThan(1);
        assertThat(attempts).startsWith(1, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_onException_that_does_not_handle_when_a_row_cannot_be_bound_then_it_is_asked_and_the_row_is_held(
            boolean bridged) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .maximumRedeliveries(3)
                        .onRedelivery(e -> retries.incrementAndGet())
                        .process(UnusableRowTest.this::handle);
                from(patients(bridged)).routeId("sync").process(UnusableRowTest.this::arrive);
            }
        });

        assertHeld();
        assertThat(handled).hasSizeGreaterThan(1).containsOnly(ROW);
        assertThat(attempts).startsWith(1, 2);
        assertThat(retries).hasValue(0);
        if (!bridged) {
            assertThat(handler.messages()).isNotEmpty().allMatch(message -> message.contains("p1"));
            assertThat(handler.exceptions()).hasOnlyElementsOfType(CliniceaRowException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:dead", "seda:dead?pollTimeout=20"})
    void given_a_dead_letter_channel_when_a_row_cannot_be_bound_then_it_is_the_dead_letters(String dead)
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel(dead)
                        .maximumRedeliveries(-1)
                        .redeliveryDelay(1)
                        .onRedelivery(e -> retries.incrementAndGet()));
                from(patients(false)).routeId("sync").process(UnusableRowTest.this::arrive);
                from(dead)
                        .errorHandler(defaultErrorHandler())
                        .log("${header.CamelCliniceaRecordId}")
                        .process(UnusableRowTest.this::handle);
            }
        });

        assertDelivered(ROW);
        assertThat(retries).hasValue(0);
        assertThat(handler.exceptions()).isEmpty();
    }

    @Test
    void given_a_dead_letter_route_that_fails_at_first_when_it_retries_then_its_own_retries_work() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                from(patients(false)).routeId("sync").process(UnusableRowTest.this::arrive);
                from("direct:dead")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1))
                        .process(e -> {
                            if (retries.incrementAndGet() < 3) {
                                throw new IllegalStateException("not yet");
                            }
                            handled.add(e.getMessage().getBody(String.class));
                        });
            }
        });

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(handled).containsExactly(ROW);
        assertThat(retries).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_no_error_handler_when_a_row_cannot_be_bound_then_no_step_gets_it_and_it_is_held(boolean bridged)
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(patients(bridged)).routeId("sync").process(UnusableRowTest.this::arrive);
            }
        });

        assertHeld();
        if (!bridged) {
            assertThat(handler.exceptions()).isNotEmpty().hasOnlyElementsOfType(CliniceaRowException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_the_default_error_handler_when_a_row_cannot_be_bound_then_it_is_held(boolean bridged) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patients(bridged)).routeId("sync").process(UnusableRowTest.this::arrive);
            }
        });

        assertHeld();
    }

    @Test
    void given_a_route_that_begins_with_doTry_when_a_row_cannot_be_bound_then_its_steps_do_not_get_it()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(UnusableRowTest.this::handle);
                from(patients(false))
                        .routeId("sync")
                        .doTry()
                        .process(UnusableRowTest.this::arrive)
                        .doCatch(Exception.class)
                        .process(UnusableRowTest.this::arrive)
                        .end()
                        .log("${header.CamelCliniceaRecordId}");
            }
        });

        assertDelivered(ROW);
    }

    @Test
    void given_a_route_that_is_all_doTry_when_a_row_cannot_be_bound_then_no_step_gets_it_and_it_is_held()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patients(false))
                        .routeId("sync")
                        .doTry()
                        .process(UnusableRowTest.this::arrive)
                        .doCatch(Exception.class)
                        .process(UnusableRowTest.this::arrive)
                        .end();
            }
        });

        assertHeld();
        assertThat(handler.exceptions()).hasOnlyElementsOfType(CliniceaRowException.class);
    }

    @Test
    void given_seda_when_a_row_cannot_be_bound_then_the_consumers_route_decides_and_the_others_are_delivered()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patients(false))
                        .routeId("sync")
                        .onException(CliniceaRowException.class)
                        .handled(true)
                        .process(UnusableRowTest.this::handle)
                        .end()
                        .to("seda:work");
                from("seda:work?pollTimeout=20").process(UnusableRowTest.this::arrive);
            }
        });

        assertDelivered(ROW);
    }

    @Test
    void given_rollback_when_the_error_handler_marks_it_then_the_row_is_held() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).markRollbackOnly();
                from(patients(false)).routeId("sync").process(UnusableRowTest.this::arrive);
            }
        });

        assertHeld();
    }

    @Test
    void given_a_route_that_is_stopped_and_started_when_a_row_cannot_be_bound_then_its_error_handler_is_asked_again()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).process(UnusableRowTest.this::handle);
                from(patients(false)).routeId("sync").process(UnusableRowTest.this::arrive);
            }
        });
        await().atMost(PATIENCE).until(() -> !handled.isEmpty());
        camel.getRouteController().stopRoute("sync");
        int before = handled.size();

        camel.getRouteController().startRoute("sync");

        await().atMost(PATIENCE).until(() -> handled.size() > before);
    }
}
