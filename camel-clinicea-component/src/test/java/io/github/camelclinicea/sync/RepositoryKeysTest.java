/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepositoryKeysTest {
    private static final long LONGER_THAN_ANY_TEST = 3_600_000;

    private final TestRepository repository = new TestRepository(() -> {});
    private final TestRepository.Connection connection = repository.new Connection();
    private final RepositoryKeys keys = new RepositoryKeys(connection, 0);

    @Test
    void given_a_repository_that_fails_three_times_when_called_then_the_fourth_call_counts() {
        repository.keys().add("old");

        connection.failAfter(0, 3);
        assertThat(keys.contains("old")).isTrue();
        assertThat(connection.calls()).isEqualTo(4);

        connection.failAfter(0, 3);
        keys.remove("old");
        assertThat(repository.keys()).isEmpty();
    }

    @Test
    void given_a_repository_that_fails_once_when_a_key_is_added_then_it_is_new_all_the_same() {
        connection.failAfter(0, 1);

        assertThat(keys.add("new")).isTrue();

        assertThat(keys.add("new")).isFalse();
        assertThat(repository.keys()).containsExactly("new");
    }

    @Test
    void given_a_confirmation_that_fails_three_times_when_a_key_is_added_then_it_is_confirmed_and_added_once() {
        connection.failAfter(1, 3);

        assertThat(keys.add("new")).isTrue();

        assertThat(connection.calls()).as("add, and confirm four times").isEqualTo(5);
    }

    @Test
    void given_a_repository_that_fails_four_times_when_called_then_its_failure_is_thrown() {
        connection.failAfter(0, 4);

        assertThatThrownBy(() -> keys.contains("any")).hasMessage("the repository is out of order");

        assertThat(connection.calls()).isEqualTo(4);
        assertThat(keys.contains("any")).as("the fifth call").isFalse();
    }

    @Test
    void given_a_transaction_when_a_call_fails_then_it_is_not_repeated() {
        connection.failAfter(0, 1);

        assertThatThrownBy(() -> keys.inTransaction().remove("any")).hasMessage("the repository is out of order");

        assertThat(connection.calls()).isEqualTo(1);
    }

    @Test
    void given_an_action_that_wants_no_more_keys_when_listed_then_the_listing_ends_and_is_not_repeated() {
        repository.keys().addAll(List.of("a1", "a2", "a3", "b1"));
        RepositoryKeys bulk = new RepositoryKeys(repository.new BulkConnection(), 0);
        List<String> passed = new ArrayList<>();

        assertThat(bulk.forEach("a", key -> passed.add(key) && passed.size() < 2))
                .isFalse();
        assertThat(passed).containsExactly("a1", "a2");

        assertThat(bulk.forEach("a", passed::add)).isTrue();
        assertThat(passed).containsExactly("a1", "a2", "a1", "a2", "a3");
    }

    @Test
    void given_an_Error_when_called_then_it_is_not_repeated() {
        connection.throwErrorAfter(0);

        assertThatThrownBy(() -> keys.contains("any")).isInstanceOf(NoClassDefFoundError.class);

        assertThat(connection.calls()).isEqualTo(1);
    }

    @Test
    void given_a_thread_that_is_interrupted_when_a_call_fails_then_it_does_not_wait_and_stays_interrupted() {
        connection.failAfter(0, 4);
        RepositoryKeys patient = new RepositoryKeys(connection, LONGER_THAN_ANY_TEST);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> patient.contains("any")).hasMessage("the repository is out of order");

        assertThat(Thread.interrupted()).as("and from here on not").isTrue();
        assertThat(connection.calls()).isEqualTo(1);
    }
}
