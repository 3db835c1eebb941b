/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.TestRepository.Connection;
import io.github.camelclinicea.sync.TestRepository.Crash;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the keys of the component's own writes: when they count and when they are removed. */
class EchoMarksTest {
    private static final Instant TIME = Instant.parse("2026-11-23T10:05:17Z");
    private static final Clock CLOCK = Clock.fixed(TIME, ZoneOffset.UTC);
    private static final int REMEMBERED = 10_000;
    private static final Row ECHO = row("p1", "1");
    private static final Row NEXT = row("p1", "2");

    private final TestRepository repository = new TestRepository(() -> {});
    private final Connection connection = repository.new Connection();
    private final EchoMarks marks = new EchoMarks(connection, "s", CLOCK);
    private final EchoMarks poller = new EchoMarks(repository.new Connection(), "s", CLOCK);

    private static Row row(String id, String content) {
        return TestRow.of(id, "Modified", "then", content.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(Row row) {
        return "s!" + row.version().text();
    }

    private boolean write(Row row, Row... replaced) {
        marks.guard(row.id());
        return marks.mark(row, List.of(replaced));
    }

    @Test
    void given_a_mark_when_its_keys_are_looked_at_then_they_are_what_the_decision_says() {
        assertThat(write(ECHO)).isTrue();

        assertThat(repository.keys())
                .hasSize(2)
                .contains(key(ECHO))
                .anyMatch(key -> key.matches("s![\\w-]{11}"))
                .anyMatch(key -> key.matches("s![\\w-]{22}"));
    }

    @Test
    void given_a_watch_when_laid_again_then_that_is_told_until_it_is_taken_away() {
        assertThat(marks.guard("p1")).isFalse();
        assertThat(marks.guard("p2")).as("over another record").isFalse();
        assertThat(poller.guard("p1")).isTrue();

        marks.unguard("p1");
        marks.unguard("p2");

        assertThat(repository.keys()).isEmpty();
        assertThat(marks.guard("p1")).isFalse();
    }

    @Test
    void given_no_watch_over_the_record_when_marked_then_it_is_not() {
        marks.guard("p2");

        assertThat(marks.mark(ECHO, List.of())).isFalse();

        assertThat(repository.keys()).hasSize(1).doesNotContain(key(ECHO));
        assertThat(poller.isMarked(ECHO)).isFalse();
    }

    @Test
    void given_a_marked_version_when_asked_for_then_no_other_of_the_record_is_marked() {
        write(ECHO);

        assertThat(poller.isMarked(ECHO)).isTrue();
        assertThat(poller.isMarked(row("p1", "1"))).as("the same, read again").isTrue();
        assertThat(poller.isMarked(NEXT)).as("other content").isFalse();
        assertThat(poller.isMarked(row("p2", "1"))).as("another record").isFalse();
        assertThat(poller.isMarked(TestRow.of("p1", "Deleted", "then", ECHO.content())))
                .as("another change tag")
                .isFalse();
        assertThat(poller.isMarked(TestRow.of("p1", "Modified", "now", ECHO.content())))
                .as("another stamp")
                .isFalse();
        assertThat(new EchoMarks(connection, "other", CLOCK).isMarked(ECHO))
                .as("another sync")
                .isFalse();
    }

    @Test
    void given_a_mark_when_the_watch_has_gone_then_it_does_not_count_until_one_is_laid_again() {
        write(ECHO);
        marks.unguard("p1");
        assertThat(poller.isMarked(ECHO)).isFalse();

        marks.guard("p1");

        assertThat(poller.isMarked(ECHO)).isTrue();
    }

    @Test
    void given_a_version_when_it_was_delivered_or_will_be_dropped_then_it_is_known() {
        assertThat(marks.isKnown(ECHO, true)).as("never seen").isFalse();

        write(ECHO);
        assertThat(marks.isKnown(ECHO, true)).as("will be dropped").isTrue();
        assertThat(marks.isKnown(ECHO, false))
                .as("something may have been delivered since it was marked")
                .isFalse();

        new Ledger(new RepositoryKeys(connection), "s").add(NEXT.version());
        assertThat(marks.isKnown(NEXT, false)).as("delivered").isTrue();
    }

    @Test
    void given_marked_versions_when_the_next_write_replaces_them_then_their_marks_go() {
        EchoMarks earlier = new EchoMarks(connection, "s", CLOCK);
        earlier.guard("p1");
        earlier.mark(ECHO, List.of());

        write(NEXT, ECHO);

        assertThat(poller.isMarked(ECHO)).isFalse();
        assertThat(poller.isMarked(NEXT)).isTrue();
    }

    @Test
    void given_a_mark_that_no_poll_met_when_the_record_is_written_again_then_it_goes_though_nothing_shows_it() {
        write(ECHO);

        write(NEXT);

        assertThat(repository.keys()).hasSize(2).contains(key(NEXT));
    }

    @Test
    void given_a_version_that_is_marked_twice_then_it_stays_marked() {
        write(ECHO);
        write(ECHO);

        assertThat(poller.isMarked(ECHO)).isTrue();
    }

    /** In the other order, a crash would leave the earlier version without a mark although it may not be replaced. */
    @Test
    void given_a_crash_in_the_middle_of_marking_then_what_is_replaced_has_not_gone_before_the_mark_was_there() {
        write(ECHO);
        Connection crashing = repository.new Connection();
        EchoMarks next = new EchoMarks(crashing, "s", CLOCK);
        for (int calls : new int[] {1, 2, 3}) {
            TestRepository copy = new TestRepository(() -> {});
            copy.keys().addAll(repository.keys());
            Connection last = copy.new Connection();
            last.crashAfter(calls);
            EchoMarks ending = new EchoMarks(last, "s", CLOCK);

            assertThatThrownBy(() -> ending.mark(NEXT, List.of(ECHO))).isInstanceOf(Crash.class);

            assertThat(copy.keys()).contains(key(ECHO));
            assertThat(copy.keys().contains(key(NEXT))).isEqualTo(calls > 1);
        }
        assertThat(next.mark(NEXT, List.of(ECHO))).isTrue();
        assertThat(crashing.calls())
                .as("a look, a mark and its confirmation, one that goes")
                .isEqualTo(4);
    }

    @Test
    void given_more_marks_than_are_remembered_then_the_eldest_is_taken_back() {
        for (int i = 0; i < REMEMBERED; i++) {
            write(row("r" + i, "1"));
        }
        assertThat(poller.isMarked(row("r0", "1")))
                .as("as many as that are kept")
                .isTrue();

        write(row("r0", "2"));
        assertThat(poller.isMarked(row("r1", "1")))
                .as("a record is remembered once")
                .isTrue();
        write(ECHO);

        assertThat(poller.isMarked(row("r0", "2"))).as("the newest but one").isTrue();
        assertThat(poller.isMarked(row("r1", "1"))).as("the eldest").isFalse();
        assertThat(poller.isMarked(row("r2", "1"))).isTrue();
        write(NEXT);
        assertThat(poller.isMarked(row("r2", "1"))).as("one goes for one").isTrue();
        write(row("p2", "1"));
        assertThat(poller.isMarked(row("r2", "1"))).as("the eldest now").isFalse();
    }

    @Test
    void given_a_version_that_is_delivered_when_told_then_the_watch_goes_and_the_mark_is_left_without_effect() {
        write(ECHO);

        assertThat(poller.removeGuard(NEXT)).isTrue();

        assertThat(repository.keys()).containsExactly(key(ECHO));
        assertThat(poller.isMarked(ECHO)).isFalse();
    }

    @Test
    void given_no_watch_when_a_version_is_delivered_then_it_costs_one_look() {
        assertThat(marks.removeGuard(NEXT)).isFalse();

        assertThat(connection.calls()).isEqualTo(1);
    }

    @Test
    void given_a_mark_that_was_used_then_mark_and_watch_go_in_this_order() {
        write(ECHO);
        Connection crashing = repository.new Connection();
        crashing.crashAfter(1);

        assertThatThrownBy(() -> new EchoMarks(crashing, "s", CLOCK).used(ECHO)).isInstanceOf(Crash.class);
        assertThat(repository.keys()).hasSize(1).doesNotContain(key(ECHO));

        poller.used(ECHO);
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_a_watch_that_a_crash_left_over_when_the_record_is_written_again_then_the_mark_counts() {
        marks.guard("p1");

        assertThat(write(ECHO)).isTrue();

        assertThat(poller.isMarked(ECHO)).isTrue();
    }

    @Test
    void given_the_sync_timestamp_when_asked_for_then_it_is_looked_for_only_where_it_has_moved() {
        Checkpoint checkpoint = new Checkpoint(new RepositoryKeys(repository.new Connection()), "s", CLOCK);
        assertThat(marks.deliveredBefore()).as("before the first complete poll").isEmpty();

        checkpoint.write(null, TIME);
        assertThat(marks.deliveredBefore()).contains(TIME);
        int calls = connection.calls();
        assertThat(marks.deliveredBefore()).contains(TIME);
        assertThat(connection.calls()).isEqualTo(calls + 1);

        checkpoint.write(TIME, TIME.plusSeconds(1));
        assertThat(marks.deliveredBefore()).contains(TIME.plusSeconds(1));

        checkpoint.clear();
        assertThat(marks.deliveredBefore()).as("after a reset").isEmpty();
    }
}
