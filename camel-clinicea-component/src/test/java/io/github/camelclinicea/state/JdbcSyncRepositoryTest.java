/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.testing.Postgres;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSyncRepositoryTest {
    /** The same questions for each database. */
    abstract static class Contract {
        private final HikariDataSource dataSource = new HikariDataSource();
        private JdbcSyncRepository repository;

        abstract String url() throws Exception;

        @BeforeEach
        void open() throws Exception {
            dataSource.setJdbcUrl(url());
            repository = new JdbcSyncRepository(dataSource, "clinic");
            repository.start();
        }

        @AfterEach
        void close() {
            repository.stop();
            dataSource.close();
        }

        private List<String> keys(String prefix, int count) {
            return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        }

        private List<String> listed(String prefix) {
            List<String> listed = new ArrayList<>();
            repository.forEach(prefix, listed::add);
            return listed;
        }

        @Test
        void given_absent_keys_when_added_as_new_then_they_are_there_and_none_is_no_fault() {
            repository.addNew(keys("a", 1_200));
            repository.addNew(List.of());

            assertThat(repository.containsAll(keys("a", 1_201))).hasSize(1_200);
        }

        @Test
        void given_a_key_that_is_there_when_added_as_new_with_others_then_that_fails_and_none_is_added() {
            repository.add("a5");

            assertThatThrownBy(() -> repository.addNew(keys("a", 10))).isInstanceOf(DataAccessException.class);

            assertThat(repository.containsAll(keys("a", 10))).containsExactly("a5");
        }

        @Test
        void given_more_keys_than_a_statement_takes_when_added_then_all_are_found_listed_and_removed() {
            List<String> keys = keys("a#", 2_500);

            repository.addAll(keys);

            assertThat(repository.containsAll(keys)).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(listed("a#")).containsExactlyInAnyOrderElementsOf(keys);
            repository.removeAll(keys.subList(0, 2_499));
            assertThat(listed("")).containsExactly("a#2499");
        }

        @Test
        void given_some_of_the_keys_when_all_are_added_then_the_others_come_to_them() {
            repository.add("a#1");

            repository.addAll(List.of("a#2", "a#1", "a#2"));

            assertThat(listed("a#")).containsExactlyInAnyOrder("a#1", "a#2");
            assertThat(repository.containsAll(List.of("a#1", "a#3", "a#1"))).containsExactly("a#1");
            assertThat(repository.contains("a#2")).isTrue();
        }

        @Test
        void given_no_keys_when_called_then_nothing_happens() {
            repository.addAll(List.of());
            repository.removeAll(Set.of());
            repository.removeAll(List.of("never"));

            assertThat(repository.containsAll(List.of())).isEmpty();
            assertThat(listed("")).isEmpty();
        }

        @Test
        void given_prefixes_with_characters_of_patterns_when_listed_then_they_stand_for_themselves() {
            repository.addAll(List.of("a_b#1", "axb#1", "a%b#1", "a!b#1", "a\\b#1", "a[x]b#1", "A_B#1", "a_b=1"));

            assertThat(listed("a_b#")).containsExactly("a_b#1");
            assertThat(listed("a%b#")).containsExactly("a%b#1");
            assertThat(listed("a!b#")).containsExactly("a!b#1");
        }

        @Test
        void given_another_processor_in_the_table_when_called_then_its_keys_are_not_seen_and_stay() throws Exception {
            JdbcSyncRepository other = new JdbcSyncRepository(dataSource, "clinic-2");
            other.start();
            other.addAll(List.of("a#1", "a#2"));

            repository.addAll(List.of("a#1"));
            assertThat(listed("")).containsExactly("a#1");
            repository.removeAll(List.of("a#1", "a#2"));

            assertThat(repository.containsAll(List.of("a#1", "a#2"))).isEmpty();
            assertThat(other.containsAll(List.of("a#1", "a#2"))).hasSize(2);
        }

        @Test
        void given_keys_listed_when_the_action_removes_each_then_all_were_listed() {
            repository.addAll(keys("a#", 2_100));
            List<String> seen = new ArrayList<>();

            repository.forEach("a#", key -> {
                seen.add(key);
                repository.remove(key);
            });

            assertThat(seen).hasSize(2_100).doesNotHaveDuplicates();
            assertThat(listed("a#")).isEmpty();
        }

        @Test
        void given_the_table_of_camels_repository_when_changed_over_and_back_then_the_keys_are_the_same()
                throws Exception {
            JdbcMessageIdRepository camels = new JdbcMessageIdRepository(dataSource, "clinic");
            camels.start();
            camels.add("a#1");

            assertThat(repository.containsAll(List.of("a#1"))).containsExactly("a#1");
            repository.addAll(List.of("a#2"));

            assertThat(camels.contains("a#2")).isTrue();
        }

        @Test
        void given_a_transaction_around_when_rolled_back_then_no_key_is_there() {
            repository.add("a#0");
            TransactionTemplate around = new TransactionTemplate(new DataSourceTransactionManager(dataSource));

            around.executeWithoutResult(status -> {
                repository.addAll(List.of("a#1", "a#2"));
                repository.removeAll(List.of("a#0"));
                assertThat(repository.containsAll(List.of("a#0", "a#1"))).containsExactly("a#1");
                status.setRollbackOnly();
            });

            assertThat(listed("")).containsExactly("a#0");
        }

        @Test
        void given_two_nodes_when_they_add_the_same_keys_at_once_then_both_succeed() throws Exception {
            JdbcSyncRepository second = new JdbcSyncRepository(dataSource, "clinic");
            second.start();
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (int round = 0; round < 20; round++) {
                    List<String> keys = keys("r" + round + "#", 50);
                    CyclicBarrier together = new CyclicBarrier(2);
                    List<Future<Void>> ends = threads.invokeAll(
                            List.of(added(repository, keys, together), added(second, reversed(keys), together)));
                    for (Future<Void> end : ends) {
                        end.get();
                    }
                    assertThat(listed("r" + round + "#")).hasSize(50);
                }
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void given_keys_of_the_greatest_length_and_of_other_alphabets_when_called_then_they_are_keys_like_others() {
            String longest = "x".repeat(78) + "#" + "k".repeat(21);
            List<String> keys =
                    List.of(longest, "клиника#1", "诊所#1", "klinik_ü#1", "a'b#1", "a\"b#1", "a?b#1", "a:b#1");

            repository.addAll(keys);

            assertThat(repository.containsAll(keys)).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(listed("x".repeat(78) + "#")).containsExactly(longest);
            assertThat(listed(longest)).containsExactly(longest);
            assertThat(listed("诊")).containsExactly("诊所#1");
            assertThat(listed("klinik_ü")).containsExactly("klinik_ü#1");
            assertThat(listed("a'b")).containsExactly("a'b#1");
            repository.removeAll(keys);
            assertThat(listed("")).isEmpty();
        }

        @Test
        void given_keys_that_repeat_when_removed_then_the_others_stay() {
            repository.addAll(List.of("a#1", "a#2", "a#3"));

            repository.removeAll(List.of("a#1", "never", "a#3", "a#1"));

            assertThat(listed("")).containsExactly("a#2");
        }

        @Test
        void given_two_processors_with_thousands_of_keys_when_listed_then_each_gets_its_own() throws Exception {
            JdbcSyncRepository other = new JdbcSyncRepository(dataSource, "clini");
            other.start();
            other.addAll(keys("a#", 1_500));
            repository.addAll(keys("a#x", 1_500));
            repository.addAll(keys("b#", 10));

            assertThat(listed("a#")).hasSize(1_500).allMatch(key -> key.startsWith("a#x"));
        }

        @Test
        void given_an_action_that_throws_when_listed_then_the_listing_ends_and_the_repository_works() {
            repository.addAll(keys("a#", 2_100));
            List<String> seen = new ArrayList<>();

            assertThatThrownBy(() -> repository.forEach("a#", key -> {
                        seen.add(key);
                        if (seen.size() == 3) {
                            throw new IllegalStateException("enough");
                        }
                    }))
                    .hasMessage("enough");

            assertThat(seen).hasSize(3);
            assertThat(repository.containsAll(seen)).hasSize(3);
        }

        private static List<String> reversed(List<String> keys) {
            List<String> reversed = new ArrayList<>(keys);
            Collections.reverse(reversed);
            return reversed;
        }

        private static Callable<Void> added(JdbcSyncRepository repository, List<String> keys, CyclicBarrier together) {
            return () -> {
                together.await();
                repository.addAll(keys);
                return null;
            };
        }
    }

    @Nested
    class OnH2 extends Contract {
        @Override
        String url() {
            return "jdbc:h2:mem:" + System.nanoTime();
        }
    }

    @Nested
    class OnPostgres extends Contract {
        @Override
        String url() throws Exception {
            return Postgres.newDatabase();
        }
    }

    @Nested
    class OnHsqldb extends Contract {
        @Override
        String url() {
            return "jdbc:hsqldb:mem:" + System.nanoTime() + ";hsqldb.tx=mvcc";
        }
    }

    @Nested
    class OnDerby extends Contract {
        @Override
        String url() {
            return "jdbc:derby:memory:" + System.nanoTime() + ";create=true";
        }
    }

    private static DataSource database() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        return dataSource;
    }

    @Test
    void given_a_name_for_the_table_when_started_then_all_statements_use_it() throws Exception {
        DataSource dataSource = database();
        JdbcSyncRepository repository = new JdbcSyncRepository(dataSource, "clinic");
        repository.setTableName("SYNC_STATE");
        repository.start();

        repository.addAll(List.of("a#1"));

        assertThat(repository.containsAll(List.of("a#1"))).containsExactly("a#1");
        repository.forEach("a#", repository::remove);
        assertThat(new JdbcTemplate(dataSource).queryForObject("SELECT COUNT(*) FROM SYNC_STATE", Integer.class))
                .isZero();
    }

    @Test
    void given_statements_of_the_users_own_when_started_then_they_are_refused_by_name() {
        JdbcSyncRepository repository = new JdbcSyncRepository(database(), "clinic");
        repository.setInsertString("INSERT INTO MY_KEYS (a, b, c) VALUES (?, ?, ?)");

        assertThatThrownBy(repository::start)
                .hasMessage("JdbcSyncRepository has statements of its own: "
                        + "remove insertString, or use Camel's JdbcMessageIdRepository; tableName can be set");
    }

    @Test
    void given_no_database_or_no_name_when_started_then_the_missing_one_is_named() {
        assertThatThrownBy(new JdbcSyncRepository()::start).hasMessageContaining("a DataSource or a jdbcTemplate");
        assertThatThrownBy(new JdbcSyncRepository(database(), null)::start).hasMessageContaining("a processorName");
    }

    @Test
    void given_a_batch_that_fails_when_added_then_none_of_its_keys_is_there() throws Exception {
        JdbcSyncRepository repository = new JdbcSyncRepository(database(), "clinic");
        repository.start();

        assertThatThrownBy(() -> repository.addAll(List.of("a#1", "b#" + "x".repeat(101))))
                .isInstanceOf(DataAccessException.class);

        assertThat(repository.contains("a#1")).isFalse();
    }
}
