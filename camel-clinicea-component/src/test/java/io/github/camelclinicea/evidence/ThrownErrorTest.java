/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrownErrorTest extends EvidenceTestBase {
    private static final String QUARTZ = "scheduler=quartz&scheduler.cron=0/1+*+*+*+*+?";

    private final List<ListedRow> rows = patients(0, 150, LONG_AGO);

    /** Is a body whose first instance cannot be created. */
    public static final class FragileBody {
        static final AtomicBoolean BROKEN = new AtomicBoolean();

        public FragileBody() {
            if (BROKEN.getAndSet(false)) {
                throw new StackOverflowError();
            }
        }

        public void setPatientID(String id) {
            assertThat(id).isNotNull();
        }

        public void setDataStatusStr(String status) {
            assertThat(status).isNotNull();
        }

        public void setModifiedDatetime(String modified) {
            assertThat(modified).isNotNull();
        }
    }

    /** Is a body of a class that cannot be initialised. */
    public static final class UninitialisedBody {
        static final int VALUE = Integer.parseInt("n/a");

        public void setPatientID(String id) {
            assertThat(id).hasSizeLessThan(VALUE);
        }
    }

    static Stream<Arguments> errors() {
        List<Supplier<Error>> errors = List.of(
                StackOverflowError::new,
                () -> new OutOfMemoryError("a test's"),
                () -> new NoClassDefFoundError("a test's"),
                () -> new AssertionError("a test's"));
        return errors.stream().map(error -> Arguments.of(error.get().getClass().getSimpleName(), error));
    }

    private void assertAllDelivered(int polls) {
        route.awaitCaughtUp(polls, rows);
        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.consumer().getRowsInFlight()).isZero();
        route.assertNothingMissed();
        server.add(patients(150, 1, server.now()));
        route.awaitWithin(3, () -> route.ids().contains("p150"));
        assertThat(route.ids()).contains("p150");
    }

    private void throwOnceAt(String id, Supplier<Error> error) {
        route.working(exchange -> {
            if (id.equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))
                    && route.timesEmitted(id) == 1) {
                throw error.get();
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void given_an_error_in_the_route_once_then_polling_goes_on_and_all_rows_come(String name, Supplier<Error> error)
            throws Exception {
        server.add(rows);
        throwOnceAt("p3", error);

        route.start("patients", "");

        assertAllDelivered(4);
    }

    @Test
    void given_an_error_in_the_route_once_when_quartz_schedules_then_polling_goes_on_and_all_rows_come()
            throws Exception {
        server.add(rows);
        throwOnceAt("p3", StackOverflowError::new);

        route.start("patients", QUARTZ);

        assertAllDelivered(4);
    }

    @Test
    void given_a_row_that_always_ends_in_an_error_then_the_others_come_and_the_checkpoint_stays() throws Exception {
        server.add(rows);
        route.working(exchange -> {
            if ("p3".equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                throw new StackOverflowError();
            }
        });

        route.start("patients", "");
        route.awaitWithin(4, () -> route.delivered().size() == 149 && route.timesEmitted("p3") > 1);

        assertThat(route.delivered()).hasSize(149);
        assertThat(route.timesEmitted("p3")).isGreaterThan(1);
        assertThat(route.checkpoint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "contains", "remove"})
    void given_an_error_in_the_repository_once_then_polling_goes_on_and_all_rows_come(String call) throws Exception {
        server.add(rows);
        route.start("patients", "");
        route.awaitPolls(1);
        troubleOnce(call);

        server.add(patients(200, 3, server.now()));
        route.awaitWithin(5, () -> route.ids().containsAll(List.of("p200", "p201", "p202")));

        assertThat(route.ids()).contains("p200", "p201", "p202");
        assertThat(route.consumer().getRowsInFlight()).isZero();
        route.assertNothingMissed();
    }

    @Test
    void given_an_error_in_the_repository_once_when_quartz_schedules_then_polling_goes_on_and_all_rows_come()
            throws Exception {
        server.add(rows);
        AtomicInteger calls = new AtomicInteger();
        state.trouble((call, key) -> {
            if (call.equals("add") && key.startsWith("patients#") && calls.incrementAndGet() == 5) {
                throw new NoClassDefFoundError("a test's");
            }
        });

        route.start("patients", QUARTZ);
        route.awaitCaughtUp(4, rows);

        assertThat(route.ids()).containsAll(ListedRow.ids(rows));
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.consumer().getRowsInFlight()).isZero();
    }

    private void troubleOnce(String failing) {
        AtomicBoolean done = new AtomicBoolean();
        state.trouble((call, key) -> {
            if (call.equals(failing) && !done.getAndSet(true)) {
                throw new NoClassDefFoundError("a test's");
            }
        });
    }

    @Test
    void given_a_body_that_cannot_be_made_once_then_polling_goes_on_and_all_rows_come() throws Exception {
        server.add(rows);
        FragileBody.BROKEN.set(true);

        route.start("patients", "bodyType=" + FragileBody.class.getName());

        assertAllDelivered(4);
        assertThat(FragileBody.BROKEN).isFalse();
    }

    @Test
    void given_a_body_class_that_cannot_be_initialised_then_polling_goes_on_and_the_route_can_let_the_rows_go()
            throws Exception {
        server.add(rows);

        route.handlingFailures().start("patients", "bodyType=" + UninitialisedBody.class.getName());
        route.awaitWithin(4, () -> route.checkpoint().isPresent());

        assertThat(route.handled()).hasSize(150);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.consumer().getRowsInFlight()).isZero();
    }

    @Test
    void given_a_scheduler_that_begins_no_poll_any_more_then_the_health_check_is_down() throws Exception {
        server.add(rows);
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
        route.camel().getRegistry().bind("scheduler", scheduler);
        route.start("patients", "healthCheckStaleAfter=300&scheduledExecutorService=#scheduler");
        route.awaitPolls(2);
        assertThat(route.health()).isEqualTo(HealthCheck.State.UP);

        scheduler.shutdownNow();

        await().atMost(Duration.ofSeconds(10)).until(() -> route.health() == HealthCheck.State.DOWN);
    }
}
