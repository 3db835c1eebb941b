/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ChangeListServer.Request;
import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndlessListTest extends EvidenceTestBase {
    private static final int BOUND = 60;
    private static final String WHAT_REPEATS = "(?i)repeat|again|the same|no new|already|nothing new";

    static Stream<Arguments> endlessLists() {
        Random random = new Random(15);
        return Stream.of(
                endless("60 rows, one field different", request -> volatileRows(request, 60)),
                endless("100 rows, one field different", request -> volatileRows(request, 100)),
                endless("100 rows in random order", request -> {
                    List<String> rows = rows(0, 100);
                    Collections.shuffle(rows, random);
                    return rows;
                }),
                endless("30 rows in random order", request -> {
                    List<String> rows = rows(0, 30);
                    Collections.shuffle(rows, random);
                    return rows;
                }),
                endless("two pages in turn", request -> rows(request.page() % 2 * 100, 100)),
                endless("three short pages in turn", request -> rows(request.page() % 3 * 70, 70)),
                endless("100 random ones of 150 rows", request -> {
                    List<String> rows = rows(0, 150);
                    Collections.shuffle(rows, random);
                    return rows.subList(0, 100);
                }));
    }

    private static Arguments endless(String name, Function<Request, List<String>> pages) {
        return Arguments.of(name, pages);
    }

    private static List<String> rows(int from, int count) {
        return new ArrayList<>(patients(from, count, LONG_AGO).stream()
                .map(row -> row.json().replaceFirst("}$", ",\"ID\":\"" + row.id() + "\"}"))
                .toList());
    }

    private static List<String> volatileRows(Request request, int count) {
        List<String> rows = rows(0, count);
        rows.set(7, rows.get(7).replaceFirst("}$", ",\"ReadAt\":" + request.number() + "}"));
        return rows;
    }

    /** Serves an endless list. It ends after 1000 requests, so that the test ends even if the engine has no limit. */
    private void serve(Function<Request, List<String>> pages) {
        server.script(
                (request, listed) -> request.number() < 1000 ? Answer.rows(pages.apply(request)) : Answer.NO_CONTENT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessLists")
    void given_a_list_that_does_not_end_then_the_poll_fails_soon_and_says_what_repeats(
            String name, Function<Request, List<String>> pages) throws Exception {
        serve(pages);

        route.start("patients", "");
        route.awaitPolls(2);

        assertThat(route.polls()).allSatisfy(poll -> {
            assertThat(poll.requests()).isLessThanOrEqualTo(BOUND);
            assertThat(poll.failure()).isNotNull();
        });
        assertThat(route.failureMessages())
                .allSatisfy(message -> assertThat(message).containsPattern(WHAT_REPEATS));
        assertThat(route.checkpoint()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessLists")
    void given_a_look_up_that_does_not_end_then_it_fails_soon_and_says_what_repeats(
            String name, Function<Request, List<String>> pages) {
        serve(pages);

        assertFailedSoon(call("documents", "operation=listByPatient", Map.of("patientID", "p1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessLists")
    void given_a_change_list_that_does_not_end_when_a_producer_lists_it_then_it_fails_soon(
            String name, Function<Request, List<String>> pages) {
        serve(pages);

        assertFailedSoon(call("patients", "operation=list&maxRetries=0", Map.of()));
    }

    @Test
    void given_a_look_up_that_does_not_end_when_it_is_streamed_then_it_fails_soon() {
        serve(request -> volatileRows(request, 100));

        Exchange out = call("documents", "operation=listByPatient&streamList=true", Map.of("patientID", "p1"));
        Exception failure = out.getException();
        try {
            Iterator<?> rows = out.getMessage().getBody(Iterator.class);
            while (failure == null && rows.hasNext()) {
                rows.next();
            }
        } catch (RuntimeException e) {
            failure = e;
        }

        assertThat(failure).isNotNull();
        assertThat(server.requestCount()).isLessThanOrEqualTo(BOUND);
    }

    private void assertFailedSoon(Exchange out) {
        assertThat(out.getException()).isNotNull();
        assertThat(SyncRoute.messages(out.getException())).containsPattern(WHAT_REPEATS);
        assertThat(server.requestCount()).isLessThanOrEqualTo(BOUND);
    }

    @Test
    void given_60_rows_that_are_the_same_at_every_page_then_they_come_once_and_the_checkpoint_moves() throws Exception {
        List<ListedRow> rows = patients(0, 60, LONG_AGO);
        server.add(rows).script((request, listed) -> server.listed(request, 0));

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.failureMessages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 230, 1000})
    void given_a_list_without_pages_then_it_is_read_as_one_page(int count) throws Exception {
        List<ListedRow> rows = patients(0, count, LONG_AGO);
        server.pageSize(count).add(rows).script((request, listed) -> server.listed(request, 0));

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.failureMessages()).isEmpty();
        server.add(patients(count, 3, server.now()));
        route.awaitWithin(3, () -> route.delivered().size() == count + 3);
        route.assertDeliveredOnce(server.rows());
    }

    @Test
    void given_a_list_without_pages_when_a_producer_lists_it_then_it_is_read_as_one_page() {
        server.pageSize(230).add(patients(0, 230, LONG_AGO)).script((request, listed) -> server.listed(request, 0));

        Exchange out = call("patients", "operation=list&maxRetries=0", Map.of());

        assertThat(out.getException()).isNull();
        assertThat((List<?>) out.getMessage().getBody(List.class)).hasSize(230);
    }
}
