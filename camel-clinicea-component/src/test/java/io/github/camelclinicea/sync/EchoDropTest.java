/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.TestRepository.Connection;
import io.github.camelclinicea.sync.TestRepository.Crash;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Tests how a sync drops an echo: the order in which keys are added and removed, and the state after a crash or a
 * failure in between.
 */
class EchoDropTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:05:17Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Row OLD = row("Added", "1");
    private static final Row ECHO = row("Modified", "2");
    private static final Row BY_ANOTHER = row("Modified", "3");

    /** Holds a clinic, a repository and the polling process. */
    private static final class World implements OpenSink {
        private final TestRepository repository = new TestRepository(() -> {});
        private final EchoMarks writer = new EchoMarks(repository.new Connection(), "s", CLOCK);
        private final List<Row> delivered = new ArrayList<>();
        private List<Row> listed = List.of(OLD);
        private Runnable atDelivery = () -> {};
        private Connection connection;
        private ChangeSync sync;

        World() {
            startProcess();
        }

        private void startProcess() {
            connection = repository.new Connection();
            sync = new ChangeSync(
                    (since, number, listener) -> new Page(number, number == 0 ? listed : List.of(), NOW),
                    connection,
                    new SyncSettings("s", Duration.ofMinutes(5), 1, 0, true, 5, 100, 4, 0),
                    Runnable::run,
                    CLOCK,
                    new EchoMarks(connection, "s", CLOCK),
                    0);
            sync.start(NOW.minus(Duration.ofDays(1)));
        }

        private World oldIsDelivered() throws Exception {
            sync.poll(this);
            assertThat(delivered).containsExactly(OLD);
            return this;
        }

        private World echoIsListed() {
            writer.guard("p1");
            assertThat(writer.mark(ECHO, List.of(OLD))).isTrue();
            listed = List.of(ECHO);
            return this;
        }

        private List<Row> poll() throws Exception {
            delivered.clear();
            sync.poll(this);
            return List.copyOf(delivered);
        }

        /** Returns the keys of the delivery ledger, the marks and the guards, in words. */
        private String keys() {
            StringBuilder words = new StringBuilder();
            for (String key : repository.keys('#')) {
                words.append(key.endsWith(OLD.version().text()) ? "old " : "echo ");
            }
            for (String key : repository.keys('!')) {
                words.append(key.endsWith(ECHO.version().text()) ? "mark " : "");
            }
            return words + (repository.keys('!').stream().anyMatch(key -> key.length() == 13) ? "guard" : "");
        }

        @Override
        public boolean wants(Row row) {
            return !"Deleted".equals(row.status());
        }

        @Override
        public void deliver(Delivery delivery) {
            delivered.add(delivery.row());
            atDelivery.run();
            delivery.completed();
        }
    }

    private static Row row(String status, String content) {
        return TestRow.of("p1", status, "then", content.getBytes(StandardCharsets.UTF_8));
    }

    private static World given_an_echo() throws Exception {
        return new World().oldIsDelivered().echoIsListed();
    }

    @Test
    void given_an_echo_when_polled_then_it_counts_as_delivered_and_nothing_is_left_of_its_mark() throws Exception {
        World world = given_an_echo();

        assertThat(world.poll()).isEmpty();

        assertThat(world.keys()).isEqualTo("echo ");
        assertThat(world.sync.echoesDropped()).isEqualTo(1);
        assertThat(world.sync.rowsDelivered()).as("the one before it").isEqualTo(1);
        assertThat(world.poll()).as("once more").isEmpty();
        assertThat(world.sync.echoesDropped()).isEqualTo(1);
    }

    @Test
    void given_an_echo_when_the_process_ends_at_any_call_then_the_next_one_delivers_nothing() throws Exception {
        Set<String> left = new LinkedHashSet<>();
        boolean ended = true;
        for (int calls = 0; ended; calls++) {
            World world = given_an_echo();
            world.connection.crashAfter(calls);
            try {
                world.poll();
                ended = false;
            } catch (Crash e) {
                left.add(world.keys());
            }
            world.startProcess();

            assertThat(world.poll()).as("after %s calls", calls).isEmpty();
            world.listed = List.of(BY_ANOTHER);
            assertThat(world.poll()).as("after %s calls", calls).containsExactly(BY_ANOTHER);
        }

        assertThat(left).containsExactly("old mark guard", "mark guard", "echo mark guard", "echo guard", "echo ");
    }

    @Test
    void given_an_echo_when_the_repository_fails_at_any_call_then_it_is_dropped_or_delivered_once() throws Exception {
        boolean failed = true;
        for (int calls = 0; failed; calls++) {
            World world = given_an_echo();
            world.connection.failAfter(calls, 4);
            try {
                world.poll();
                failed = false;
            } catch (IllegalStateException e) {
                assertThat(world.delivered).isEmpty();
            }
            world.connection.heal();

            List<Row> second = world.poll();
            assertThat(second).isSubsetOf(ECHO);
            assertThat(world.sync.echoesDropped())
                    .as("dropped if not delivered, failure after %s calls", calls)
                    .isEqualTo(second.isEmpty() ? 1 : 0);
            assertThat(world.poll()).isEmpty();
            assertThat(world.keys()).isEqualTo("echo ");
        }
    }

    @Test
    void given_an_echo_when_what_it_replaced_comes_back_then_that_is_delivered() throws Exception {
        World world = given_an_echo();
        world.poll();

        world.listed = List.of(OLD);

        assertThat(world.poll()).containsExactly(OLD);
    }

    @Test
    void given_an_echo_behind_a_version_that_is_due_when_on_one_page_then_both_are_delivered() throws Exception {
        World world = given_an_echo();
        world.listed = List.of(BY_ANOTHER, ECHO);

        assertThat(world.poll()).containsExactly(BY_ANOTHER, ECHO);

        assertThat(world.sync.echoesDropped()).isZero();
    }

    @Test
    void given_a_version_that_is_due_when_it_reaches_the_route_then_the_watch_has_gone() throws Exception {
        World world = given_an_echo();
        world.listed = List.of(BY_ANOTHER);
        List<Boolean> watched = new ArrayList<>();
        world.atDelivery = () -> watched.add(world.writer.mark(ECHO, List.of()));

        assertThat(world.poll()).containsExactly(BY_ANOTHER);

        assertThat(watched).containsExactly(false);
    }

    @Test
    void given_a_watch_laid_anew_while_another_s_change_is_delivered_when_the_echo_comes_then_it_is_delivered()
            throws Exception {
        World world = given_an_echo();
        world.listed = List.of(BY_ANOTHER);
        world.atDelivery = () -> world.writer.guard("p1");
        world.poll();
        world.atDelivery = () -> {};

        world.listed = List.of(ECHO);

        assertThat(world.writer.isMarked(ECHO)).isTrue();
        assertThat(world.poll()).containsExactly(ECHO);
    }

    @Test
    void given_an_echo_that_is_not_wanted_when_polled_then_its_mark_goes_like_any_other() throws Exception {
        World world = new World().oldIsDelivered();
        Row gone = row("Deleted", "4");
        world.writer.guard("p1");
        world.writer.mark(gone, List.of(OLD));
        world.listed = List.of(gone);

        assertThat(world.poll()).isEmpty();

        assertThat(world.repository.keys('!')).isEmpty();
        assertThat(world.sync.echoesDropped()).isEqualTo(1);
    }

    @Test
    void given_a_mark_when_the_sync_is_reset_then_the_version_is_delivered_and_the_next_echo_dropped()
            throws Exception {
        World world = given_an_echo();
        world.sync.reset(NOW.minus(Duration.ofDays(1)));

        assertThat(world.poll()).containsExactly(ECHO);
        assertThat(world.sync.echoesDropped()).isZero();

        world.listed = List.of(OLD);
        assertThat(world.poll()).containsExactly(OLD);
        world.echoIsListed();
        assertThat(world.poll()).isEmpty();
    }
}
