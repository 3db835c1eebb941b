/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
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
