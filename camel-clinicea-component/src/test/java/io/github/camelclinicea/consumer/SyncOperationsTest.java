/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.patient;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.event.CliniceaOperatorEvent;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.LogLines;
import io.github.camelclinicea.testing.StubClinicea;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what an operator can do with a sync, and what the log and the audit trail say of it. */
class SyncOperationsTest {
    private static final String HOSTILE = "p\r\nWARN forged".repeat(300);

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<CliniceaOperatorEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> emitted = new CopyOnWriteArrayList<>();
    private final LogLines log = new LogLines(SyncOperations.class);
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile boolean isAway;

    /** Fails while it is away. */
    private final class Repository extends MemoryIdempotentRepository {
        Repository() {
            super(new ConcurrentHashMap<>());
        }

        @Override
        public boolean add(String key) {
            if (isAway) {
                throw new IllegalStateException("a password of the database");
            }
            return super.add(key);
        }
    }

    @AfterEach
    void stop() {
        log.close();
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void start(String options) throws Exception {
        camel.disableJMX();
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.getRegistry().bind("state", new Repository());
        camel.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CliniceaOperatorEvent ours) {
                    events.add(ours);
                }
            }
        });
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "idempotentRepository=#state&exceptionHandler=#quiet&" + options))
                        .routeId("sync")
                        .process(exchange -> {
                            String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
                            emitted.add(id);
                            if (failing.contains(id)) {
                                throw new IllegalStateException("of Jane");
                            }
                        });
            }
        });
        camel.start();
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void holdOne(String options) throws Exception {
        clinicea.servePatients(patients(0, 3));
        failing.add("p1");
        start(options);
        await().atMost(PATIENCE).until(() -> consumer().recentPollList().size() > 1);
        assertThat(consumer().heldRowList()).hasSize(1);
    }

    private CliniceaOperatorEvent onlyEvent() {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static <T> T as(String name, PrivilegedAction<T> action) {
        return Subject.doAs(new Subject(true, Set.of(new JMXPrincipal(name)), Set.of(), Set.of()), action);
    }

    @Test
    void given_a_held_row_when_an_operator_skips_it_then_log_and_trail_say_who_did_what() throws Exception {
        holdOne("delay=50");

        int skipped = as("ops\nadmin", () -> consumer().skipRow("p1"));

        assertThat(skipped).isEqualTo(1);
        CliniceaOperatorEvent event = onlyEvent();
        assertThat(event.getType()).isEqualTo(CamelEvent.Type.Custom);
        assertThat(event.getOperation()).isEqualTo("skipRow");
        assertThat(event.getRecordId()).isEqualTo("p1");
        assertThat(event.getRouteId()).isEqualTo("sync");
        assertThat(event.getSyncId()).isEqualTo("patients");
        assertThat(event.getResource()).isEqualTo("patients");
        assertThat(event.getOperator()).isEqualTo("ops\nadmin");
        assertThat(event.getFrom()).isNull();
        assertThat(event.getDuration()).isPositive().isLessThan(Duration.ofMinutes(5));
        assertThat(event.toString())
                .contains("skipRow", "p1", "sync", "ops?admin")
                .doesNotContain("Jane", "Testa", "\n", StubClinicea.API_KEY);
        assertThat(log.of("WARN")).singleElement().asString().contains("sync", "skip", "p1", "ops?admin");
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() > 0);
        assertThat(consumer().getSkippedRows()).isEqualTo(1);
        assertThat(consumer().getDeliveredRows()).isEqualTo(2);
        assertThat(consumer().heldRowList()).isEmpty();
    }

    @Test
    void given_a_row_that_is_not_held_when_skipped_then_the_error_says_so_and_there_is_no_event() throws Exception {
        holdOne("delay=600000&backoffErrorThreshold=1&backoffMultiplier=1000&greedy=true");

        assertThatThrownBy(() -> consumer().skipRow("p0"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("p0")
                .hasMessageContaining("heldRows");
        assertThatThrownBy(() -> consumer().skipRow(null)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> consumer().skipRow(HOSTILE))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n", "\r"));

        assertThat(events).isEmpty();
        assertThat(consumer().heldRowList()).hasSize(1);
    }

    @Test
    void given_a_repository_that_is_away_when_skipped_then_the_error_names_it_and_the_row_stays_held()
            throws Exception {
        holdOne("delay=50");
        isAway = true;

        assertThatThrownBy(() -> consumer().skipRow("p1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not skipped")
                .hasMessageContaining("idempotentRepository")
                .hasMessageNotContaining("password")
                .hasNoCause();

        assertThat(events).isEmpty();
        assertThat(consumer().heldRowList()).hasSize(1);
    }

    @Test
    void given_an_id_with_line_breaks_when_held_and_skipped_then_each_log_line_stays_one() throws Exception {
        try (LogLines held = new LogLines(HeldRowLog.class)) {
            clinicea.servePatients(
                    "[" + patient(HOSTILE.replace("\r\n", "\\r\\n"), "Added", "2026-01-01T00:00:00") + "]");
            failing.add(HOSTILE);
            start("delay=50");
            await().atMost(PATIENCE).until(() -> !consumer().heldRowList().isEmpty());

            assertThat(consumer().skipRow(HOSTILE)).isEqualTo(1);

            // The row is held before the log says so.
            await().atMost(PATIENCE).until(() -> !held.of("WARN").isEmpty());
            assertThat(List.of(held.of("WARN"), log.of("WARN")))
                    .allSatisfy(lines -> assertThat(lines)
                            .allSatisfy(line ->
                                    assertThat(line).doesNotContain("\n", "\r").hasSizeLessThan(600)));
            assertThat(onlyEvent().getRecordId()).isEqualTo(HOSTILE);
            assertThat(onlyEvent().toString()).doesNotContain("\n").hasSizeLessThan(600);
        }
    }

    @Test
    void given_a_stopped_route_when_its_held_row_is_skipped_then_the_next_start_does_not_bring_it() throws Exception {
        holdOne("delay=50");
        CliniceaConsumer consumer = consumer();
        camel.getRouteController().stopRoute("sync");

        assertThat(consumer.skipRow("p1")).isEqualTo(1);

        emitted.clear();
        long clean = consumer.getCleanPolls();
        camel.getRouteController().startRoute("sync");
        await().atMost(PATIENCE).until(() -> consumer.getCleanPolls() > clean);
        assertThat(emitted).isEmpty();
    }

    @Test
    void given_rows_that_are_held_when_all_are_requested_then_log_and_trail_say_how_many() throws Exception {
        holdOne("delay=50");

        assertThat(consumer().retryHeldRows()).isEqualTo(1);

        assertThat(onlyEvent().getOperation()).isEqualTo("retryHeldRows");
        assertThat(onlyEvent().getOperator()).as("nobody logged in").isNull();
        assertThat(log.of("INFO")).singleElement().asString().contains("sync", "unknown operator", "There are 1");
    }

    @Test
    void given_a_moment_when_reset_then_the_next_poll_asks_since_then_and_the_trail_has_it() throws Exception {
        clinicea.servePatients(patients(0, 3));
        start("delay=50");
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() > 2);
        assertThat(emitted).hasSize(3);

        consumer().resetSync("2025-12-31T23:00:00+01:00");

        await().atMost(PATIENCE).until(() -> emitted.size() == 6);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(clinicea.requests(StubClinicea.PATIENTS))
                        .anyMatch(request -> request.getUrl().contains("2025-12-31T22")
                                || request.getUrl().contains("2025-12-31T22".replace(":", "%3A"))
                                || request.getUrl().contains("2025-12-31%2022")
                                || request.getUrl().contains("2025-12-31+22")));
        assertThat(onlyEvent().getOperation()).isEqualTo("resetSync");
        assertThat(onlyEvent().getFrom()).isEqualTo(Instant.parse("2025-12-31T22:00:00Z"));
        assertThat(log.of("WARN")).singleElement().asString().contains("2025-12-31T22:00:00Z", "emitted again");
    }

    @Test
    void given_what_is_no_moment_of_the_past_when_reset_then_the_error_says_why_and_nothing_is_reset()
            throws Exception {
        clinicea.servePatients(patients(0, 3));
        start("delay=50");
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() > 0);
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();

        for (String wrong : new String[] {"yesterday", "", null, "now", "2026-02-30", "+12026-01-01T00:00:00Z"}) {
            assertThatThrownBy(() -> consumer().resetSync(wrong))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from=" + wrong)
                    .hasMessageContaining("ISO 8601");
        }
        assertThatThrownBy(() -> consumer().resetSync(tomorrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("future");

        long clean = consumer().getCleanPolls();
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() > clean + 1);
        assertThat(emitted).hasSize(3);
        assertThat(events).isEmpty();
    }

    @Test
    void given_a_moment_before_1970_when_reset_then_everything_comes_again() throws Exception {
        clinicea.servePatients(patients(0, 3));
        start("delay=50");
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() > 0);

        consumer().resetSync("1969-07-20");

        await().atMost(PATIENCE).until(() -> emitted.size() == 6);
    }
}
