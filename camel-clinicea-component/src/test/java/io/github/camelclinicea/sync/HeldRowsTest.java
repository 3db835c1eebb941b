/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldRowsTest {
    private static final Duration BACKOFF = Duration.ofMinutes(10);
    private static final PagePosition POSITION = new PagePosition(Instant.EPOCH, 2, 3, "neighbour", 0, 1);

    private final VirtualTime time = new VirtualTime();
    private final List<String> told = new ArrayList<>();
    private HeldRows held = heldRows(2, new Listener());

    private final class Listener implements HeldRowListener {
        @Override
        public void held(HeldRow row) {
            told.add("held " + row.recordId());
        }

        @Override
        public void delivered(HeldRow row) {
            told.add("delivered " + row.recordId() + " after " + row.attempts());
        }

        @Override
        public void stillHeld(int rows, Instant oldest) {
            told.add("still " + rows + " since " + oldest);
        }

        @Override
        public void limitReached(int maxHeldRows) {
            told.add("limit " + maxHeldRows);
        }
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.now());
        }
    }

    private HeldRows heldRows(int maxRows, HeldRowListener listener) {
        SyncSettings settings = new SyncSettings(
                "s", Duration.ofMinutes(5), 1, 0, true, 5, 100, 4, 0, maxRows, BACKOFF, false, false, false);
        return new HeldRows(settings, new TestClock(), listener);
    }

    private static Row row(String id, int version) {
        return TestRow.of(
                id, "Modified", "stamp" + version, ("{\"Name\":\"Jane\"}" + version).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a row with the given number of bytes, without computing its version. */
    private static Row large(String id, long bytes) {
        byte[] content = new byte[(int) bytes];
        return new Row(id, null, null, content, null, new RowVersion(id.hashCode(), bytes), null);
    }

    private boolean fail(Row row, int attempt) {
        return held.failed(row, POSITION, attempt, null);
    }

    private void pass(Duration duration) {
        time.pass(duration.toMillis());
    }

    private List<String> due() {
        return held.due().stream().map(due -> due.row().id()).toList();
    }

    @Test
    void given_a_row_that_fails_when_held_then_it_is_told_once_and_due_from_the_next_poll_on() {
        Row row = row("p1", 1);
        assertThat(held.isEmpty()).isTrue();
        assertThat(held.oldest()).isNull();
        assertThat(held.attempts(row.recordKey(), row.version())).isZero();

        held.beginPoll();
        assertThat(fail(row, 1)).isTrue();

        assertThat(due()).as("it failed in this poll").isEmpty();
        assertThat(held.oldest()).isEqualTo(VirtualTime.BEGIN);
        held.beginPoll();
        assertThat(due()).containsExactly("p1");
        pass(Duration.ofMinutes(1));
        assertThat(fail(row, 2)).isTrue();
        assertThat(held.size()).isEqualTo(1);
        assertThat(held.attempts(row.recordKey(), row.version())).isEqualTo(2);
        assertThat(held.oldest()).as("its first attempt").isEqualTo(VirtualTime.BEGIN);
        assertThat(told).containsExactly("held p1");
    }

    @Test
    void given_two_versions_of_a_record_when_the_older_one_became_current_again_then_it_is_due_last() {
        Row older = row("p1", 1);
        Row newer = row("p1", 2);
        fail(older, 1);
        pass(Duration.ofMinutes(1));
        fail(newer, 1);
        pass(Duration.ofMinutes(1));

        fail(older, 2);

        held.beginPoll();
        assertThat(held.due()).extracting(due -> due.row().version()).containsExactly(newer.version(), older.version());
        assertThat(held.view())
                .extracting(HeldRow::modified)
                .as("held longest first")
                .containsExactly("stamp1", "stamp2");
    }

    @Test
    void given_a_version_that_a_newer_one_may_have_replaced_when_the_list_was_read_then_it_is_doubted_no_more() {
        Row older = row("p1", 1);
        Row newer = row("p1", 2);
        Row other = row("p2", 1);
        held = heldRows(3, HeldRowListener.NONE);
        List.of(older, newer, other).forEach(row -> fail(row, 1));

        held.doubt(newer.recordKey(), version -> !version.equals(newer.version()));

        assertThat(held.isDoubted(older.recordKey(), older.version())).isTrue();
        assertThat(held.isDoubted(newer.recordKey(), newer.version())).isFalse();
        assertThat(held.isDoubted(other.recordKey(), other.version())).isFalse();

        held.resolveDoubts((record, version) -> false);
        assertThat(held.size()).as("the list shows all of them").isEqualTo(3);
        assertThat(held.isDoubted(older.recordKey(), older.version())).isFalse();

        held.doubt(newer.recordKey(), version -> !version.equals(newer.version()));
        held.resolveDoubts((record, version) -> true);
        assertThat(held.holds(older.recordKey(), older.version())).isFalse();
        assertThat(held.size()).as("of the others nobody doubted").isEqualTo(2);
    }

    @Test
    void given_as_many_rows_as_may_be_held_when_others_fail_then_they_are_not_held_and_it_is_told_once() {
        Row one = row("p1", 1);
        fail(one, 1);
        fail(row("p2", 1), 1);

        assertThat(fail(row("p3", 1), 1)).isFalse();
        assertThat(fail(row("p4", 1), 1)).isFalse();
        assertThat(fail(one, 2)).as("it is held already").isTrue();

        assertThat(told).containsExactly("held p1", "held p2", "limit 2");
        held.delivered(one.recordKey(), one.version());
        assertThat(fail(row("p3", 1), 1)).as("there is room again").isTrue();
        assertThat(fail(row("p4", 1), 1)).isFalse();
        assertThat(told).endsWith("delivered p1 after 2", "held p3", "limit 2");
    }

    @Test
    void given_rows_that_are_large_when_their_contents_would_be_too_many_bytes_then_they_are_not_held() {
        held = heldRows(100, new Listener());
        Row half = large("p1", HeldRows.MAX_BYTES / 2);
        assertThat(fail(half, 1)).isTrue();
        assertThat(fail(large("p2", HeldRows.MAX_BYTES / 2 + 1), 1)).isFalse();
        assertThat(fail(large("p3", HeldRows.MAX_BYTES / 2), 1))
                .as("exactly as many as may be")
                .isTrue();
        assertThat(fail(row("p4", 1), 1)).isFalse();
        assertThat(fail(half, 2)).as("it is not counted twice").isTrue();
        assertThat(told).containsExactly("held p1", "limit 100", "held p3");

        held.replaced(half.recordKey(), half.version());

        assertThat(fail(row("p4", 1), 1)).isTrue();
        held.clear();
        assertThat(fail(large("p5", HeldRows.MAX_BYTES), 1))
                .as("all bytes are free")
                .isTrue();
    }

    @Test
    void given_no_row_may_be_held_when_one_fails_then_it_is_not_and_nothing_is_told() {
        held = heldRows(0, new Listener());

        assertThat(fail(row("p1", 1), 1)).isFalse();

        pass(Duration.ofHours(2));
        held.remind();
        assertThat(held.isEmpty()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void given_a_row_that_is_held_when_delivered_or_replaced_then_it_is_gone_and_only_the_delivery_is_told() {
        Row one = row("p1", 1);
        Row two = row("p2", 1);
        fail(one, 1);
        fail(two, 1);

        held.delivered(one.recordKey(), one.version());
        held.delivered(one.recordKey(), one.version());
        held.replaced(two.recordKey(), two.version());

        assertThat(held.isEmpty()).isTrue();
        assertThat(held.holds(one.recordKey(), one.version())).isFalse();
        assertThat(held.attempts(two.recordKey(), two.version())).isZero();
        assertThat(told).containsExactly("held p1", "held p2", "delivered p1 after 1");
    }

    @Test
    void given_two_versions_of_a_record_when_one_is_replaced_then_the_other_and_other_records_stay() {
        held = heldRows(10, new Listener());
        Row old = row("p1", 1);
        Row sibling = row("p1", 2);
        Row other = row("p2", 1);
        List.of(old, sibling, other).forEach(row -> fail(row, 1));

        held.replaced(old.recordKey(), version -> version.equals(old.version()) || version.equals(other.version()));

        assertThat(held.holds(old.recordKey(), old.version())).isFalse();
        assertThat(held.holds(sibling.recordKey(), sibling.version())).isTrue();
        assertThat(held.holds(other.recordKey(), other.version())).isTrue();
        held.replaced(old.recordKey(), version -> true);
        held.replaced(row("p9", 1).recordKey(), version -> true);
        assertThat(held.size()).isEqualTo(1);
    }

    @Test
    void given_a_row_that_failed_ten_times_when_polled_then_it_waits_before_each_further_attempt() {
        Row row = row("p1", 1);
        for (int attempt = 1; attempt <= 9; attempt++) {
            fail(row, attempt);
            held.beginPoll();
            assertThat(due()).as("after attempt %s", attempt).containsExactly("p1");
        }
        for (int attempt = 10; attempt <= 12; attempt++) {
            fail(row, attempt);
            held.beginPoll();
            assertThat(due()).as("after attempt %s", attempt).isEmpty();
            assertThat(held.mayBeEmitted(row.recordKey(), row.version())).isFalse();
            assertThat(held.view().get(0).nextAttempt())
                    .isEqualTo(Instant.ofEpochMilli(time.now()).plus(BACKOFF));
            pass(BACKOFF.minusMillis(1));
            assertThat(due()).isEmpty();
            pass(Duration.ofMillis(1));
            assertThat(due()).containsExactly("p1");
            assertThat(held.mayBeEmitted(row.recordKey(), row.version())).isTrue();
        }
        assertThat(held.mayBeEmitted(row.recordKey(), row("p1", 2).version()))
                .as("a newer version does not wait")
                .isTrue();
    }

    @Test
    void given_a_row_that_waits_when_the_clock_is_set_back_then_it_is_due_at_once() {
        Row row = row("p1", 1);
        fail(row, 10);
        held.beginPoll();

        pass(Duration.ofDays(-2));

        assertThat(due()).containsExactly("p1");
        assertThat(held.mayBeEmitted(row.recordKey(), row.version())).isTrue();
        fail(row, 11);
        held.beginPoll();
        assertThat(due()).as("it waits by the new time").isEmpty();
    }

    @Test
    void given_several_rows_when_due_then_the_one_held_longest_comes_first() {
        held = heldRows(10, new Listener());
        fail(row("p3", 1), 1);
        pass(Duration.ofSeconds(1));
        fail(row("p1", 1), 1);
        pass(Duration.ofSeconds(1));
        fail(row("p2", 1), 1);
        fail(row("p3", 1), 2);
        held.beginPoll();

        assertThat(due()).containsExactly("p3", "p1", "p2");
    }

    @Test
    void given_rows_that_stay_held_when_polled_then_a_reminder_comes_once_an_hour_while_there_are_any() {
        Row one = row("p1", 1);
        fail(one, 1);
        pass(Duration.ofMinutes(30));
        fail(row("p2", 1), 1);
        told.clear();
        for (int poll = 0; poll < 12; poll++) {
            pass(Duration.ofMinutes(10));
            held.remind();
        }
        assertThat(told).containsExactly("still 2 since " + VirtualTime.BEGIN, "still 2 since " + VirtualTime.BEGIN);
        told.clear();

        held.replaced(one.recordKey(), version -> true);
        held.replaced(row("p2", 1).recordKey(), version -> true);
        pass(Duration.ofHours(2));
        held.remind();
        fail(row("p3", 1), 1);
        held.remind();

        assertThat(told).as("the hour begins with the first row").containsExactly("held p3");
    }

    @Test
    void given_a_listener_that_fails_when_told_then_the_rows_are_held_all_the_same() {
        held = heldRows(1, new HeldRowListener() {
            @Override
            public void held(HeldRow row) {
                throw new IllegalStateException("the listener");
            }

            @Override
            public void delivered(HeldRow row) {
                throw new IllegalStateException("the listener");
            }

            @Override
            public void stillHeld(int rows, Instant oldest) {
                throw new IllegalStateException("the listener");
            }

            @Override
            public void limitReached(int maxHeldRows) {
                throw new IllegalStateException("the listener");
            }
        });
        Row row = row("p1", 1);

        assertThat(fail(row, 1)).isTrue();
        assertThat(fail(row("p2", 1), 1)).isFalse();
        pass(Duration.ofHours(1));
        held.remind();
        held.delivered(row.recordKey(), row.version());

        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void given_a_row_that_is_held_when_viewed_or_printed_then_nothing_of_its_content_or_message_is_in_it() {
        Row row = row("p1", 1);
        held.beginPoll();
        held.failed(row, POSITION, 3, new IllegalStateException("of Jane"));

        assertThat(held.view())
                .containsExactly(new HeldRow(
                        "p1",
                        "Modified",
                        "stamp1",
                        3,
                        VirtualTime.BEGIN,
                        VirtualTime.BEGIN,
                        "java.lang.IllegalStateException",
                        row.version().text()));
        held.beginPoll();
        assertThat(held.view() + " " + held + " " + held.due()).doesNotContain("Jane", "neighbour");
        held.failed(row, POSITION, 4, null);
        assertThat(held.view().get(0).lastFailure())
                .as("none is known of the last one")
                .isNull();
    }
}
