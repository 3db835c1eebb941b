/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests how the first page is found if the catalogue says 0, for each combination of responses. One page may be in
 * flight.
 */
class FirstPageFinderTest {
    /** Names the responses to a page number. For the sync, 204 and [] are equal. */
    private enum Answer {
        ROWS,
        EMPTY,
        /** 400 or 404. */
        WRONG_REQUEST,
        /** 500. */
        FAILURE
    }

    private static final int TRIES_FOR_ROOM = 3;

    private final TestRepository repository = new TestRepository(() -> {});
    private final TestRepository.Connection connection = repository.new Connection();
    private final Map<Integer, Answer> always = new HashMap<>();
    private final Map<Integer, Deque<Answer>> first = new HashMap<>();
    private final List<Integer> asked = new ArrayList<>();
    private final PageSlots source = new PageSlots((since, number) -> answer(number), 1, 0);
    private FirstPageFinder page = firstPage(0, false);

    private FirstPageFinder firstPage(int configured, boolean pinned) {
        FirstPageFinder started = new FirstPageFinder(new RepositoryKeys(connection, 0), "s", configured, pinned);
        started.start();
        return started;
    }

    private Page answer(int number) throws PageRefusedException {
        asked.add(number);
        Deque<Answer> before = first.getOrDefault(number, new ArrayDeque<>());
        Answer answer = before.isEmpty() ? always.get(number) : before.remove();
        return switch (answer) {
            case ROWS -> new Page(number, List.of(row(number)), null);
            case EMPTY -> new Page(number, List.of(), null);
            case WRONG_REQUEST -> throw refused(number, true);
            case FAILURE -> throw refused(number, false);
        };
    }

    private static PageRefusedException refused(int number, boolean wrongRequest) {
        return new PageRefusedException(new IllegalStateException("page " + number), wrongRequest);
    }

    private static Row row(int page) {
        return TestRow.of("p" + page, "Added", "1", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private void given(Answer zero, Answer one) {
        always.put(0, zero);
        always.put(1, one);
    }

    private void givenFirst(int number, Answer... answers) {
        first.put(number, new ArrayDeque<>(List.of(answers)));
    }

    /** Returns the found page and releases its place, as the completion of its rows does. */
    private Page find() throws Exception {
        Fetched fetched = page.find(number -> {
            int[] tries = {TRIES_FOR_ROOM};
            return source.fetch(Instant.EPOCH, number, () -> tries[0]-- > 0);
        });
        assertThat(fetched).as("there is room for each page that is asked for").isNotNull();
        fetched.slot().release();
        return fetched.page();
    }

    @AfterEach
    void no_place_is_lost() {
        PageSlots.Slot slot = source.tryTake();
        assertThat(slot).isNotNull();
        assertThat(source.tryTake()).as("and none is given back twice").isNull();
        slot.release();
    }

    @Test
    void given_rows_at_page_0_when_found_then_one_request_proves_it() throws Exception {
        given(Answer.ROWS, Answer.ROWS);

        assertThat(find().number()).isZero();

        assertThat(page.number()).isZero();
        assertThat(page.isCertain()).isTrue();
        assertThat(asked).containsExactly(0);
        assertThat(repository.keys()).containsExactly("s=page0");
    }

    @ParameterizedTest
    @EnumSource(names = "ROWS", mode = EnumSource.Mode.EXCLUDE)
    void given_a_list_from_1_when_found_twice_then_1_is_proven_whatever_page_0_is_answered_with(Answer zero)
            throws Exception {
        given(zero, Answer.ROWS);

        assertThat(find().number()).isEqualTo(1);
        assertThat(asked).as("page 0 is asked for again").containsExactly(0, 1, 0, 1);
        assertThat(page.number()).isEqualTo(1);
        assertThat(page.isCertain()).as("one poll may be wrong").isFalse();
        assertThat(repository.keys()).isEmpty();

        assertThat(find().number()).isEqualTo(1);
        assertThat(page.number()).isEqualTo(1);
        assertThat(page.isCertain()).isTrue();
        assertThat(repository.keys()).containsExactly("s=page1");
    }

    @ParameterizedTest
    @EnumSource(names = "ROWS", mode = EnumSource.Mode.EXCLUDE)
    void given_a_list_from_0_when_page_0_is_wrongly_answered_once_then_it_begins_there_all_the_same(Answer once)
            throws Exception {
        given(Answer.ROWS, Answer.ROWS);
        givenFirst(0, once);

        assertThat(find().number()).isZero();

        assertThat(page.number()).isZero();
        assertThat(page.isCertain()).isTrue();
        assertThat(repository.keys()).containsExactly("s=page0");
    }

    @Test
    void given_page_0_is_wrongly_answered_throughout_one_poll_when_the_next_has_it_then_0_is_proven() throws Exception {
        given(Answer.ROWS, Answer.ROWS);
        givenFirst(0, Answer.FAILURE, Answer.EMPTY);
        assertThat(find().number()).isEqualTo(1);

        assertThat(find().number()).isZero();

        assertThat(page.number()).isZero();
        assertThat(repository.keys()).containsExactly("s=page0");
    }

    @Test
    void given_no_rows_at_either_when_found_then_the_list_is_empty_and_nothing_is_proven() throws Exception {
        given(Answer.EMPTY, Answer.EMPTY);

        for (int poll = 0; poll < 3; poll++) {
            assertThat(find().isEmpty()).isTrue();
        }

        assertThat(asked).containsExactly(0, 1, 0, 1, 0, 1);
        assertThat(page.isCertain()).isFalse();
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_an_empty_list_from_1_when_page_0_is_refused_then_the_list_is_empty() throws Exception {
        given(Answer.WRONG_REQUEST, Answer.EMPTY);

        assertThat(find().isEmpty()).isTrue();

        assertThat(page.isCertain()).isFalse();
    }

    @Test
    void given_a_server_that_fails_over_page_0_when_page_1_is_empty_then_the_failure_is_that_of_page_0() {
        given(Answer.FAILURE, Answer.EMPTY);

        assertThatThrownBy(this::find).isInstanceOf(PageRefusedException.class).hasMessage("page 0");
        assertThat(page.isCertain()).isFalse();
    }

    @Test
    void given_an_empty_list_from_0_when_page_1_is_refused_as_past_the_end_then_the_list_is_empty() throws Exception {
        given(Answer.EMPTY, Answer.WRONG_REQUEST);

        assertThat(find().isEmpty()).isTrue();

        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_an_empty_page_0_when_page_1_is_refused_and_page_0_then_has_rows_then_they_are_found() throws Exception {
        given(Answer.ROWS, Answer.WRONG_REQUEST);
        givenFirst(0, Answer.EMPTY);

        assertThat(find().isEmpty()).isFalse();

        assertThat(repository.keys()).containsExactly("s=page0");
    }

    @Test
    void given_an_empty_page_0_when_the_server_fails_over_page_1_then_it_is_not_an_empty_list() {
        given(Answer.EMPTY, Answer.FAILURE);

        assertThatThrownBy(this::find).isInstanceOf(PageRefusedException.class).hasMessage("page 1");
    }

    @Test
    void given_both_are_refused_when_found_then_the_failure_is_that_of_page_0() {
        given(Answer.WRONG_REQUEST, Answer.WRONG_REQUEST);
        assertThatThrownBy(this::find).isInstanceOf(PageRefusedException.class).hasMessage("page 0");
        for (Answer one : List.of(Answer.WRONG_REQUEST, Answer.FAILURE)) {
            given(Answer.FAILURE, one);

            assertThatThrownBy(this::find)
                    .isInstanceOf(PageRefusedException.class)
                    .hasMessage("page 0");
        }
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_page_0_is_refused_when_the_server_fails_over_page_1_then_the_failure_is_that_of_page_1() {
        given(Answer.WRONG_REQUEST, Answer.FAILURE);

        assertThatThrownBy(this::find).isInstanceOf(PageRefusedException.class).hasMessage("page 1");
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_a_number_that_was_proven_when_started_again_then_it_is_certain() throws Exception {
        given(Answer.ROWS, Answer.ROWS);
        find();
        assertThat(firstPage(0, false))
                .extracting(FirstPageFinder::number, FirstPageFinder::isCertain)
                .containsExactly(0, true);
        page.forget();
        given(Answer.EMPTY, Answer.ROWS);
        find();
        assertThat(firstPage(0, false))
                .as("not proven yet")
                .extracting(FirstPageFinder::number, FirstPageFinder::isCertain)
                .containsExactly(0, false);
        find();

        assertThat(firstPage(0, false))
                .extracting(FirstPageFinder::number, FirstPageFinder::isCertain)
                .containsExactly(1, true);
    }

    @Test
    void given_two_polls_of_two_processes_when_each_found_1_once_then_it_is_not_proven() throws Exception {
        given(Answer.EMPTY, Answer.ROWS);
        find();
        page = firstPage(0, false);
        find();

        assertThat(page.isCertain()).isFalse();
    }

    @Test
    void given_a_number_that_was_proven_when_forgotten_then_it_is_in_doubt_again() throws Exception {
        given(Answer.EMPTY, Answer.ROWS);
        find();
        find();

        page.forget();

        assertThat(page.number()).isZero();
        assertThat(page.isCertain()).isFalse();
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_a_number_by_the_user_or_another_than_0_when_started_then_it_is_certain_and_costs_no_key() {
        repository.keys().add("s=page1");
        int calls = connection.calls();

        assertThat(firstPage(0, true))
                .extracting(FirstPageFinder::number, FirstPageFinder::isCertain)
                .containsExactly(0, true);
        assertThat(firstPage(1, true))
                .extracting(FirstPageFinder::number, FirstPageFinder::isCertain)
                .containsExactly(1, true);
        assertThat(firstPage(1, false))
                .extracting(FirstPageFinder::number, FirstPageFinder::isCertain)
                .containsExactly(1, true);

        assertThat(connection.calls()).isEqualTo(calls);
    }

    @Test
    void given_a_repository_out_of_order_when_0_is_found_then_the_poll_fails_and_it_is_not_certain() {
        given(Answer.ROWS, Answer.ROWS);
        connection.failAfter(0, Integer.MAX_VALUE);

        assertThatThrownBy(this::find).hasMessage("the repository is out of order");

        assertThat(page.isCertain()).isFalse();
    }

    @Test
    void given_a_sink_that_closes_when_any_page_is_asked_for_then_nothing_is_found_and_nothing_proven()
            throws Exception {
        given(Answer.EMPTY, Answer.ROWS);
        for (int pages = 0; pages < 4; pages++) {
            int[] left = {pages};
            assertThat(page.find(number -> left[0]-- > 0 ? source.fetch(Instant.EPOCH, number, () -> true) : null))
                    .as("after %s pages", pages)
                    .isNull();
        }

        assertThat(page.isCertain()).isFalse();
        assertThat(repository.keys()).isEmpty();
    }
}
