/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongEmptyAnswerTest extends EvidenceTestBase {
    private static final List<Answer> EMPTY = List.of(Answer.EMPTY_ARRAY, Answer.NO_CONTENT);

    static Stream<Arguments> emptyPages() {
        return EMPTY.stream()
                .flatMap(answer -> Stream.of(1, 4)
                        .flatMap(inFlight -> Stream.of(1, 7).map(page -> Arguments.of(answer, inFlight, page))));
    }

    @ParameterizedTest
    @MethodSource("emptyPages")
    void given_12_full_pages_when_one_is_empty_once_then_all_rows_come(Answer answer, int pagesInFlight, int page)
            throws Exception {
        List<ListedRow> rows = patients(0, 1200, LONG_AGO);
        server.add(rows).answerOnce(page, answer);

        route.start("patients", "pagesInFlight=" + pagesInFlight);
        route.awaitCaughtUp(4, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void given_a_short_last_page_when_it_is_empty_once_then_all_rows_come(int pagesInFlight) throws Exception {
        List<ListedRow> rows = patients(0, 350, LONG_AGO);
        server.add(rows).answerOnce(3, Answer.EMPTY_ARRAY);

        route.start("patients", "pagesInFlight=" + pagesInFlight);
        route.awaitCaughtUp(4, rows);

        route.assertDeliveredOnce(rows);
        route.assertNothingMissed();
    }

    static Stream<Arguments> emptyFirstPolls() {
        return EMPTY.stream().flatMap(answer -> Stream.of(60, 250).map(rows -> Arguments.of(answer, rows)));
    }

    @ParameterizedTest
    @MethodSource("emptyFirstPolls")
    void given_an_empty_answer_to_the_first_request_then_all_rows_come(Answer answer, int count) throws Exception {
        List<ListedRow> rows = patients(0, count, LONG_AGO);
        server.add(rows).answerOnce(0, answer);

        route.start("patients", "");
        route.awaitCaughtUp(4, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @MethodSource("emptyFirstPolls")
    void given_a_checkpoint_of_two_hours_ago_and_an_empty_answer_then_all_rows_come(Answer answer, int count)
            throws Exception {
        List<ListedRow> rows = patients(0, count, server.now().minus(Duration.ofMinutes(90)));
        server.add(rows).answerOnce(0, answer);
        state.writeCheckpoint("patients", server.now().minus(Duration.ofHours(2)));

        route.start("patients", "");
        route.awaitWithin(5, () -> route.delivered().size() == count);

        route.assertDeliveredOnce(rows);
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @CsvSource({"2h", "49h", "2000h"})
    void given_a_server_that_is_empty_for_ten_polls_then_the_checkpoint_stays_and_all_rows_come_after_it(String ago)
            throws Exception {
        Instant checkpoint = server.now().minus(Duration.parse("PT" + ago));
        List<ListedRow> rows = patients(0, 250, checkpoint.plus(Duration.ofMinutes(30)));
        server.add(rows).script((request, listed) -> route.polls().size() < 10 ? Answer.NO_CONTENT : listed.get());
        state.writeCheckpoint("patients", checkpoint);

        route.start("patients", "");
        route.awaitWithin(15, () -> route.delivered().size() == 250);

        assertThat(route.polls().get(8).checkpoint()).contains(checkpoint);
        route.assertDeliveredOnce(rows);
        route.assertNothingMissed();
    }

    @Test
    void given_a_page_that_is_always_empty_with_rows_behind_it_then_polls_fail_and_the_checkpoint_stays()
            throws Exception {
        server.add(patients(0, 900, LONG_AGO)).answerAlways(5, Answer.EMPTY_ARRAY);

        route.start("patients", "");
        route.awaitPolls(3);

        assertThat(route.polls()).allSatisfy(poll -> assertThat(poll.failure()).isNotNull());
        assertThat(route.checkpoint()).isEmpty();
        assertThat(route.ids()).doesNotHaveDuplicates();
        server.healPages();
        route.awaitCaughtUp(4, server.rows());
        route.assertDeliveredOnce(server.rows());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300, 800})
    void given_a_last_page_that_is_exactly_full_then_all_rows_come_and_the_checkpoint_moves(int count)
            throws Exception {
        List<ListedRow> rows = patients(0, count, LONG_AGO);
        server.add(rows);

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.failureMessages()).isEmpty();
    }

    static Stream<Arguments> neighbours() {
        return Stream.of(
                Arguments.of(1, 0),
                Arguments.of(2, 1),
                Arguments.of(4, 3),
                Arguments.of(9, 8),
                Arguments.of(4, 5),
                Arguments.of(4, 6),
                Arguments.of(0, 1),
                Arguments.of(6, 2));
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void given_a_page_that_once_has_the_rows_of_another_then_all_rows_come(int page, int other) throws Exception {
        List<ListedRow> rows = patients(0, 950, LONG_AGO);
        boolean[] done = new boolean[1];
        server.add(rows).script((request, listed) -> {
            boolean wrong = request.page() == page && !done[0];
            done[0] |= wrong;
            return wrong ? server.listed(request, other) : listed.get();
        });

        route.start("patients", "");
        route.awaitCaughtUp(5, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @Test
    void given_a_list_that_repeats_its_last_page_for_ever_then_all_rows_come_and_the_checkpoint_moves()
            throws Exception {
        List<ListedRow> rows = patients(0, 250, LONG_AGO);
        server.add(rows)
                .script((request, listed) ->
                        request.page() > 2 && request.since().isBefore(LONG_AGO)
                                ? server.listed(request, 2)
                                : listed.get());

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.failureMessages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 100, 250})
    void given_a_clinic_where_nothing_happens_then_a_poll_is_one_request(int count) throws Exception {
        List<ListedRow> rows = patients(0, count, LONG_AGO);
        server.add(rows);

        route.start("patients", "");
        route.awaitCaughtUp(4, rows);
        route.awaitPolls(5);

        assertThat(route.requestsOfLastPolls(5)).isEqualTo(Collections.nCopies(5, 1));
    }

    @Test
    void given_a_poll_of_one_short_page_then_it_is_two_requests() throws Exception {
        List<ListedRow> rows = patients(0, 3, server.now().minusSeconds(10));
        server.add(rows);

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);
        route.awaitPolls(5);

        assertThat(route.polls()).allSatisfy(poll -> assertThat(poll.requests()).isEqualTo(2));
        route.assertDeliveredOnce(rows);
    }
}
