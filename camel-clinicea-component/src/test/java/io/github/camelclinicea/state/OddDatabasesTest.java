/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.testing.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests a {@link JdbcSyncRepository} on pools, tables and rights that are not the usual ones. */
class OddDatabasesTest {
    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate database = new JdbcTemplate(dataSource);

    @AfterEach
    void close() {
        dataSource.close();
    }

    private void on(String kind) throws Exception {
        dataSource.setJdbcUrl("H2".equals(kind) ? "jdbc:h2:mem:" + System.nanoTime() : Postgres.newDatabase());
    }

    private JdbcSyncRepository repository() {
        return new JdbcSyncRepository(dataSource, "clinic");
    }

    private JdbcSyncRepository started() throws Exception {
        JdbcSyncRepository repository = repository();
        repository.start();
        return repository;
    }

    private static List<String> keys(int count) {
        return keys(0, count);
    }

    private static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "a#" + i).toList();
    }

    private static List<String> listed(JdbcSyncRepository repository) {
        List<String> listed = new ArrayList<>();
        repository.forEach("a#", listed::add);
        return listed;
    }

    private static void assertWorks(JdbcSyncRepository repository) {
        List<String> keys = keys(1_200);
        repository.addAll(keys);
        assertThat(repository.containsAll(keys)).hasSize(1_200);
        repository.forEach("a#", key -> {
            if (repository.contains(key) && !"a#7".equals(key)) {
                repository.remove(key);
            }
        });
        assertThat(listed(repository)).containsExactly("a#7");
    }

    private static void together(Callable<Void> one, Callable<Void> other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier start = new CyclicBarrier(2);
        try {
            List<Callable<Void>> both = List.of(one, other);
            for (Future<Void> end : threads.invokeAll(both.stream()
                    .map(each -> (Callable<Void>) () -> {
                        start.await();
                        return each.call();
                    })
                    .toList())) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_a_pool_of_one_connection_without_auto_commit_when_used_then_it_works(String kind) throws Exception {
        on(kind);
        dataSource.setMaximumPoolSize(1);
        dataSource.setConnectionTimeout(2_000);
        dataSource.setAutoCommit(false);

        assertWorks(started());
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_serializable_transactions_when_two_nodes_add_the_same_keys_then_both_succeed(String kind)
            throws Exception {
        on(kind);
        dataSource.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        JdbcSyncRepository one = started();
        JdbcSyncRepository other = started();
        List<String> keys = keys(50);
        for (int round = 0; round < 10; round++) {
            one.removeAll(keys);
            together(
                    () -> {
                        one.addAll(keys);
                        return null;
                    },
                    () -> {
                        other.addAll(keys);
                        return null;
                    });
            assertThat(listed(one)).hasSize(50);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_no_table_when_two_nodes_start_at_once_then_both_work(String kind) throws Exception {
        on(kind);
        for (int round = 0; round < 10; round++) {
            List<JdbcSyncRepository> nodes = List.of(repository(), repository());
            for (JdbcSyncRepository node : nodes) {
                node.setTableName("STATE" + round);
            }
            together(
                    () -> {
                        nodes.get(0).start();
                        return null;
                    },
                    () -> {
                        nodes.get(1).start();
                        return null;
                    });
            nodes.get(0).add("a#1");
            assertThat(nodes.get(1).contains("a#1")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clerk.sync_state", "clerk.\"Sync State\""})
    void given_a_table_in_another_schema_when_named_then_all_statements_use_it(String table) throws Exception {
        on("PostgreSQL");
        database.execute("CREATE SCHEMA clerk");
        JdbcSyncRepository repository = repository();
        repository.setTableName(table);
        repository.start();

        assertWorks(repository);

        assertThat(database.queryForObject("SELECT COUNT(*) FROM " + table, Integer.class))
                .isEqualTo(1);
    }

    @Test
    void given_a_search_path_with_the_table_in_its_second_schema_when_started_then_that_table_is_used()
            throws Exception {
        on("PostgreSQL");
        database.execute("CREATE SCHEMA first");
        started();
        try (HikariDataSource searching = new HikariDataSource()) {
            searching.setJdbcUrl(dataSource.getJdbcUrl() + "&currentSchema=first,public");
            JdbcSyncRepository repository = new JdbcSyncRepository(searching, "clinic");
            repository.start();

            repository.add("a#1");
        }

        assertThat(database.queryForList("SELECT messageId FROM public.CAMEL_MESSAGEPROCESSED", String.class))
                .containsExactly("a#1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_a_column_that_pads_keys_when_started_then_it_is_refused(String kind) throws Exception {
        on(kind);
        database.execute("CREATE TABLE CAMEL_MESSAGEPROCESSED (processorName VARCHAR(255), messageId CHAR(100),"
                + " createdAt TIMESTAMP, PRIMARY KEY (processorName, messageId))");

        assertThatThrownBy(this::started)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a messageId of type CHAR")
                .hasMessageContaining("created by: CREATE TABLE CAMEL_MESSAGEPROCESSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_a_table_of_text_columns_without_a_key_when_used_then_it_works(String kind) throws Exception {
        on(kind);
        String text = "H2".equals(kind) ? "VARCHAR" : "TEXT";
        database.execute("CREATE TABLE CAMEL_MESSAGEPROCESSED (createdAt TIMESTAMP, messageId " + text
                + ", processorName " + text + ", note VARCHAR(10))");

        assertWorks(started());
    }

    @Test
    void given_a_connection_that_dies_within_a_batch_when_added_then_no_key_is_there_and_the_next_call_works()
            throws Exception {
        on("PostgreSQL");
        JdbcSyncRepository repository = started();
        database.execute(
                "CREATE FUNCTION die() RETURNS trigger AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
                        + " RETURN NEW; END' LANGUAGE plpgsql");
        database.execute("CREATE TRIGGER die BEFORE INSERT ON CAMEL_MESSAGEPROCESSED FOR EACH ROW"
                + " WHEN (NEW.messageId = 'a#25') EXECUTE FUNCTION die()");

        assertThatThrownBy(() -> repository.addAll(keys(50))).isInstanceOf(NestedRuntimeException.class);

        assertThat(listed(repository)).isEmpty();
        database.execute("DROP TRIGGER die ON CAMEL_MESSAGEPROCESSED");
        repository.addAll(keys(50));
        assertThat(listed(repository)).hasSize(50);
    }

    @Test
    void given_read_only_connections_when_no_table_is_there_then_the_statement_to_run_is_in_the_message()
            throws Exception {
        on("PostgreSQL");
        dataSource.setReadOnly(true);

        assertThatThrownBy(this::started)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Have it created by a user with the right to: CREATE TABLE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_table_that_grows_from_nothing_when_pages_are_looked_up_then_postgresql_never_reads_it_whole(
            boolean alone) throws Exception {
        on("PostgreSQL");
        String url = dataSource.getJdbcUrl();
        JdbcSyncRepository repository = started();
        database.execute("ALTER TABLE CAMEL_MESSAGEPROCESSED SET (autovacuum_enabled = false)");

        for (int page = 0; page < 50; page++) {
            List<String> keys = keys(page * 100, page * 100 + 100);
            if (alone) {
                assertThat(repository.containsAll(keys)).isEmpty();
                repository.addNew(keys);
            } else {
                repository.addAll(keys);
            }
        }

        // A session reports what it did when it ends.
        dataSource.close();
        try (HikariDataSource later = new HikariDataSource()) {
            later.setJdbcUrl(url);
            JdbcTemplate statistics = new JdbcTemplate(later);
            await().untilAsserted(
                            () -> assertThat(count(statistics, "n_tup_ins")).isGreaterThanOrEqualTo(5_000));
            assertThat(count(statistics, "seq_tup_read")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_a_start_within_a_transaction_when_committed_then_the_work_of_the_caller_is_kept(String kind)
            throws Exception {
        on(kind);
        started().stop();
        JdbcSyncRepository repository = repository();

        new TransactionTemplate(new DataSourceTransactionManager(dataSource)).executeWithoutResult(status -> {
            database.execute("CREATE TABLE own_work (id INT)");
            repository.start();
            repository.addAll(keys(3));
        });

        assertThat(database.queryForObject("SELECT COUNT(*) FROM own_work", Integer.class))
                .isZero();
        assertThat(listed(repository)).hasSize(3);
    }

    private static Long count(JdbcTemplate statistics, String column) {
        return statistics.queryForObject(
                "SELECT " + column + " FROM pg_stat_user_tables WHERE relname = 'camel_messageprocessed'", Long.class);
    }
}
