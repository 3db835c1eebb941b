/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PageSlots.Slot;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Tests one reading of a list whose pages have two rows. */
class ListReadingTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Integer> asked = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private int pages = 3;
    private int first;
    /** The responses of page numbers that differ from the list's, at each request. */
    private final Map<Integer, Answer> answers = new HashMap<>();

    private int waits = Integer.MAX_VALUE;
    private boolean runsTasksWhileWaiting;

    private final PrefetchWindow window = new PrefetchWindow(settings(100), () -> 0);

    private final PageSlots source = new PageSlots(
            (since, number) -> {
                assertThat(since).isEqualTo(SINCE);
                asked.add(number);
                return answers.containsKey(number) ? answers.get(number).page() : page(number);
            },
            3,
            0);

    /** Returns the server's response to a page number. */
    @FunctionalInterface
    private interface Answer {
        Page page() throws Exception;
    }

    private Page empty(int number) {
        return new Page(number, List.of(), SINCE);
    }

    private Page rowsOf(int other, int number) {
        return new Page(number, page(other).rows(), SINCE);
    }

    /** Replaces only the first response to a page number. */
    private void once(int number, Answer answer) {
        answers.put(number, () -> {
            answers.remove(number);
            return answer.page();
        });
    }

    private Page page(int number) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 2 && number - first < pages; row++) {
            String text = number + "/" + row;
            rows.add(TestRow.of(text, "Added", "2026", text.getBytes(StandardCharsets.UTF_8)));
        }
        return new Page(number, rows, SINCE);
    }

    private ListReading sweep(Executor executor, int maxPages) {
        PageQueue queue = new PageQueue(source, executor, this::goesOn, SINCE, first, maxPages, window);
        return new ListReading(queue, settings(maxPages), new LearnedPaging(2), executor != null, false);
    }

    private boolean goesOn() {
        if (runsTasksWhileWaiting && !tasks.isEmpty()) {
            tasks.remove().run();
        }
        return waits-- > 0;
    }

    private SyncSettings settings(int maxPages) {
        return new SyncSettings("s", Duration.ofMinutes(5), 3, first, true, 2, maxPages, 4, 0);
    }

    private void openTheWindow(int size) {
        while (window.size() < size) {
            window.answered(page(first), Duration.ZERO);
        }
    }

    /** Reads to the end as a poll does, and releases each page's place when its rows are finished. */
    private static int readAll(ListReading sweep) throws Exception {
        for (int read = 0; ; read++) {
            Fetched fetched = sweep.next();
            fetched.slot().release();
            if (fetched.page().isEmpty()) {
                return read;
            }
        }
    }

    private int freeSlots() {
        List<Slot> taken = new ArrayList<>();
        for (Slot slot = source.tryTake(); slot != null; slot = source.tryTake()) {
            taken.add(slot);
        }
        taken.forEach(Slot::release);
        return taken.size();
    }

    @Test
    void given_one_page_at_a_time_when_read_then_each_is_asked_for_once_and_in_order() throws Exception {
        try (ListReading sweep = sweep(null, 100)) {
            assertThat(sweep.since()).isEqualTo(SINCE);
            assertThat(readAll(sweep)).isEqualTo(3);
            assertThat(sweep.couldFetchAhead()).as("without threads").isFalse();
        }
        assertThat(asked)
                .as("the end behind a full page twice, and the one behind it")
                .containsExactly(0, 1, 2, 3, 3, 4);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_pages_fetched_ahead_when_read_then_all_but_the_first_come_on_the_executor() throws Exception {
        pages = 8;
        openTheWindow(3);
        try (ListReading sweep = sweep(tasks::add, 100)) {
            sweep.next().slot().release();
            assertThat(sweep.couldFetchAhead()).isTrue();
            sweep.fetchAhead();
            assertThat(tasks).as("as many as there are places").hasSize(3);
            for (int page = 1; page <= 8; page++) {
                assertThat(tasks).as("the page or one after it").isNotEmpty();
                tasks.remove().run();
                runsTasksWhileWaiting = page == 8;
                Fetched fetched = sweep.next();
                assertThat(fetched.page().number()).isEqualTo(page);
                fetched.slot().release();
            }
        }
        tasks.forEach(Runnable::run);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_page_worked_off_when_the_next_is_still_under_way_then_its_place_is_taken_at_once() throws Exception {
        pages = 8;
        openTheWindow(3);
        try (ListReading sweep = sweep(tasks::add, 100)) {
            sweep.next().slot().release();
            sweep.fetchAhead();
            tasks.remove().run();
            sweep.next().slot().release();
            assertThat(tasks).as("pages 2 and 3 under way, page 1 finished").hasSize(2);
            waits = 3;

            assertThat(sweep.next()).as("page 2 has not come").isNull();

            assertThat(tasks).as("page 4 is asked for").hasSize(3);
        }
        tasks.forEach(Runnable::run);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_window_that_widens_and_shrinks_when_read_then_as_many_pages_are_under_way() throws Exception {
        pages = 20;
        try (ListReading sweep = sweep(tasks::add, 100)) {
            sweep.next().slot().release();
            sweep.fetchAhead();
            assertThat(tasks).as("at first").hasSize(1);

            openTheWindow(2);
            readNext(sweep);
            assertThat(tasks).hasSize(2);

            window.refused(1);
            readNext(sweep);
            assertThat(tasks).as("halved").hasSize(1);
        }
        tasks.forEach(Runnable::run);
        assertThat(freeSlots()).isEqualTo(3);
    }

    private void readNext(ListReading sweep) throws Exception {
        tasks.remove().run();
        sweep.next().slot().release();
    }

    @Test
    void given_a_list_as_long_as_allowed_when_read_then_it_ends_well() throws Exception {
        first = 1;
        try (ListReading sweep = sweep(null, 4)) {
            assertThat(readAll(sweep)).as("three pages and the end").isEqualTo(3);
        }
        assertThat(asked).containsExactly(1, 2, 3, 4, 4, 5);
    }

    @Test
    void given_a_list_longer_than_allowed_when_read_then_it_fails_after_as_many_requests() {
        first = 1;
        pages = 5;
        try (ListReading sweep = sweep(null, 5)) {
            assertThatThrownBy(() -> readAll(sweep))
                    .isInstanceOf(SyncException.class)
                    .hasMessageContaining("maxPages=5");
        }
        assertThat(asked).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void given_fetching_ahead_when_maxPages_come_into_sight_then_none_beyond_is_asked_for_and_no_place_is_lost()
            throws Exception {
        pages = 2;
        openTheWindow(3);
        try (ListReading sweep = sweep(Runnable::run, 3)) {
            sweep.next().slot().release();
            sweep.fetchAhead();
            assertThat(readAll(sweep)).as("the second page, then the end").isEqualTo(1);
        }
        assertThat(asked).as("but to confirm the end").containsExactly(0, 1, 2, 2, 3);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_pages_still_under_way_when_closed_then_they_are_not_asked_for_and_their_places_come_back()
            throws Exception {
        pages = 8;
        openTheWindow(3);
        ListReading sweep = sweep(tasks::add, 100);
        sweep.next().slot().release();
        sweep.fetchAhead();
        tasks.remove().run();

        sweep.close();
        assertThat(freeSlots()).as("the page that has come").isEqualTo(1);
        tasks.forEach(Runnable::run);

        assertThat(freeSlots()).isEqualTo(3);
        assertThat(asked).containsExactly(0, 1);
    }

    @Test
    void given_an_empty_page_in_the_middle_when_a_page_behind_it_has_rows_then_it_fails_ahead_or_not() {
        pages = 8;
        answers.put(3, () -> empty(3));
        openTheWindow(3);
        for (boolean ahead : new boolean[] {false, true}) {
            assertThatThrownBy(() -> {
                        try (ListReading sweep = sweep(ahead ? Runnable::run : null, 100)) {
                            sweep.next().slot().release();
                            if (ahead) {
                                sweep.fetchAhead();
                            }
                            readAll(sweep);
                        }
                    })
                    .isInstanceOf(SyncException.class)
                    .hasMessageContaining("page 3 is empty, but page 4 behind it has rows");
            assertThat(freeSlots()).isEqualTo(3);
        }
    }

    @Test
    void given_a_page_that_is_empty_once_behind_a_full_page_when_read_then_the_list_goes_on() throws Exception {
        once(2, () -> empty(2));
        try (ListReading sweep = sweep(null, 100)) {
            assertThat(readAll(sweep)).isEqualTo(3);
            assertThat(sweep.isShifted()).isFalse();
        }
        assertThat(asked).containsExactly(0, 1, 2, 2, 3, 3, 4);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_page_that_is_empty_twice_when_the_third_answer_has_rows_then_the_list_goes_on() throws Exception {
        pages = 4;
        once(2, () -> {
            once(2, () -> empty(2));
            return empty(2);
        });
        try (ListReading sweep = sweep(null, 100)) {
            assertThat(readAll(sweep)).isEqualTo(4);
        }
        assertThat(asked).as("the page behind it shows that it is not the end").startsWith(0, 1, 2, 2, 3, 2, 3);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_page_that_is_answered_with_the_one_before_once_when_asked_again_then_no_row_is_passed_over()
            throws Exception {
        once(2, () -> rowsOf(1, 2));
        try (ListReading sweep = sweep(null, 100)) {
            assertThat(readAll(sweep)).isEqualTo(3);
            assertThat(sweep.isShifted()).isFalse();
        }
        assertThat(asked).containsExactly(0, 1, 2, 2, 3, 3, 4);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_short_page_that_repeats_when_the_list_goes_on_behind_it_then_rows_may_have_shifted() throws Exception {
        pages = 4;
        List<Row> rows = page(1).rows().subList(0, 1);
        answers.put(1, () -> new Page(1, rows, SINCE));
        answers.put(2, () -> new Page(2, rows, SINCE));
        try (ListReading sweep = sweep(null, 100)) {
            assertThat(readAll(sweep)).as("pages 0, 1 and 3").isEqualTo(3);
            assertThat(sweep.isShifted()).isTrue();
        }
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_list_that_is_not_paged_and_longer_than_a_page_when_it_comes_again_then_that_is_its_end()
            throws Exception {
        List<Row> rows = new ArrayList<>(page(0).rows());
        rows.addAll(page(1).rows());
        for (int number = 0; number < 3; number++) {
            Page all = new Page(number, rows, SINCE);
            answers.put(number, () -> all);
        }
        try (ListReading sweep = sweep(null, 100)) {
            assertThat(readAll(sweep)).isEqualTo(1);
            assertThat(sweep.isShifted()).isFalse();
        }
        assertThat(asked).as("page 1 again, in case the response was wrong").containsExactly(0, 1, 1);
        assertThat(freeSlots()).isEqualTo(3);
    }

    @Test
    void given_a_server_that_refuses_the_page_behind_the_end_when_read_then_it_is_the_end_all_the_same()
            throws Exception {
        for (boolean wrongRequest : new boolean[] {true, false}) {
            answers.put(4, () -> {
                throw new PageRefusedException(new IllegalStateException("no such page"), wrongRequest);
            });
            try (ListReading sweep = sweep(null, 100)) {
                assertThat(readAll(sweep)).isEqualTo(3);
            }
            assertThat(freeSlots()).isEqualTo(3);
        }
        assertThat(asked).containsExactly(0, 1, 2, 3, 3, 4, 0, 1, 2, 3, 3, 4);
    }
}
