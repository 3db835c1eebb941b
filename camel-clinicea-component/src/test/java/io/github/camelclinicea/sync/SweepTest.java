package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.sync.BoundedSource.Fetched;
import io.github.camelclinicea.sync.BoundedSource.Slot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** One reading of a list of full pages of two rows. */
class SweepTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Integer> asked = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private int pages = 3;
    private int first;
    private int waits = Integer.MAX_VALUE;
    private boolean runsTasksWhileWaiting;

    private final PageWindow window = new PageWindow(settings(100), () -> 0);

    private final BoundedSource source = new BoundedSource(
            (since, number) -> {
                assertThat(since).isEqualTo(SINCE);
                asked.add(number);
                return page(number);
            },
            3,
            0);

    private Page page(int number) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 2 && number - first < pages; row++) {
            String text = number + "/" + row;
            rows.add(new Row(text, "Added", "2026", text.getBytes(StandardCharsets.UTF_8)));
        }
        return new Page(number, rows, SINCE);
    }

    private Sweep sweep(Executor executor, int maxPages) {
        PageQueue queue = new PageQueue(source, executor, this::goesOn, SINCE, first, maxPages, window);
        return new Sweep(queue, settings(maxPages), new LearnedPaging(2), executor != null, false);
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
            window.answered(page(first));
        }
    }

    /** Reads to the end as a poll does, giving back each page's place once it is worked off. */
    private static int readAll(Sweep sweep) throws Exception {
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
        try (Sweep sweep = sweep(null, 100)) {
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
        try (Sweep sweep = sweep(tasks::add, 100)) {
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
        try (Sweep sweep = sweep(tasks::add, 100)) {
            sweep.next().slot().release();
            sweep.fetchAhead();
            tasks.remove().run();
            sweep.next().slot().release();
            assertThat(tasks).as("pages 2 and 3 under way, page 1 worked off").hasSize(2);
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
        try (Sweep sweep = sweep(tasks::add, 100)) {
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

    private void readNext(Sweep sweep) throws Exception {
        tasks.remove().run();
        sweep.next().slot().release();
    }

    @Test
    void given_a_list_as_long_as_allowed_when_read_then_it_ends_well() throws Exception {
        first = 1;
        try (Sweep sweep = sweep(null, 4)) {
            assertThat(readAll(sweep)).as("three pages and the end").isEqualTo(3);
        }
        assertThat(asked).containsExactly(1, 2, 3, 4, 4, 5);
    }

    @Test
    void given_a_list_longer_than_allowed_when_read_then_it_fails_after_as_many_requests() {
        first = 1;
        pages = 5;
        try (Sweep sweep = sweep(null, 5)) {
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
        try (Sweep sweep = sweep(Runnable::run, 3)) {
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
        Sweep sweep = sweep(tasks::add, 100);
        sweep.next().slot().release();
        sweep.fetchAhead();
        tasks.remove().run();

        sweep.close();
        assertThat(freeSlots()).as("the page that has come").isEqualTo(1);
        tasks.forEach(Runnable::run);

        assertThat(freeSlots()).isEqualTo(3);
        assertThat(asked).containsExactly(0, 1);
    }
}
