/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.evidence.SyncRoute.Arrival;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldRowsTest extends EvidenceTestBase {
    private static final Instant SYNC_FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final List<ListedRow> rows = patients(0, 250, LONG_AGO);

    private List<ListedRow> rowsWithout(String... ids) {
        return server.rows().stream()
                .filter(row -> !List.of(ids).contains(row.id()))
                .toList();
    }

    private List<Integer> attemptsAt(String id) {
        return route.emitted().stream()
                .filter(row -> row.id().equals(id))
                .map(Arrival::attempt)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p0", "p100", "p249"})
    void given_a_row_that_always_fails_then_a_poll_costs_one_exchange_and_one_request(String id) throws Exception {
        server.add(rows);

        route.failing(FOR_EVER, id).start("patients", "pagesInFlight=1");
        route.awaitPolls(5);

        assertThat(route.polls().subList(1, 5))
                .allSatisfy(poll -> assertThat(poll.requests()).isEqualTo(1));
        route.assertDeliveredOnce(rowsWithout(id));
        assertThat(attemptsAt(id)).startsWith(1, 2, 3, 4, 5).doesNotHaveDuplicates();
        assertThat(route.checkpoint()).isEmpty();
        assertThat(route.consumer().getFailedRows()).isEqualTo(1);
    }

    @Test
    void given_rows_that_are_delivered_at_once_then_each_is_its_first_attempt() throws Exception {
        server.add(rows);

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);

        assertThat(route.emitted()).extracting(Arrival::attempt).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void given_held_rows_when_they_are_delivered_then_the_checkpoint_moves(int failures) throws Exception {
        server.add(rows);

        route.failing(failures, "p5", "p100", "p249").start("patients", "");
        route.awaitCaughtUp(failures + 3, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(attemptsAt("p100"))
                .isEqualTo(IntStream.rangeClosed(1, failures + 1).boxed().toList());
        assertThat(route.consumer().getFailedRows()).isZero();
        route.assertNothingMissed();
    }

    @Test
    void given_a_held_row_when_others_change_then_they_come_once_and_only_they_are_read() throws Exception {
        server.add(rows);
        route.failing(FOR_EVER, "p100").start("patients", "");
        route.awaitPolls(2);

        int asked = server.requestCount();
        server.add(patients(250, 30, server.now()));
        route.awaitPolls(3);

        route.assertDeliveredOnce(rowsWithout("p100"));
        assertThat(server.requests().subList(asked, server.requestCount()))
                .allSatisfy(request -> assertThat(request.since()).isAfter(LONG_AGO));
        assertThat(route.checkpoint()).isEmpty();
    }

    @Test
    void given_a_held_row_when_its_record_changes_then_the_new_version_replaces_it() throws Exception {
        server.add(rows);
        ListedRow newer = patient("p100", server.now(), "\"City\":\"Pune\"");
        route.working(exchange -> {
            if ("p100".equals(exchange.getMessage().getHeader("CamelCliniceaRecordId"))
                    && !newer.modified().equals(exchange.getMessage().getHeader("CamelCliniceaModified"))) {
                throw new IllegalStateException("the old one fails");
            }
        });
        route.start("patients", "");
        route.awaitPolls(2);

        server.replace(newer);
        route.awaitCaughtUp(4, server.rows());
        route.awaitPolls(2);

        List<Arrival> emitted =
                route.emitted().stream().filter(row -> row.id().equals("p100")).toList();
        assertThat(emitted.get(emitted.size() - 1).modified()).isEqualTo(newer.modified());
        assertThat(emitted)
                .filteredOn(row -> row.modified().equals(newer.modified()))
                .extracting(Arrival::attempt)
                .containsExactly(1);
        assertThat(route.ids()).containsOnlyOnce("p100");
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_a_held_row_when_its_newer_version_fails_too_then_attempts_begin_at_1_again() throws Exception {
        server.add(rows);
        route.failing(FOR_EVER, "p100").start("patients", "");
        route.awaitPolls(2);

        ListedRow newer = patient("p100", server.now(), "\"City\":\"Pune\"");
        server.replace(newer);
        route.awaitPolls(3);

        assertThat(route.emitted())
                .filteredOn(row -> row.id().equals("p100") && row.modified().equals(newer.modified()))
                .extracting(Arrival::attempt)
                .startsWith(1, 2)
                .doesNotHaveDuplicates();
        assertThat(route.checkpoint()).isEmpty();
    }

    @Test
    void given_a_held_row_when_the_context_is_started_again_then_it_comes_again_and_nothing_else() throws Exception {
        server.add(rows);
        route.failing(FOR_EVER, "p100").start("patients", "");
        route.awaitPolls(2);
        server.add(patients(250, 30, server.now()));
        route.awaitPolls(3);

        restarted().start("patients", "");
        route.awaitWithin(3, () -> route.checkpoint().isPresent());
        route.awaitPolls(1);

        assertThat(route.ids()).containsExactly("p100");
        assertThat(attemptsAt("p100")).containsExactly(1);
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_no_rows_may_be_held_then_the_list_is_read_again_at_each_poll() throws Exception {
        server.add(rows);

        route.failing(FOR_EVER, "p100").start("patients", "maxHeldRows=0");
        route.awaitPolls(4);

        assertThat(route.polls()).allSatisfy(poll -> assertThat(poll.requests()).isGreaterThanOrEqualTo(3));
        assertThat(server.requests())
                .filteredOn(request -> request.since().equals(SYNC_FROM) && request.page() == 2)
                .hasSizeGreaterThanOrEqualTo(4);
        route.assertDeliveredOnce(rowsWithout("p100"));
        assertThat(route.timesEmitted("p100")).isGreaterThanOrEqualTo(4);
        assertThat(route.checkpoint()).isEmpty();
    }

    @Test
    void given_more_failing_rows_than_may_be_held_then_none_is_lost() throws Exception {
        server.add(rows);

        route.failing(3, "p1", "p2", "p3", "p101", "p102").start("patients", "maxHeldRows=2");
        route.awaitCaughtUp(10, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @Test
    void given_a_row_that_has_failed_ten_times_then_it_waits() throws Exception {
        server.add(rows);

        route.failing(FOR_EVER, "p100").start("patients", "");
        route.awaitPolls(16);

        assertThat(route.timesEmitted("p100")).isEqualTo(10);
        assertThat(route.checkpoint()).isEmpty();
    }

    @Test
    void given_a_row_that_fails_when_it_becomes_held_then_one_warning_says_which_and_why() throws Exception {
        server.add(rows);

        route.failing(FOR_EVER, "p100").start("patients", "");
        route.awaitPolls(5);

        assertThat(warnings.messages())
                .filteredOn(message -> message.contains("p100"))
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .contains("sync", "patients", "IllegalStateException")
                        .doesNotContain("a secret"));
    }

    @Test
    void given_a_negative_number_of_rows_to_hold_then_the_start_fails() {
        assertThat(catchThrowable(() -> route.start("patients", "maxHeldRows=-1")))
                .isNotNull()
                .satisfies(refusal -> assertThat(SyncRoute.messages(refusal))
                        .contains("maxHeldRows")
                        .doesNotContain("Unknown parameters"));
    }
}
