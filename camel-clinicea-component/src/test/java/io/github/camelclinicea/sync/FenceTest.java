/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests two nodes on one repository. The token that a transaction adds is added by the test, as the ledger does. */
class FenceTest {
    private final TestRepository repository = new TestRepository(() -> {});
    private final RepositoryKeys one = new RepositoryKeys(repository.new BulkConnection(), 0);
    private final RepositoryKeys two = new RepositoryKeys(repository.new BulkConnection(), 0);

    private static void deliver(Fence fence, RepositoryKeys keys) {
        keys.addAll(fence.replaceToken());
    }

    /** Puts back what a transaction did, as its rollback does. */
    private void rolledBack(Fence fence, RepositoryKeys keys) {
        Set<String> before = Set.copyOf(repository.keys());
        deliver(fence, keys);
        repository.keys().clear();
        repository.keys().addAll(before);
    }

    @Test
    void given_one_node_when_it_delivers_and_rolls_back_then_there_is_one_token_and_it_is_never_overtaken() {
        Fence fence = new Fence(one, "s", true);

        for (int poll = 0; poll < 3; poll++) {
            assertThat(fence.wasOvertaken()).isFalse();
            deliver(fence, one);
            rolledBack(fence, one);
            rolledBack(fence, one);
            deliver(fence, one);
            deliver(fence, one);
            assertThat(fence.holds()).isTrue();
            assertThat(repository.keys()).hasSize(1).allMatch(key -> key.startsWith("s=~"));
        }
    }

    @Test
    void given_a_rollback_before_the_next_poll_when_it_begins_then_it_was_not_overtaken() {
        Fence fence = new Fence(one, "s", true);
        fence.wasOvertaken();
        deliver(fence, one);
        rolledBack(fence, one);

        assertThat(fence.wasOvertaken()).isFalse();
    }

    @Test
    void given_two_nodes_when_the_other_one_delivers_then_this_one_may_not_until_its_next_poll() {
        Fence mine = new Fence(one, "s", true);
        Fence other = new Fence(two, "s", true);
        mine.wasOvertaken();
        other.wasOvertaken();
        assertThat(mine.holds()).isTrue();
        deliver(other, two);

        assertThat(mine.holds()).isFalse();
        assertThatThrownBy(mine::replaceToken)
                .isInstanceOf(OvertakenException.class)
                .hasMessageContaining("sync s ");
        assertThatCode(other::replaceToken).doesNotThrowAnyException();
    }

    @Test
    void given_a_node_that_was_overtaken_when_its_next_poll_begins_then_it_says_so_once_and_may_deliver() {
        Fence mine = new Fence(one, "s", true);
        Fence other = new Fence(two, "s", true);
        mine.wasOvertaken();
        deliver(mine, one);
        other.wasOvertaken();
        deliver(other, two);

        assertThat(mine.wasOvertaken()).isTrue();
        deliver(mine, one);
        assertThat(mine.wasOvertaken()).isFalse();
        assertThat(other.wasOvertaken()).isTrue();
    }

    @Test
    void given_the_first_token_beside_a_later_one_when_a_poll_begins_then_the_later_one_counts() {
        repository.keys().addAll(List.of("s=~0", "s=~1a", "s=~b#1", "s=1"));

        Fence fence = new Fence(one, "s", true);
        fence.wasOvertaken();

        assertThat(repository.keys()).containsExactlyInAnyOrder("s=~1a", "s=~b#1", "s=1");
        assertThatCode(fence::replaceToken).doesNotThrowAnyException();
    }

    @Test
    void given_the_first_token_of_two_nodes_when_one_delivers_and_it_is_made_again_then_the_other_is_overtaken() {
        Fence mine = new Fence(one, "s", true);
        Fence other = new Fence(two, "s", true);
        mine.wasOvertaken();
        other.wasOvertaken();
        deliver(other, two);
        repository.keys().add("s=~0");

        assertThat(mine.wasOvertaken()).isTrue();
        assertThat(repository.keys()).hasSize(1);
    }

    @Test
    void given_the_longest_sync_id_when_delivered_then_the_token_fits_a_column_of_100() {
        Fence fence = new Fence(one, "x".repeat(SyncSettings.LONGEST_SYNC_ID), true);
        fence.wasOvertaken();
        deliver(fence, one);

        assertThat(repository.keys()).hasSize(1).allMatch(key -> key.length() == 100);
    }

    @Test
    void given_no_transactions_or_keys_that_are_not_listed_when_delivered_then_there_is_no_token() {
        Fence notTransacted = new Fence(one, "s", false);
        Fence notListed = new Fence(new RepositoryKeys(repository.new Connection()), "s", true);

        for (Fence fence : List.of(notTransacted, notListed)) {
            assertThat(fence.wasOvertaken()).isFalse();
            assertThat(fence.replaceToken()).isEmpty();
            assertThat(fence.holds()).isTrue();
        }
        assertThat(repository.keys()).isEmpty();
    }
}
