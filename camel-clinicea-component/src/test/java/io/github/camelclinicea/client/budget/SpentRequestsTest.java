/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.client.budget.SpentRequests.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpentRequestsTest {
    private static final String DAY = "2026-12-01";

    private final MemoryKeys keys = new MemoryKeys();

    private SpentRequests node() {
        return new SpentRequests(keys, "clinicea-budget/hash/");
    }

    private static List<Block> all(SpentRequests node, long limit) {
        List<Block> blocks = new ArrayList<>();
        for (Optional<Block> block = node.reserve(DAY, limit); block.isPresent(); block = node.reserve(DAY, limit)) {
            blocks.add(block.get());
        }
        return blocks;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 999, 1_000, 1_001, 1_005, 12_345, 99_999, 100_000, 100_001, 250_050})
    void given_a_limit_when_all_is_reserved_then_blocks_follow_each_other_and_make_up_the_limit(long limit) {
        long before = 0;
        for (Block block : all(node(), limit)) {
            assertThat(block.before()).isEqualTo(before);
            assertThat(block.requests()).isBetween(1L, Math.max(1, before / 100));
            before = block.end();
        }
        assertThat(before).isEqualTo(limit);
        assertThat(keys.keys).allMatch(key -> key.length() < 100);
    }

    @Test
    void given_a_count_when_a_process_starts_then_it_goes_on_after_few_calls() {
        all(node(), 150_000);
        keys.calls.set(0);

        assertThat(node().reserve(DAY, 1_000_000))
                .hasValueSatisfying(block -> assertThat(block.before()).isEqualTo(150_000));
        assertThat(keys.calls.get()).isLessThan(30);
    }

    @Test
    void given_two_nodes_when_they_reserve_in_turns_then_no_request_is_given_twice() {
        SpentRequests one = node();
        SpentRequests other = node();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            (i % 3 == 0 ? one : other).reserve(DAY, 5_000).ifPresent(blocks::add);
        }
        assertThat(blocks.stream().mapToLong(Block::requests).sum()).isEqualTo(5_000);
        assertThat(blocks.stream().map(Block::before)).doesNotHaveDuplicates();
    }

    @Test
    void given_nodes_at_once_when_they_reserve_then_they_get_the_limit_together() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Block>>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                nodes.add(() -> all(node(), 3_007));
            }
            long sum = 0;
            for (Future<List<Block>> blocks : threads.invokeAll(nodes)) {
                sum += blocks.get().stream().mapToLong(Block::requests).sum();
            }
            assertThat(sum).isEqualTo(3_007);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each process sends a part of its last block and ends without a word. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void given_processes_that_crash_when_they_send_then_it_is_never_more_than_the_limit_and_little_is_lost(int seed) {
        Random random = new Random(seed);
        long limit = 20_000;
        long sent = 0;
        int crashes = 0;
        boolean left = true;
        while (left) {
            SpentRequests process = node();
            for (int i = random.nextInt(400) + 1; i > 0 && left; i--) {
                Optional<Block> block = process.reserve(DAY, limit);
                left = block.isPresent();
                boolean isLast = i == 1;
                sent += block.map(Block::requests)
                        .map(requests -> isLast ? random.nextInt(requests.intValue()) + 1L : requests)
                        .orElse(0L);
            }
            crashes++;
        }
        assertThat(sent).isBetween(limit - crashes * 10L, limit);
        assertThat(crashes).isGreaterThan(5);
    }

    @Test
    void given_another_limit_when_reserved_then_the_count_means_the_same() {
        all(node(), 1_055);

        assertThat(node().reserve(DAY, 1_000)).isEmpty();
        assertThat(node().reserve(DAY, 1_055)).isEmpty();
        // The rest of the block that the smaller limit cut off is given up.
        assertThat(node().reserve(DAY, 2_000)).contains(new Block(1_060, 10));
    }

    @Test
    void given_periods_when_one_is_forgotten_then_the_other_stays() {
        SpentRequests node = node();
        all(node, 1_205);
        node.reserve("2026-12", 10);
        int size = keys.keys.size();
        assertThat(node.isBegun(DAY)).isTrue();

        node.forget(DAY);

        assertThat(size).isEqualTo(1_000 + 21 + 1);
        assertThat(keys.keys).containsExactly("clinicea-budget/hash/2026-12/0");
        assertThat(node().isBegun(DAY)).isFalse();
        assertThat(node().isBegun("2026-12")).isTrue();
        node.forget(DAY);
        assertThat(keys.keys).hasSize(1);
    }

    @Test
    void given_a_crash_while_a_period_is_forgotten_when_repeated_then_nothing_is_left() {
        all(node(), 50);
        int[] removed = {0};
        BudgetKeys crashing = new BudgetKeys() {
            @Override
            public boolean contains(String key) {
                return keys.contains(key);
            }

            @Override
            public boolean add(String key) {
                return keys.add(key);
            }

            @Override
            public void removeAll(List<String> all) {
                for (String key : all) {
                    if (++removed[0] > 20) {
                        throw new IllegalStateException("crashed");
                    }
                    keys.removeAll(List.of(key));
                }
            }
        };
        assertThatThrownBy(() -> new SpentRequests(crashing, "clinicea-budget/hash/").forget(DAY))
                .hasMessage("crashed");
        assertThat(node().isBegun(DAY)).isTrue();

        node().forget(DAY);

        assertThat(keys.keys).isEmpty();
    }
}
