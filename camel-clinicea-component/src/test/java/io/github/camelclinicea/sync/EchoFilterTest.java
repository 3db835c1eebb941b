/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which rows are dropped, and which are delivered although they are marked. */
class EchoFilterTest {
    private static final Row BY_ANOTHER = row("p1", "1");
    private static final Row ECHO = row("p1", "2");

    private final TestRepository repository = new TestRepository(() -> {});
    private final EchoMarks marks = new EchoMarks(repository.new Connection(), "s", Clock.systemUTC());
    private final SyncCounters counters = new SyncCounters();
    private final EchoFilter filter = new EchoFilter(marks, counters);

    private static Row row(String id, String content) {
        return TestRow.of(id, "Modified", "then", content.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Row row) {
        marks.guard(row.id());
        marks.mark(row, List.of());
    }

    @Test
    void given_no_marks_at_all_then_everything_is_delivered() {
        EchoFilter none = new EchoFilter(null, counters);

        assertThat(none.drops(ECHO)).isFalse();
        none.passes(ECHO);
        assertThat(none.drops(ECHO)).isFalse();
        assertThat(counters.echoesDropped()).isZero();
    }

    @Test
    void given_a_mark_then_the_version_is_dropped_and_no_other() {
        write(ECHO);

        assertThat(filter.drops(BY_ANOTHER)).isFalse();
        assertThat(filter.drops(ECHO)).isTrue();
        assertThat(counters.echoesDropped()).as("only a question").isZero();
    }

    @Test
    void given_a_version_that_was_dropped_then_it_is_counted_and_nothing_is_left_of_its_mark() {
        write(ECHO);
        filter.dropped(ECHO);
        write(row("p2", "2"));
        filter.dropped(row("p2", "2"));

        assertThat(counters.echoesDropped()).isEqualTo(2);
        assertThat(repository.keys()).isEmpty();
        assertThat(filter.drops(ECHO)).as("the same once more").isFalse();
    }

    @Test
    void given_a_delivery_under_a_watch_when_the_watch_is_laid_anew_then_the_next_version_is_delivered_all_the_same() {
        write(ECHO);
        filter.passes(BY_ANOTHER);
        marks.guard("p1");
        assertThat(marks.isMarked(ECHO)).isTrue();

        assertThat(filter.drops(ECHO)).isFalse();
    }

    @Test
    void given_a_delivery_under_a_watch_when_the_next_version_has_been_delivered_then_echoes_are_dropped_again() {
        write(ECHO);
        filter.passes(BY_ANOTHER);
        assertThat(filter.drops(ECHO)).isFalse();
        filter.passes(ECHO);

        write(row("p1", "3"));

        assertThat(filter.drops(row("p1", "3"))).isTrue();
    }

    @Test
    void given_a_delivery_under_a_watch_then_the_echo_of_another_record_is_dropped() {
        write(ECHO);
        filter.passes(BY_ANOTHER);
        write(row("p2", "2"));

        assertThat(filter.drops(row("p2", "2"))).isTrue();
    }

    @Test
    void given_a_delivery_without_a_watch_when_the_record_is_written_after_it_then_the_echo_is_dropped() {
        filter.passes(BY_ANOTHER);

        write(ECHO);

        assertThat(filter.drops(ECHO)).isTrue();
    }
}
