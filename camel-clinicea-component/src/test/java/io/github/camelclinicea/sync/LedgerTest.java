/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.state.BulkIdempotentRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final RowVersion VERSION = new RowVersion(0, 0);

    @Test
    void given_a_version_when_added_and_removed_then_its_key_is_sync_and_fingerprint_and_nothing_else() {
        TestRepository repository = new TestRepository(() -> {});
        Ledger ledger = new Ledger(new RepositoryKeys(repository.new Connection()), "patients");

        ledger.add(VERSION);
        assertThat(repository.keys()).containsExactly("patients#AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(ledger.contains(VERSION)).isTrue();
        ledger.remove(VERSION);

        assertThat(ledger.contains(VERSION)).isFalse();
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_the_longest_sync_id_when_added_then_the_key_fits_a_column_of_100() {
        TestRepository repository = new TestRepository(() -> {});
        new Ledger(new RepositoryKeys(repository.new Connection()), "x".repeat(SyncSettings.LONGEST_SYNC_ID))
                .add(VERSION);

        assertThat(repository.keys()).allMatch(key -> key.length() == 100);
    }

    @Test
    void given_a_repository_that_reserves_when_added_then_the_key_is_confirmed_too() {
        List<String> calls = new ArrayList<>();
        RepositoryKeys keys = new RepositoryKeys(new Recording(calls));

        assertThat(keys.add("k")).as("new").isTrue();

        assertThat(calls).containsExactly("add k", "confirm k");
        assertThat(keys.add("k")).as("there already").isFalse();
    }

    @Test
    void given_another_node_that_adds_at_the_same_moment_when_the_add_fails_then_the_key_counts_as_added() {
        List<String> calls = new ArrayList<>();
        RepositoryKeys keys = new RepositoryKeys(new Recording(calls) {
            @Override
            public boolean add(String key) {
                super.add(key);
                throw new IllegalStateException("duplicate key");
            }
        });

        assertThat(keys.add("k")).as("by this node").isFalse();

        assertThat(calls).containsExactly("add k", "contains k", "confirm k");
    }

    @Test
    void given_a_repository_out_of_order_when_added_then_the_failure_is_told() {
        RepositoryKeys keys = new RepositoryKeys(new Recording(new ArrayList<>()) {
            @Override
            public boolean add(String key) {
                throw new IllegalStateException("out of order");
            }
        });

        assertThatThrownBy(() -> keys.add("k")).hasMessage("out of order");
    }

    /** Returns a different version for each number. */
    private static RowVersion version(int number) {
        return new RowVersion(number, 1);
    }

    private static SeenVersions seen(int from, int to) {
        SeenVersions seen = new SeenVersions();
        IntStream.range(from, to).forEach(number -> seen.note(number, version(number)));
        return seen;
    }

    private static List<RowVersion> versions(int from, int to) {
        return IntStream.range(from, to).mapToObj(LedgerTest::version).toList();
    }

    /** Tests the ledger on a repository that takes many keys at once. */
    @Nested
    class Bulk {
        private final Progress progress = new Progress(Clock.systemUTC());
        private final BulkRecording repository = new BulkRecording();
        private final Ledger ledger = new Ledger(new RepositoryKeys(repository, 0), "s");

        @Test
        void given_versions_looked_up_when_asked_then_the_repository_is_asked_once_for_all() {
            ledger.addAll(versions(0, 2));
            repository.calls.clear();

            ledger.lookUp(versions(0, 3), List.of());

            assertThat(ledger.contains(version(0))).isTrue();
            assertThat(ledger.contains(version(1))).isTrue();
            assertThat(ledger.contains(version(2))).isFalse();
            assertThat(repository.calls).containsExactly("containsAll 3");
            ledger.endLookUp();
            assertThat(ledger.contains(version(2))).isFalse();
            assertThat(repository.calls).containsExactly("containsAll 3", "contains 1");
        }

        @Test
        void given_versions_looked_up_when_added_or_removed_then_the_old_answer_does_not_count() {
            ledger.addAll(versions(2, 4));
            ledger.lookUp(versions(0, 5), List.of());

            ledger.add(version(0));
            ledger.addAll(versions(1, 2));
            ledger.remove(version(2));
            ledger.addInTransaction(versions(3, 4), versions(4, 5));

            assertThat(versions(0, 5).stream().map(ledger::contains)).containsExactly(true, true, false, false, true);
        }

        @Test
        void
                given_versions_that_a_look_up_did_not_find_when_delivered_in_a_transaction_then_they_are_not_asked_for_again() {
            ledger.lookUp(versions(0, 3), List.of());
            ledger.endLookUp();
            repository.calls.clear();

            ledger.addInTransaction(List.of(), versions(0, 2));

            assertThat(repository.calls).containsExactly("removeAll 0", "addNew 2");
        }

        @Test
        void given_a_version_that_was_found_or_added_or_not_looked_up_when_delivered_then_it_may_be_there() {
            ledger.add(version(0));
            ledger.lookUp(versions(0, 2), List.of());
            repository.calls.clear();

            ledger.addInTransaction(List.of(), versions(0, 2));
            ledger.addInTransaction(List.of(), versions(1, 2));
            ledger.addInTransaction(List.of(), versions(7, 8));

            assertThat(repository.calls)
                    .filteredOn(call -> call.startsWith("add"))
                    .containsExactly("addAll 2", "addAll 1", "addAll 1");
            assertThat(versions(0, 2)).allMatch(ledger::contains);
        }

        private Ledger beginFirstPoll() {
            Ledger transacted = new Ledger(
                    new RepositoryKeys(repository, 0), "s", new Fence(new RepositoryKeys(repository, 0), "s", true));
            transacted.start();
            transacted.wasOvertaken();
            repository.calls.clear();
            return transacted;
        }

        @Test
        void given_no_key_when_a_poll_begins_then_versions_that_it_was_not_shown_before_are_not_asked_for() {
            Ledger first = beginFirstPoll();

            first.lookUp(versions(0, 3), List.of());
            first.addInTransaction(List.of(), versions(0, 3));
            first.endLookUp();
            first.lookUp(versions(3, 5), versions(2, 3));

            assertThat(versions(2, 5).stream().map(first::contains)).containsExactly(true, false, false);
            assertThat(repository.calls)
                    .filteredOn(call -> call.startsWith("containsAll"))
                    .containsExactly("containsAll 1");
        }

        @Test
        void given_a_key_when_a_poll_begins_then_all_versions_are_asked_for() {
            ledger.add(version(1));
            Ledger second = beginFirstPoll();

            second.lookUp(versions(0, 3), List.of());

            assertThat(versions(0, 3).stream().map(second::contains)).containsExactly(false, true, false);
            assertThat(repository.calls).containsExactly("containsAll 3");
        }

        @Test
        void given_a_key_added_outside_a_delivery_when_versions_are_looked_up_then_all_are_asked_for() {
            Ledger first = beginFirstPoll();

            first.add(version(2));
            first.lookUp(versions(0, 3), List.of());

            assertThat(first.contains(version(2))).isTrue();
        }

        @Test
        void given_keys_of_another_sync_only_when_a_poll_begins_then_versions_are_not_asked_for() {
            repository.add("s=x");
            repository.add("other#" + version(0).text());
            Ledger first = beginFirstPoll();

            first.lookUp(versions(0, 3), List.of());

            assertThat(repository.calls).isEmpty();
        }

        @Test
        void given_a_delivered_poll_when_the_next_begins_then_all_versions_are_asked_for() {
            Ledger first = beginFirstPoll();
            first.addInTransaction(List.of(), versions(0, 1));
            first.wasOvertaken();

            first.lookUp(versions(0, 2), List.of());

            assertThat(versions(0, 2).stream().map(first::contains)).containsExactly(true, false);
        }

        @Test
        void given_no_transactions_when_a_poll_begins_then_another_node_may_add_and_all_are_asked_for() {
            ledger.start();
            ledger.wasOvertaken();
            repository.add("s#" + version(1).text());

            ledger.lookUp(versions(0, 2), List.of());

            assertThat(versions(0, 2).stream().map(ledger::contains)).containsExactly(false, true);
        }

        @Test
        void given_more_than_a_thousand_stale_keys_when_the_window_is_replaced_then_they_go_in_steps() {
            ledger.addAll(versions(0, 2_500));
            ledger.extendWindow(seen(0, 2_500));
            repository.calls.clear();

            assertThat(ledger.replaceWindow(seen(0, 1), () -> true, progress)).isTrue();

            assertThat(repository.calls).containsExactly("removeAll 1000", "removeAll 1000", "removeAll 499");
            assertThat(repository.keys).hasSize(1);
        }

        @Test
        void given_a_stop_between_the_steps_when_the_window_is_replaced_then_the_next_poll_goes_on() {
            ledger.addAll(versions(0, 2_500));
            ledger.extendWindow(seen(0, 2_500));

            assertThat(ledger.replaceWindow(seen(0, 1), () -> repository.keys.size() > 2_000, progress))
                    .isFalse();
            assertThat(repository.keys).hasSize(1_500);

            assertThat(ledger.replaceWindow(seen(0, 1), () -> true, progress)).isTrue();
            assertThat(repository.keys).hasSize(1);
        }

        private Ledger nextProcess() {
            return new Ledger(new RepositoryKeys(repository, 0), "s");
        }

        private boolean replaceWindow(Ledger ledger, SeenVersions seen) {
            return ledger.replaceWindow(seen, () -> true, progress);
        }

        @Test
        void given_keys_of_an_ended_process_when_three_polls_are_clean_then_they_go_and_those_of_shown_rows_stay() {
            ledger.addAll(versions(0, 5));
            new Ledger(new RepositoryKeys(repository, 0), "s2").addAll(versions(0, 5));
            repository.keys.add("s@2026");
            Ledger next = nextProcess();
            repository.calls.clear();

            assertThat(replaceWindow(next, seen(3, 5))).isTrue();
            assertThat(repository.calls)
                    .as("the first poll may be a long backlog")
                    .isEmpty();
            assertThat(replaceWindow(next, seen(3, 5))).isTrue();
            assertThat(repository.keys).as("the second poll only lists them").hasSize(5 + 5 + 1);
            assertThat(replaceWindow(next, seen(3, 5))).isTrue();

            assertThat(versions(0, 5).stream().map(next::contains)).containsExactly(false, false, false, true, true);
            assertThat(repository.keys).hasSize(2 + 5 + 1);
            repository.calls.clear();
            replaceWindow(next, seen(3, 5));
            assertThat(repository.calls).as("a clean poll later").isEmpty();
        }

        @Test
        void given_another_node_that_delivers_during_a_poll_when_the_window_is_replaced_then_its_keys_stay() {
            ledger.addAll(versions(0, 2));
            Ledger next = nextProcess();
            replaceWindow(next, seen(0, 2));
            SeenVersions readBefore = seen(0, 2);
            ledger.addAll(versions(2, 4));

            replaceWindow(next, readBefore);
            SeenVersions readAfter = seen(0, 3);
            ledger.addAll(versions(4, 5));
            replaceWindow(next, readAfter);

            assertThat(versions(0, 5).stream().map(next::contains))
                    .as("the list showed them, did not show one any more, and had not been read again")
                    .containsExactly(true, true, true, false, true);
        }

        @Test
        void given_a_listed_key_whose_row_the_next_poll_shows_when_the_window_is_replaced_then_it_stays() {
            ledger.addAll(versions(0, 2));
            Ledger next = nextProcess();
            replaceWindow(next, seen(1, 2));

            replaceWindow(next, seen(1, 2));
            replaceWindow(next, seen(0, 2));
            replaceWindow(next, seen(0, 2));

            assertThat(versions(0, 2).stream().map(next::contains)).containsExactly(true, true);
        }

        @Test
        void given_a_process_that_starts_again_when_another_left_keys_meanwhile_then_they_go_too() {
            replaceWindow(ledger, seen(0, 1));
            repository.keys.add("s#old");

            ledger.start();
            replaceWindow(ledger, seen(0, 1));
            replaceWindow(ledger, seen(0, 1));
            replaceWindow(ledger, seen(0, 1));

            assertThat(repository.keys).isEmpty();
        }

        @Test
        void given_more_keys_than_one_poll_lists_when_polls_are_clean_then_each_removes_a_part() {
            IntStream.range(0, 250_000).forEach(i -> repository.keys.add("s#" + i));
            repository.keys.add("s-");
            replaceWindow(ledger, seen(0, 1));

            replaceWindow(ledger, seen(0, 1));
            assertThat(repository.passed).as("keys listed").isEqualTo(LeftBehindKeys.LISTED_AT_ONCE);
            replaceWindow(ledger, seen(0, 1));
            assertThat(repository.keys).hasSize(250_001 - LeftBehindKeys.LISTED_AT_ONCE);
            replaceWindow(ledger, seen(0, 1));
            replaceWindow(ledger, seen(0, 1));

            assertThat(repository.keys).containsExactly("s-");
            assertThat(repository.calls)
                    .filteredOn(call -> call.startsWith("removeAll"))
                    .hasSize(250)
                    .containsOnly("removeAll 1000");
        }

        @Test
        void given_a_stop_while_keys_are_listed_or_removed_when_polled_again_then_the_rest_goes() {
            IntStream.range(0, 5_000).forEach(i -> repository.keys.add("s#" + i));
            replaceWindow(ledger, seen(0, 1));

            ledger.replaceWindow(seen(0, 1), () -> repository.passed < 10, progress);
            assertThat(repository.passed).as("keys listed").isEqualTo(10);
            ledger.replaceWindow(seen(0, 1), () -> true, progress);
            ledger.replaceWindow(seen(0, 1), () -> repository.keys.size() > 2_500, progress);
            assertThat(repository.keys).hasSize(1_990);
            replaceWindow(ledger, seen(0, 1));

            assertThat(repository.keys).isEmpty();
        }

        @Test
        void given_siblings_when_keys_of_an_ended_process_are_removed_then_those_of_both_rows_stay() {
            ledger.addAll(versions(0, 3));
            SeenVersions seen = seen(0, 1);
            seen.noteSibling(0, version(1));

            Ledger next = nextProcess();
            replaceWindow(next, seen);
            replaceWindow(next, seen);
            replaceWindow(next, seen);

            assertThat(repository.keys).hasSize(2);
        }

        @Test
        void given_a_large_window_when_replaced_then_the_keys_are_listed_by_a_later_poll_with_a_small_one() {
            repository.keys.add("s#old");
            replaceWindow(ledger, seen(0, 1));

            replaceWindow(ledger, seen(0, LeftBehindKeys.LISTED_AT_ONCE + 1));
            assertThat(repository.passed).as("keys listed").isZero();

            replaceWindow(ledger, seen(0, 1));
            replaceWindow(ledger, seen(0, 1));
            assertThat(repository.keys).isEmpty();
        }

        @Test
        void given_a_listing_that_fails_when_the_window_is_replaced_then_it_is_asked_again() {
            repository.keys.add("s#old");
            repository.failures = 3;
            replaceWindow(ledger, seen(0, 1));

            assertThat(replaceWindow(ledger, seen(0, 1))).isTrue();
            replaceWindow(ledger, seen(0, 1));

            assertThat(repository.keys).isEmpty();
        }
    }

    @Test
    void given_a_repository_that_takes_one_key_a_call_when_the_window_is_replaced_then_a_stop_ends_it_at_once() {
        List<String> calls = new ArrayList<>();
        Ledger ledger = new Ledger(
                new RepositoryKeys(new Recording(calls) {
                    @Override
                    public boolean remove(String key) {
                        calls.add("remove " + key);
                        return super.remove(key);
                    }
                }),
                "s");
        ledger.addAll(versions(0, 100));
        ledger.extendWindow(seen(0, 100));
        calls.clear();

        assertThat(ledger.replaceWindow(seen(0, 1), () -> calls.size() < 3, new Progress(Clock.systemUTC())))
                .isFalse();

        assertThat(calls).hasSize(3);
    }

    /** Records each call with the number of its keys. */
    private static final class BulkRecording extends MemoryIdempotentRepository implements BulkIdempotentRepository {
        private final List<String> calls = new ArrayList<>();
        private final Set<String> keys = new TreeSet<>();
        private int failures;
        private int passed;

        @Override
        public boolean add(String key) {
            calls.add("add 1");
            return keys.add(key);
        }

        @Override
        public boolean contains(String key) {
            calls.add("contains 1");
            return keys.contains(key);
        }

        @Override
        public boolean remove(String key) {
            calls.add("remove 1");
            return keys.remove(key);
        }

        @Override
        public Set<String> containsAll(Collection<String> wanted) {
            calls.add("containsAll " + wanted.size());
            Set<String> present = new TreeSet<>(wanted);
            present.retainAll(keys);
            return present;
        }

        @Override
        public void addAll(Collection<String> added) {
            calls.add("addAll " + added.size());
            keys.addAll(added);
        }

        @Override
        public void addNew(Collection<String> added) {
            calls.add("addNew " + added.size());
            keys.addAll(added);
        }

        @Override
        public void removeAll(Collection<String> removed) {
            calls.add("removeAll " + removed.size());
            removed.forEach(keys::remove);
        }

        @Override
        public void forEach(String prefix, Consumer<String> action) {
            if (failures-- > 0) {
                throw new IllegalStateException("out of order");
            }
            calls.add("forEach " + prefix);
            for (String key : List.copyOf(keys)) {
                if (key.startsWith(prefix)) {
                    passed++;
                    action.accept(key);
                }
            }
        }
    }

    private static class Recording extends MemoryIdempotentRepository {
        private final List<String> calls;

        Recording(List<String> calls) {
            super(new HashMap<>());
            this.calls = calls;
        }

        @Override
        public boolean add(String key) {
            calls.add("add " + key);
            return super.add(key);
        }

        @Override
        public boolean contains(String key) {
            calls.add("contains " + key);
            return super.contains(key);
        }

        @Override
        public boolean confirm(String key) {
            calls.add("confirm " + key);
            return super.confirm(key);
        }
    }
}
