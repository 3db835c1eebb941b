/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Tests a poll that ends early at any point, by a stop, an interrupt or a failure. */
class StopTest {
    private static final Instant FROM = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);

    private final SyncWorld world = new SyncWorld(Setup.of(Traits.friendly(), 12));
    private final Node node = world.node();

    /** Is a route that does not finish its rows, and decides whether the poll goes on. */
    private static final class Holding implements RowSink {
        private final List<Delivery> held = new ArrayList<>();
        private BooleanSupplier open = () -> true;

        @Override
        public boolean open() {
            return open.getAsBoolean();
        }

        @Override
        public boolean wants(Row row) {
            return true;
        }

        @Override
        public void deliver(Delivery delivery) {
            held.add(delivery);
        }

        /** Is open for the given number of checks, and then as the supplier says. */
        void openFor(int looks, BooleanSupplier then) {
            int[] left = {looks};
            open = () -> left[0]-- > 0 || then.getAsBoolean();
        }
    }

    private ChangeSync sync(PageSource pages, int pagesInFlight) {
        ChangeSync sync = new ChangeSync(
                pages,
                world.repository.new Connection(),
                new SyncSettings("t", Duration.ofMinutes(5), pagesInFlight, 0, false, 5, 100, 4, 0),
                Runnable::run,
                world.server.localClock(),
                null,
                0);
        sync.start(FROM);
        return sync;
    }

    @Test
    void given_all_places_taken_when_stopped_then_the_poll_ends_and_the_rows_held_are_still_known() throws Exception {
        ChangeSync sync = sync(world.server, 1);
        Holding route = new Holding();
        route.openFor(20, () -> false);

        assertThat(sync.poll(route)).isEqualTo(new PollResult(5, 0, 0, 1, End.STOPPED));

        assertThat(sync.rowsInFlight()).isEqualTo(5);
        route.held.forEach(Delivery::completed);
        assertThat(sync.rowsInFlight()).isZero();
    }

    @Test
    void given_a_row_still_held_when_its_next_version_comes_and_the_route_stops_then_only_one_is_in_flight()
            throws Exception {
        ChangeSync sync = sync(world.server, 4);
        Holding route = new Holding();
        route.openFor(60, () -> false);
        sync.poll(route);
        assertThat(route.held).hasSize(12);
        world.server.edit(0);
        Delivery old = route.held.remove(0);
        route.held.forEach(Delivery::completed);
        route.held.clear();
        route.openFor(60, () -> false);

        assertThat(sync.poll(route))
                .extracting(PollResult::delivered, PollResult::end)
                .containsExactly(0, End.STOPPED);
        assertThat(route.held).isEmpty();
        assertThat(sync.rowsInFlight()).isEqualTo(1);

        old.completed();
        route.openFor(60, () -> false);
        sync.poll(route);
        assertThat(route.held).extracting(HistoryChecker::key).containsExactly("0:12");
    }

    @Test
    void given_an_interrupt_when_rows_are_in_flight_then_the_poll_does_not_wait_for_them() {
        ChangeSync sync = sync(
                (since, number, listener) -> {
                    if (number == 1) {
                        throw new InterruptedException();
                    }
                    return world.server.fetch(since, number, listener);
                },
                4);
        Holding route = new Holding();

        assertThatThrownBy(() -> sync.poll(route)).isInstanceOf(InterruptedException.class);

        assertThat(sync.rowsInFlight()).isEqualTo(5);
    }

    @Test
    void given_a_page_that_fails_when_rows_are_in_flight_then_the_poll_waits_for_them_first() {
        ChangeSync sync = sync(
                (since, number, listener) -> {
                    if (number == 1) {
                        throw new IOException("no answer");
                    }
                    return world.server.fetch(since, number, listener);
                },
                4);
        Holding route = new Holding();
        route.openFor(60, () -> {
            route.held.forEach(Delivery::completed);
            return true;
        });

        assertThatThrownBy(() -> sync.poll(route)).hasMessage("no answer");

        assertThat(sync.rowsInFlight()).isZero();
    }

    @Test
    void given_a_stop_in_a_backward_pass_when_resumed_then_the_row_it_had_come_upon_is_delivered() throws Exception {
        world.server.beforeRequest(2, () -> world.server.edit(0));
        world.server.beforeRequest(10, () -> node.route.stopAfter(0));

        assertThat(node.poll().end()).isEqualTo(End.STOPPED);
        assertThat(node.route.delivered()).contains("0:12").doesNotContain("5:5");
        node.route.resume();
        node.poll();

        assertThat(node.route.delivered()).containsExactly("5:5");
        world.settleAndCheck();
    }

    @Test
    void given_a_stop_at_any_call_of_the_repository_when_resumed_then_no_key_is_left_behind() throws Exception {
        int calls = 0;
        // The first run has no stop, to count the checks.
        for (int call = 0; call <= calls; call++) {
            SyncWorld other = new SyncWorld(Setup.of(Traits.friendly(), 12));
            Node stopped = other.node();
            stopped.poll();
            other.server.edit(3);
            int before = stopped.connection.calls();
            stopped.connection.beforeCall(before + call, () -> stopped.route.stopAfter(0));
            stopped.poll();
            calls = Math.max(calls, stopped.connection.calls() - before);
            stopped.route.resume();
            other.server.pass(600_000);
            other.server.edit(4);
            stopped.poll();
            other.server.pass(600_000);
            other.server.edit(5);

            assertThat(stopped.poll().end()).isEqualTo(End.CLEAN);

            assertThat(other.repository.keys('#'))
                    .as("of the two rows within the overlap; stop at call %s", call)
                    .hasSize(2);
        }
        assertThat(calls).as("the removal of eleven keys among them").isGreaterThan(11);
    }
}
