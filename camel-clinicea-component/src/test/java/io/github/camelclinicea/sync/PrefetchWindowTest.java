/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how many pages are fetched ahead. A full page has ten rows here, and eight pages may be in flight. */
class PrefetchWindowTest {
    private static final int CEILING = 8;
    private static final int FULL = 10;
    private static final Duration QUICK = Duration.ofMillis(50);

    private long now = -1_000;
    private final PrefetchWindow window =
            new PrefetchWindow(new SyncSettings("s", Duration.ZERO, CEILING, 0, true, FULL, 100, 4, 0), () -> now);

    private static Page page(int rows) {
        Row row = TestRow.of("p1", "Added", "2026", "{}".getBytes(StandardCharsets.UTF_8));
        return new Page(3, Collections.nCopies(rows, row), null);
    }

    private void answered(int pages, Duration took) {
        for (int i = 0; i < pages; i++) {
            window.answered(page(FULL), took);
        }
    }

    private int refusedOf(int sentAgo) {
        window.refused(now - sentAgo);
        return window.size();
    }

    @Test
    void given_a_new_window_then_it_is_of_one_page() {
        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void given_answers_as_quick_as_before_when_rounds_of_full_pages_come_then_it_doubles_up_to_the_ceiling() {
        List<Integer> sizes = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            answered(window.size(), QUICK);
            sizes.add(window.size());
        }
        assertThat(sizes).containsExactly(2, 4, 8, 8, 8);
    }

    @Test
    void given_short_pages_then_it_stays_whatever_they_took() {
        for (int i = 0; i < 50; i++) {
            window.answered(page(FULL - 1), Duration.ofMillis(i));
        }
        assertThat(window.size()).isEqualTo(1);

        answered(7, Duration.ofSeconds(1));
        assertThat(window.size())
                .as("full ones are not compared with short ones")
                .isEqualTo(CEILING);
    }

    @Test
    void given_a_refusal_then_it_is_halved_once_for_all_that_was_under_way_and_again_for_what_is_sent_after_that() {
        answered(7, QUICK);
        now = 5_000;

        assertThat(refusedOf(100)).isEqualTo(4);
        assertThat(refusedOf(90)).as("sent before the halving").isEqualTo(4);
        assertThat(refusedOf(0)).as("sent at the moment of it").isEqualTo(4);
        now = 5_001;
        assertThat(refusedOf(0)).isEqualTo(2);
        now = 5_002;
        assertThat(refusedOf(0)).isEqualTo(1);
        now = 5_003;
        assertThat(refusedOf(0)).as("never less than one").isEqualTo(1);
    }

    @Test
    void given_a_refusal_when_full_pages_come_again_then_it_grows_by_one_with_each_round() {
        answered(7, QUICK);
        refusedOf(0);
        assertThat(window.size()).isEqualTo(4);

        answered(3, QUICK);
        assertThat(window.size()).isEqualTo(4);
        answered(1, QUICK);
        assertThat(window.size()).isEqualTo(5);
        answered(4, QUICK);
        assertThat(window.size()).isEqualTo(5);
        answered(1, QUICK);
        assertThat(window.size()).isEqualTo(6);
        answered(13, QUICK);
        assertThat(window.size()).isEqualTo(CEILING);
        answered(30, QUICK);
        assertThat(window.size()).isEqualTo(CEILING);
    }

    @Test
    void given_answers_that_take_much_longer_than_the_best_then_it_does_not_grow_and_never_doubles_again() {
        answered(3, QUICK);
        assertThat(window.size()).isEqualTo(4);

        answered(8, Duration.ofMillis(400));
        int held = window.size();
        assertThat(held).as("one slow page is no trend").isBetween(4, 6);

        answered(5, QUICK);
        answered(held, QUICK);
        assertThat(window.size()).isEqualTo(held + 1);
    }

    @Test
    void given_a_server_that_is_slow_for_good_then_it_is_asked_for_as_many_pages_all_the_same() {
        answered(1, QUICK);

        answered(100, Duration.ofSeconds(2));

        assertThat(window.size()).isEqualTo(CEILING);
    }

    @Test
    void given_differences_of_a_few_milliseconds_then_it_grows() {
        answered(1, Duration.ofNanos(100_000));

        answered(6, Duration.ofMillis(9));

        assertThat(window.size()).isEqualTo(CEILING);
    }
}
