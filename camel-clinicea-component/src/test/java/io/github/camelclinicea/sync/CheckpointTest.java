/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.sync.TestRepository.Connection;
import io.github.camelclinicea.sync.TestRepository.Crash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Instant TIME = Instant.parse("2026-11-23T10:05:17Z");
    private static final Clock CLOCK = Clock.fixed(TIME, ZoneOffset.UTC);

    private final TestRepository repository = new TestRepository(() -> {});

    private Checkpoint node() {
        return node(repository.new Connection());
    }

    private static Checkpoint node(Connection connection) {
        return new Checkpoint(new RepositoryKeys(connection), "s", CLOCK);
    }

    @Test
    void given_nothing_written_when_read_then_there_is_none() {
        assertThat(node().read()).isEmpty();
    }

    @Test
    void given_a_timestamp_when_written_then_it_is_spelled_as_the_contract_says() {
        node().write(null, TIME.plusMillis(999));

        assertThat(repository.keys())
                .containsExactlyInAnyOrder(
                        "s@2026",
                        "s@2026-11",
                        "s@2026-11-23",
                        "s@2026-11-23T10",
                        "s@2026-11-23T10:05",
                        "s@2026-11-23T10:05:17",
                        "s@2026-11-23T10:05:17Z");
        assertThat(node().read()).contains(TIME);
    }

    @Test
    void given_a_crash_while_writing_when_looked_at_then_the_leaf_was_first() {
        Connection connection = repository.new Connection();
        connection.crashAfter(2);

        assertThatThrownBy(() -> node(connection).write(null, TIME)).isInstanceOf(Crash.class);

        assertThat(repository.keys()).containsExactly("s@2026-11-23T10:05:17");
        assertThat(node().read()).isEmpty();
    }

    @Test
    void given_a_later_timestamp_when_written_then_only_its_path_is_left() {
        for (Duration step : List.of(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofDays(40),
                Duration.ofDays(366))) {
            node().write(null, TIME);
            node().write(TIME, TIME.plus(step));

            assertThat(repository.keys()).as("after %s", step).hasSize(7);
            assertThat(node().read()).contains(TIME.plus(step));
            node().clear();
        }
    }

    @Test
    void given_any_repository_when_read_then_it_takes_some_220_calls_at_most() {
        Connection connection = repository.new Connection();
        node().write(null, Instant.parse("2000-01-01T00:00:00Z"));

        assertThat(node(connection).read()).contains(Instant.parse("2000-01-01T00:00:00Z"));
        assertThat(connection.calls()).isLessThanOrEqualTo(220);
    }

    @Test
    void given_branches_without_an_end_when_read_then_it_backs_up_to_the_largest_complete_one() {
        node().write(null, TIME);
        TestRepository.Connection odd = repository.new Connection();
        List.of("s@2027", "s@2026-12", "s@2026-12-24", "s@2026-11-30", "s@2026-11-23T11", "s@2026-11-23T10:59")
                .forEach(odd::add);
        odd.add("s@2026-11-30T10:00:00");

        assertThat(node().read()).contains(TIME);
    }

    @Test
    void given_another_sync_in_the_repository_when_read_then_it_is_left_alone() {
        new Checkpoint(new RepositoryKeys(repository.new Connection()), "other", CLOCK)
                .write(null, TIME.plusSeconds(5));
        node().write(null, TIME);

        assertThat(node().read()).contains(TIME);
        node().clear();

        assertThat(node().read()).isEmpty();
        assertThat(repository.keys()).hasSize(7).allMatch(key -> key.startsWith("other@"));
    }

    @Test
    void given_a_clock_that_is_years_behind_when_read_then_the_checkpoint_is_found() {
        node().write(null, TIME);
        Clock wrong = Clock.fixed(Instant.parse("1999-01-01T00:00:00Z"), ZoneOffset.UTC);

        assertThat(new Checkpoint(new RepositoryKeys(repository.new Connection()), "s", wrong).read())
                .contains(TIME);
    }

    @Test
    void given_a_moment_before_Clinicea_when_written_then_nothing_is_kept() {
        node().write(null, Instant.parse("1999-12-31T23:59:59Z"));

        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_a_timestamp_when_asked_whether_it_is_there_then_only_as_long_as_it_is() {
        node().write(null, TIME);
        assertThat(node().holds(TIME)).isTrue();
        assertThat(node().holds(TIME.plusSeconds(1))).isFalse();
        assertThat(node().holds(Instant.parse("1999-12-31T23:59:59Z")))
                .as("a moment that is never kept")
                .isFalse();

        node().write(TIME, TIME.plusSeconds(1));

        assertThat(node().holds(TIME)).isFalse();
        assertThat(node().holds(TIME.plusSeconds(1))).isTrue();
    }

    @Test
    void given_the_path_of_an_earlier_version_when_read_to_go_on_then_its_last_key_is_added() {
        repository.keys().addAll(pathOf(TIME));
        assertThat(node().read()).contains(TIME);
        assertThat(node().holds(TIME)).isFalse();

        assertThat(node().readToGoOn()).contains(TIME);

        assertThat(node().holds(TIME)).isTrue();
        assertThat(repository.keys()).hasSize(7);
        Connection connection = repository.new Connection();
        node(connection).readToGoOn();
        assertThat(connection.calls()).as("no write").isEqualTo(readCalls());
    }

    private int readCalls() {
        Connection connection = repository.new Connection();
        node(connection).read();
        return connection.calls();
    }

    @Test
    void given_several_paths_of_an_earlier_version_when_read_then_the_earliest_counts() {
        repository.keys().addAll(pathOf(TIME));
        repository.keys().addAll(pathOf(TIME.plusSeconds(86_400)));
        repository.keys().addAll(pathOf(TIME.minusSeconds(1)));

        assertThat(node().read()).contains(TIME.minusSeconds(1));

        node().write(null, TIME);
        assertThat(node().read()).contains(TIME);
    }

    @Test
    void given_checkpoints_with_shared_keys_when_cleared_then_none_comes_back_with_a_later_one() {
        for (int calls = 0; calls < 2_000; calls++) {
            TestRepository shared = new TestRepository(() -> {});
            node(shared.new Connection()).write(null, TIME);
            node(shared.new Connection()).write(null, TIME.plusSeconds(1));
            node(shared.new Connection()).write(null, TIME.plusSeconds(61));
            Connection clearing = shared.new Connection();
            clearing.crashAfter(calls);
            try {
                node(clearing).clear();
                assertThat(shared.keys()).isEmpty();
                return;
            } catch (Crash e) {
                // A request to reset is carried out again.
                node(shared.new Connection()).clear();
            }

            node(shared.new Connection()).write(null, TIME.minusSeconds(5));

            assertThat(node(shared.new Connection()).read()).contains(TIME.minusSeconds(5));
        }
        throw new AssertionError("a clearing that does not end");
    }

    /** Distances in each unit of time, shorter than a larger unit and across it. */
    private static final List<Duration> DISTANCES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(50),
            Duration.ofMinutes(1),
            Duration.ofMinutes(57),
            Duration.ofHours(1),
            Duration.ofHours(15),
            Duration.ofDays(1),
            Duration.ofDays(25),
            Duration.ofDays(31),
            Duration.ofDays(366));

    /** The state before the first write: none, a checkpoint, or one that an earlier version has written. */
    private enum Before {
        NOTHING,
        CHECKPOINT,
        OF_AN_EARLIER_VERSION
    }

    @Test
    void given_two_writes_that_end_anywhere_when_read_then_no_checkpoint_comes_back() {
        int ended = 0;
        for (Before before : Before.values()) {
            for (Duration distance : DISTANCES) {
                for (Instant second : List.of(TIME.plus(distance), TIME.minus(distance))) {
                    for (int calls = 0; calls <= 24; calls++) {
                        for (int callsOfSecond = 0; callsOfSecond <= 24; callsOfSecond++) {
                            ended += writeTwice(before, calls, second, callsOfSecond) ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(ended).isPositive();
    }

    /** Returns whether the second write came to its end. */
    private static boolean writeTwice(Before before, int calls, Instant second, int callsOfSecond) {
        String what = before + ", " + calls + " calls, then " + second + ", " + callsOfSecond + " calls";
        TestRepository shared = new TestRepository(() -> {});
        Instant base = before == Before.NOTHING ? null : TIME.minus(Duration.ofDays(500));
        if (before == Before.CHECKPOINT) {
            node(shared.new Connection()).write(null, base);
        } else if (before == Before.OF_AN_EARLIER_VERSION) {
            shared.keys().addAll(pathOf(base));
        }
        boolean firstEnded = write(shared, TIME, calls);
        Instant between = node(shared.new Connection()).read().orElse(null);
        assertThat(between).as(what).isIn(firstEnded ? List.of(TIME) : Arrays.asList(base, TIME));

        boolean secondEnded = write(shared, second, callsOfSecond);

        Instant after = node(shared.new Connection()).read().orElse(null);
        if (secondEnded) {
            assertThat(after).as(what).isEqualTo(second);
        } else {
            // An incomplete first write counts at most if the second one is later.
            Instant smaller = second.isBefore(TIME) ? second : TIME;
            assertThat(after)
                    .as(what)
                    .isIn(between == null ? Arrays.asList(null, smaller, second) : List.of(between, second));
        }
        Instant back = (second.isBefore(TIME) ? second : TIME).minusSeconds(3_600);
        write(shared, back, Integer.MAX_VALUE / 2);
        assertThat(node(shared.new Connection()).read()).as(what).contains(back);
        return secondEnded;
    }

    /** Writes as a process that begins and ends at a call; returns whether the write came to its end. */
    private static boolean write(TestRepository shared, Instant moment, int calls) {
        Instant committed = node(shared.new Connection()).readToGoOn().orElse(null);
        Connection connection = shared.new Connection();
        connection.crashAfter(calls);
        try {
            node(connection).write(committed, moment);
            return true;
        } catch (Crash e) {
            return false;
        }
    }

    @Test
    void given_writes_that_ended_when_an_earlier_version_reads_then_it_finds_the_same_checkpoint() {
        for (Duration distance : DISTANCES) {
            for (Instant second : List.of(TIME.plus(distance), TIME.minus(distance))) {
                TestRepository shared = new TestRepository(() -> {});
                node(shared.new Connection()).write(null, TIME);
                node(shared.new Connection()).write(TIME, second);

                assertThat(shared.keys()).hasSize(7).containsAll(pathOf(second));
            }
        }
    }

    @Test
    void given_a_checkpoint_that_moves_when_written_then_its_last_key_costs_two_calls_and_a_confirmation() {
        Connection connection = repository.new Connection();
        node(connection).write(null, TIME);
        int first = connection.calls();
        node(connection).write(TIME, TIME.plusSeconds(1));

        assertThat(first).isEqualTo(2 * 7);
        assertThat(connection.calls() - first).as("seven keys come, two go").isEqualTo(2 * 7 + 2);
    }

    private static List<String> pathOf(Instant moment) {
        String text = "s@" + moment;
        return Stream.of(6, 9, 12, 15, 18, 21)
                .map(end -> text.substring(0, end))
                .toList();
    }

    /** Holds a write by one of two nodes, which ends after the given number of calls to the repository. */
    private record Write(int node, long ahead, int calls) {}

    @Provide
    Arbitrary<List<Write>> writes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(0L, 1L, 59L, 60L, 3_599L, 3_600L, 86_400L, 2_700_000L),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just(99)),
                                Tuple.of(1, Arbitraries.integers().between(0, 21))))
                .as(Write::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 1000)
    void whatever_two_nodes_write_and_wherever_they_crash_what_is_readable_was_committed_and_never_goes_back(
            @ForAll("writes") List<Write> writes) {
        Instant start = Instant.parse("2026-10-31T23:59:58Z");
        List<Instant> attempted = new ArrayList<>(List.of(start));
        Instant[] committed = {start, start};
        Instant[] readable = {null};
        TestRepository shared = new TestRepository(() -> {});
        node(shared.new Connection()).write(null, start);
        Instant largest = start;
        for (Write write : writes) {
            Connection connection = shared.new Connection();
            connection.crashAfter(write.calls());
            Instant next = committed[write.node()].plusSeconds(write.ahead());
            attempted.add(next);
            try {
                node(connection).write(committed[write.node()], next);
                committed[write.node()] = next;
                largest = next.isAfter(largest) ? next : largest;
            } catch (Crash e) {
                // The node that replaces it reads the existing keys.
                committed[write.node()] = node(shared.new Connection()).read().orElseThrow();
            }
            Instant now = node(shared.new Connection()).read().orElseThrow();
            assertThat(attempted).contains(now);
            assertThat(now).isAfterOrEqualTo(largest);
            assertThat(readable[0] == null || !now.isBefore(readable[0])).isTrue();
            readable[0] = now;
        }
        node(shared.new Connection()).clear();
        assertThat(node(shared.new Connection()).read()).isEmpty();
    }

    /** One node's write stops at each of its calls, and the other node writes in between. */
    @Test
    void given_a_write_in_the_middle_of_another_when_read_at_any_call_then_it_is_the_larger_that_is_done() {
        for (long first : new long[] {1, 50, 3_000, 100_000}) {
            for (long second : new long[] {2, 50, 2_999, 200_000}) {
                for (int at = 1; at < 24; at++) {
                    interleave(TIME.plusSeconds(first), TIME.plusSeconds(second), at);
                }
            }
        }
    }

    private static void interleave(Instant first, Instant second, int at) {
        TestRepository shared = new TestRepository(() -> {});
        node(shared.new Connection()).write(null, TIME);
        TreeSet<Instant> seen = new TreeSet<>();
        Connection slow = shared.new Connection();
        slow.beforeCall(at, () -> {
            node(shared.new Connection()).write(TIME, second);
            seen.add(node(shared.new Connection()).read().orElseThrow());
        });

        node(slow).write(TIME, first);

        if (seen.isEmpty()) {
            return;
        }
        Instant last = node(shared.new Connection()).read().orElseThrow();
        assertThat(last).isEqualTo(first.isAfter(second) ? first : second);
        assertThat(seen).allMatch(moment -> moment.equals(first) || moment.equals(second));
        assertThat(seen).allMatch(moment -> !moment.isBefore(second));
    }
}
