/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Deduplicator.Reading;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that the meaning of a row depends on the reading that fetched its page. */
class DeduplicatorTest {
    private static final SyncSettings SETTINGS = new SyncSettings("s", Duration.ofMinutes(5), 2, 0, true, 5, 100, 4, 0);

    private final TestRepository repository = new TestRepository(() -> {});
    private final Ledger ledger = new Ledger(new RepositoryKeys(repository.new Connection()), "s");
    private final HeldRows held = new HeldRows(SETTINGS, Clock.systemUTC(), HeldRowListener.NONE);
    private final SyncCounters counters = new SyncCounters();
    private final RowsInFlight inFlight = new RowsInFlight(0);
    private final DeliveredVersions delivered =
            new DeliveredVersions(SETTINGS, ledger, held, inFlight, new RowSkips(ledger, held, inFlight, counters));
    private final ShiftDetector shift = new ShiftDetector(false, new DuplicatesAtRest());
    private final SeenVersions seen = new SeenVersions();
    private final Deduplicator deduplicator = new Deduplicator(
            ledger,
            delivered,
            inFlight,
            held,
            new EchoFilter(null, counters),
            new OpenSink() {
                @Override
                public boolean wants(Row row) {
                    return !"Deleted".equals(row.status());
                }

                @Override
                public void deliver(Delivery delivery) {
                    throw new AssertionError("a deduplicator delivers nothing");
                }
            },
            seen,
            shift);

    private static final Row OLD = row("p1", "Added", "1");
    private static final Row NEW = row("p1", "Modified", "2");
    private static final Row GONE = row("p1", "Deleted", "3");

    private static Row row(String id, String status, String stamp) {
        return TestRow.of(id, status, stamp, (id + status + stamp).getBytes(StandardCharsets.UTF_8));
    }

    private static Page page(Row... rows) {
        return new Page(0, List.of(rows), null);
    }

    private List<Row> due(Reading reading, Row... rows) {
        return deduplicator.due(page(rows), reading).stream().map(Due::row).toList();
    }

    @Test
    void given_a_row_when_it_is_shown_again_as_it_was_then_it_is_due_once() {
        for (Reading reading : List.of(Reading.FORWARD, Reading.PROBE, Reading.PASS)) {
            assertThat(due(reading, OLD)).hasSize(reading == Reading.FORWARD ? 1 : 0);
        }
        assertThat(shift.afterForward()).isFalse();
        assertThat(shift.afterPass(2)).isFalse();
    }

    @Test
    void given_what_the_opening_showed_when_the_probe_shows_another_version_then_the_list_shifted() {
        shift.beginOpening();
        shift.opened(OLD.recordKey(), OLD.version());
        due(Reading.FORWARD, OLD);
        due(Reading.PROBE, OLD);
        assertThat(shift.afterForward()).isFalse();

        due(Reading.FORWARD, row("p2", "Added", "1"));
        due(Reading.PROBE, row("p2", "Added", "1"));

        assertThat(shift.afterForward())
                .as("a record that the opening did not show")
                .isTrue();
    }

    @Test
    void given_a_second_version_on_another_page_of_the_sweep_when_pages_are_in_no_order_then_it_is_left_to_the_probe() {
        assertThat(due(Reading.FORWARD, NEW)).containsExactly(NEW);
        assertThat(due(Reading.FORWARD, OLD)).isEmpty();
        assertThat(shift.afterForward()).isTrue();

        assertThat(due(Reading.PROBE, NEW)).isEmpty();
        assertThat(shift.afterForward()).isFalse();
    }

    @Test
    void given_two_versions_on_one_page_when_swept_then_they_are_siblings_and_neither_replaces_the_other() {
        List<Due> due = deduplicator.due(page(OLD, NEW), Reading.FORWARD);

        assertThat(due).extracting(Due::row, Due::superseded).containsExactly(tuple(OLD, null), tuple(NEW, null));
        assertThat(shift.afterForward()).isFalse();
    }

    @Test
    void
            given_siblings_that_are_still_due_when_the_sweep_shows_them_behind_a_newer_version_then_only_a_pass_emits_them() {
        Row beside = row("p1", "Added", "1b");
        SeenVersions before = new SeenVersions();
        before.note(OLD.recordKey(), OLD.version());
        before.noteSibling(OLD.recordKey(), OLD.version());
        before.noteSibling(OLD.recordKey(), beside.version());
        ledger.extendWindow(before);

        assertThat(due(Reading.FORWARD, NEW)).containsExactly(NEW);

        assertThat(due(Reading.FORWARD, OLD, beside))
                .as("a page of an earlier moment")
                .isEmpty();
        assertThat(shift.afterForward()).isTrue();
        assertThat(due(Reading.PASS, beside)).as("it is at rest").containsExactly(beside);
    }

    @Test
    void given_a_held_version_that_the_sweep_showed_when_the_last_pass_shows_others_only_then_it_is_replaced() {
        due(Reading.FORWARD, OLD, NEW);
        hold(OLD);
        hold(NEW);
        deduplicator.beginPass();

        assertThat(due(Reading.PASS, GONE)).isEmpty();
        due(Reading.PASS, NEW);

        assertThat(deduplicator.heldRows().isReplaced(OLD.recordKey(), OLD.version()))
                .isTrue();
        assertThat(deduplicator.heldRows().isReplaced(NEW.recordKey(), NEW.version()))
                .isFalse();
        Row other = row("p2", "Added", "1");
        assertThat(deduplicator.heldRows().isReplaced(other.recordKey(), other.version()))
                .as("the list may not show it since it is old")
                .isFalse();
    }

    private void hold(Row row) {
        held.failed(row, new PagePosition(Instant.EPOCH, 0, 0, null, 0, 1), 1, null);
    }

    @Test
    void
            given_a_version_that_was_replaced_in_this_poll_when_a_pass_shows_it_then_it_is_not_due_but_the_probe_decides() {
        due(Reading.FORWARD, OLD);
        assertThat(due(Reading.PROBE, NEW)).containsExactly(NEW);

        assertThat(due(Reading.PASS, OLD)).as("an older page").isEmpty();
        assertThat(due(Reading.PROBE, OLD)).as("the row is what it was").containsExactly(OLD);
    }

    @Test
    void given_a_pass_when_it_brings_a_new_record_or_a_new_version_then_it_has_to_be_accounted_for() {
        shift.beginPass();
        due(Reading.FORWARD, OLD);
        assertThat(shift.afterPass(2)).as("the forward reading brought it").isFalse();

        assertThat(due(Reading.PASS, row("p2", "Added", "1"))).hasSize(1);
        assertThat(shift.afterPass(2)).isTrue();

        shift.beginPass();
        assertThat(due(Reading.PASS, NEW)).containsExactly(NEW);
        assertThat(shift.afterPass(2)).isTrue();
        due(Reading.PROBE, NEW);
        assertThat(shift.afterPass(2)).isFalse();

        shift.beginPass();
        due(Reading.PROBE, GONE);
        assertThat(shift.afterPass(2)).as("the probe brought it").isFalse();
    }

    @Test
    void given_a_version_that_is_not_wanted_when_it_replaces_one_that_was_delivered_then_that_one_is_forgotten() {
        ledger.add(OLD.version());
        SeenVersions earlier = new SeenVersions();
        earlier.note(OLD.recordKey(), OLD.version());
        ledger.extendWindow(earlier);

        assertThat(due(Reading.FORWARD, GONE)).isEmpty();

        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_a_version_that_is_not_wanted_when_it_replaces_one_within_the_poll_then_that_one_is_forgotten_too() {
        due(Reading.FORWARD, OLD);
        ledger.add(OLD.version());

        assertThat(due(Reading.PROBE, GONE)).isEmpty();

        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_rows_that_were_not_handed_over_when_put_back_then_what_they_replaced_is_the_last_again() {
        due(Reading.FORWARD, OLD);
        List<Due> due = deduplicator.due(page(NEW, row("p2", "Added", "1")), Reading.PROBE);

        deduplicator.putBack(due);

        assertThat(seen.last(OLD.recordKey())).isEqualTo(OLD.version());
    }

    /**
     * A ledger key does not count if another version is in the open window, and none of these rows reached the route.
     */
    @Test
    void
            given_a_row_that_was_not_handed_over_when_it_is_what_an_earlier_process_delivered_next_time_then_it_is_known() {
        ledger.add(OLD.version());
        List<Due> due = deduplicator.due(page(NEW), Reading.PROBE);

        deduplicator.putBack(due);
        ledger.extendWindow(seen);

        assertThat(ledger.isKnown(OLD.recordKey(), OLD.version(), false)).isTrue();
    }

    @Test
    void given_versions_known_or_not_when_shown_then_only_the_others_are_new() {
        ledger.add(OLD.version());
        due(Reading.FORWARD, OLD);
        assertThat(deduplicator.showedNew()).isFalse();

        assertThat(due(Reading.PROBE, GONE)).isEmpty();
        assertThat(deduplicator.showedNew()).as("wanted or not").isTrue();
    }

    @Test
    void given_a_sibling_at_rest_when_the_list_shows_it_without_the_last_one_then_it_is_to_be_delivered_again() {
        ledger.add(OLD.version());
        ledger.add(NEW.version());
        SeenVersions earlier = new SeenVersions();
        earlier.note(OLD.recordKey(), NEW.version());
        earlier.noteSibling(OLD.recordKey(), OLD.version());
        ledger.extendWindow(earlier);

        assertThat(due(Reading.FORWARD, OLD))
                .as("as long as the last one may follow")
                .isEmpty();

        assertThat(deduplicator.siblings().revokeTentative()).isTrue();
        assertThat(ledger.contains(OLD.version())).isFalse();
    }

    @Test
    void given_a_sibling_at_rest_when_the_list_shows_the_last_one_on_another_page_then_both_are_known() {
        ledger.add(OLD.version());
        ledger.add(NEW.version());
        SeenVersions earlier = new SeenVersions();
        earlier.note(OLD.recordKey(), NEW.version());
        earlier.noteSibling(OLD.recordKey(), OLD.version());
        ledger.extendWindow(earlier);

        assertThat(due(Reading.FORWARD, OLD)).isEmpty();
        assertThat(due(Reading.FORWARD, NEW)).isEmpty();

        assertThat(deduplicator.siblings().revokeTentative()).isFalse();
        assertThat(ledger.contains(OLD.version())).isTrue();
        assertThat(shift.afterForward()).isFalse();
    }
}
