/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.evidence.SyncRoute.Arrival;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitedPollTest extends EvidenceTestBase {
    private static int pollsFor(int rows, int limit) {
        return (rows + limit - 1) / limit + 2;
    }

    private long distinctBodies() {
        return route.emitted().stream().map(Arrival::body).distinct().count();
    }

    private long distinctIds() {
        return route.emitted().stream().map(Arrival::id).distinct().count();
    }

    @ParameterizedTest
    @CsvSource({"40, 2, 30", "40, 2, 5", "30, 4, 50", "10, 3, 1"})
    void given_bills_in_several_rows_of_one_id_then_every_row_is_emitted(int bills, int items, int limit)
            throws Exception {
        List<ListedRow> rows = new ArrayList<>();
        for (int bill = 0; bill < bills; bill++) {
            for (int item = 0; item < items; item++) {
                rows.add(ListedRow.bill("b" + bill, LONG_AGO.plusSeconds(bill), "\"Item\":" + item));
            }
        }
        server.add(rows);

        route.start("bills", "maxMessagesPerPoll=" + limit);
        route.awaitWithin(pollsFor(rows.size(), limit), () -> distinctBodies() == rows.size());

        assertThat(distinctBodies()).isEqualTo(rows.size());
    }

    @ParameterizedTest
    @CsvSource({"250, 50", "250, 120", "60, 7", "10, 1"})
    void given_a_field_that_differs_at_each_read_then_every_row_is_emitted(int count, int limit) throws Exception {
        List<ListedRow> rows = patients(0, count, LONG_AGO);
        server.add(rows).spelling(LimitedPollTest::signed);

        route.start("patients", "maxMessagesPerPoll=" + limit);
        route.awaitWithin(pollsFor(count, limit), () -> distinctIds() == count);

        assertThat(new HashSet<>(route.emitted().stream().map(Arrival::id).toList()))
                .containsAll(ListedRow.ids(rows));
    }

    @Test
    void given_rows_at_the_front_that_differ_at_each_read_then_those_behind_are_emitted() throws Exception {
        server.add(patients(0, 60, LONG_AGO))
                .spelling((row, request) ->
                        Integer.parseInt(row.id().substring(1)) < 20 ? signed(row, request) : row.json());

        route.start("patients", "maxMessagesPerPoll=10");
        route.awaitWithin(pollsFor(60, 10), () -> distinctIds() == 60);

        assertThat(distinctIds()).isEqualTo(60);
    }

    static Stream<Arguments> failingRows() {
        return Stream.of(Arguments.of(5, 5), Arguments.of(8, 5), Arguments.of(20, 5), Arguments.of(3, 1));
    }

    @ParameterizedTest
    @MethodSource("failingRows")
    void given_rows_at_the_front_that_always_fail_then_those_behind_are_delivered(int failing, int limit)
            throws Exception {
        List<ListedRow> rows = patients(0, 40, LONG_AGO);
        server.add(rows);
        route.failing(
                Integer.MAX_VALUE,
                IntStream.range(0, failing).mapToObj(i -> "p" + i).toArray(String[]::new));

        route.start("patients", "maxMessagesPerPoll=" + limit);
        route.awaitWithin(pollsFor(40, limit), () -> route.delivered().size() == 40 - failing);

        route.assertDeliveredOnce(rows.subList(failing, 40));
        assertThat(route.checkpoint()).isEmpty();
        route.assertNothingMissed();
    }

    @Test
    void given_a_limit_and_rows_that_stay_as_they_are_then_each_comes_once_and_the_checkpoint_moves() throws Exception {
        List<ListedRow> rows = patients(0, 250, LONG_AGO);
        server.add(rows);

        route.start("patients", "maxMessagesPerPoll=60");
        route.awaitCaughtUp(pollsFor(250, 60), rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    private static String signed(ListedRow row, ChangeListServer.Request request) {
        return row.json().replaceFirst("}$", ",\"Photo\":\"https://photos.test/1?sig=" + request.number() + "\"}");
    }
}
