/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftingListTest extends EvidenceTestBase {
    static Stream<Arguments> unstableOrders() {
        Random random = new Random(15);
        AtomicInteger turn = new AtomicInteger();
        return Stream.of(
                order("any", rows -> shuffled(rows, random)),
                order("turned by 37 each time", rows -> {
                    Collections.rotate(rows, 37 * turn.incrementAndGet());
                    return rows;
                }),
                order("there and back", rows -> {
                    if (turn.incrementAndGet() % 2 == 0) {
                        Collections.reverse(rows);
                    }
                    return rows;
                }),
                order("second half any", rows -> {
                    shuffled(rows.subList(rows.size() / 2, rows.size()), random);
                    return rows;
                }));
    }

    private static Arguments order(String name, UnaryOperator<List<ListedRow>> order) {
        return Arguments.of(name, order);
    }

    private static List<ListedRow> shuffled(List<ListedRow> rows, Random random) {
        Collections.shuffle(rows, random);
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unstableOrders")
    void given_1000_rows_of_one_stamp_in_no_stable_order_then_none_is_missing_behind_the_checkpoint(
            String name, UnaryOperator<List<ListedRow>> order) throws Exception {
        server.add(IntStream.range(0, 1000)
                        .mapToObj(i -> patient("p" + i, LONG_AGO))
                        .toList())
                .order(listed -> order.apply(new ArrayList<>(listed)));

        route.start("patients", "");
        route.awaitPolls(6);

        route.assertNothingMissed();
        assertThat(route.ids()).doesNotHaveDuplicates();
        assertThat(warnings.messages())
                .as("all came, or it was warned of")
                .satisfies(
                        messages -> assertThat(messages.isEmpty() && route.ids().size() < 1000)
                                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void given_1000_rows_of_one_stamp_in_any_order_then_it_is_warned_of(int pagesInFlight) throws Exception {
        Random random = new Random(pagesInFlight);
        server.add(IntStream.range(0, 1000)
                        .mapToObj(i -> patient("p" + i, LONG_AGO))
                        .toList())
                .order(listed -> shuffled(new ArrayList<>(listed), random));

        route.start("patients", "pagesInFlight=" + pagesInFlight);
        route.awaitPolls(4);

        route.assertNothingMissed();
        assertThat(warnings.messages()).isNotEmpty();
    }

    static Stream<Arguments> deletions() {
        return Stream.of(List.of("b17"), List.of("b0", "b1", "b2"), List.of("b99"), List.of("b17", "b250"))
                .flatMap(ids -> Stream.of(1, 2)
                        .flatMap(page -> Stream.of(1, 4).map(inFlight -> Arguments.of(ids, page, inFlight))));
    }

    @ParameterizedTest
    @MethodSource("deletions")
    void given_bills_that_are_deleted_while_the_list_is_read_then_no_other_bill_is_lost(
            List<String> deleted, int page, int pagesInFlight) throws Exception {
        server.add(IntStream.range(0, 300)
                .mapToObj(i -> ListedRow.bill("b" + i, LONG_AGO.plusSeconds(i)))
                .toList());
        AtomicInteger asked = new AtomicInteger();
        server.script((request, listed) -> {
            if (request.page() == page && asked.getAndIncrement() == 0) {
                deleted.forEach(server::remove);
            }
            return listed.get();
        });

        route.start("bills", "pagesInFlight=" + pagesInFlight);
        route.awaitWithin(
                4, () -> route.checkpoint().isPresent() && route.ids().containsAll(ListedRow.ids(server.rows())));

        assertThat(route.ids()).containsAll(ListedRow.ids(server.rows())).doesNotHaveDuplicates();
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @CsvSource({"50, 6, 50", "50, 6, 49", "50, 3, 50", "30, 11, 30", "50, 6, 100", "100, 4, 100"})
    void given_a_bulk_edit_of_a_page_full_of_old_rows_when_the_newest_come_first_then_none_is_lost(
            int pageSize, int page, int edits) throws Exception {
        server.pageSize(pageSize).order(ChangeListServer::newestFirst).add(patients(0, 1000, LONG_AGO));
        AtomicInteger asked = new AtomicInteger();
        server.script((request, listed) -> {
            if (request.page() == page && asked.getAndIncrement() == 0) {
                for (int i = 0; i < edits; i++) {
                    server.replace(patient("p" + i, server.now(), "\"Edited\":1"));
                }
            }
            return listed.get();
        });

        route.start("patients", "");
        route.awaitCaughtUp(5, patients(0, 1000, LONG_AGO));

        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
        assertThat(route.delivered().stream()
                        .map(row -> row.id() + " " + row.modified())
                        .toList())
                .doesNotHaveDuplicates()
                .containsAll(server.rows().stream()
                        .map(row -> row.id() + " " + row.modified())
                        .toList());
    }
}
