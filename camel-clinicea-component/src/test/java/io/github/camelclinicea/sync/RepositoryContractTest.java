/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.Postgres;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.component.caffeine.processor.idempotent.CaffeineIdempotentRepository;
import org.apache.camel.processor.idempotent.hazelcast.HazelcastIdempotentRepository;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the requirements of a sync on each kind of repository that users have. */
class RepositoryContractTest {
    private static final Instant FIRST_SYNC = Instant.parse("2026-03-01T12:00:00Z");

    /** Has the tests for all kinds. A nested class provides the repository. */
    abstract static class Contract implements AutoCloseable {
        private final Map<String, Row> clinic = new TreeMap<>();
        private final List<String> delivered = new ArrayList<>();
        private final List<String> failing = new ArrayList<>();
        private Instant now = FIRST_SYNC;
        private String syncId = "patients";

        /** Returns a repository on the same store as before, as after a restart of the process. */
        abstract IdempotentRepository open() throws Exception;

        @Override
        @AfterEach
        public void close() {}

        private void change(String id, int version, Instant stamp) {
            String modified = stamp.toString().substring(0, 19);
            String json = "{\"ID\":\"" + id + "\",\"v\":" + version + "}";
            clinic.put(id, TestRow.of(id, "Modified", modified, json.getBytes(StandardCharsets.UTF_8)));
        }

        private IdempotentRepository opened() throws Exception {
            IdempotentRepository repository = open();
            repository.start();
            return repository;
        }

        private ChangeSync started() throws Exception {
            IdempotentRepository repository = opened();
            PageSource source = (since, number, listener) -> new Page(
                    number,
                    number > 0
                            ? List.of()
                            : clinic.values().stream()
                                    .filter(row ->
                                            !Instant.parse(row.modified() + "Z").isBefore(since))
                                    .toList(),
                    now);
            ChangeSync sync = new ChangeSync(
                    source,
                    repository,
                    new SyncSettings(syncId, Duration.ofMinutes(5), 1, 0, true, 100, 10, 4, 0),
                    null,
                    Runnable::run,
                    Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC),
                    null,
                    HeldRowListener.NONE,
                new SyncCounters());
            sync.start(Instant.parse("2020-01-01T00:00:00Z"));
            return sync;
        }

        private void poll(ChangeSync sync) throws Exception {
            delivered.clear();
            sync.poll((OpenSink) delivery -> {
                delivered.add(delivery.row().id());
                if (failing.contains(delivery.row().id())) {
                    delivery.failed(null);
                } else {
                    delivery.completed();
                }
            });
        }

        @Test
        void given_a_clean_poll_when_restarted_then_the_timestamp_is_read_and_nothing_comes_twice() throws Exception {
            change("a", 1, FIRST_SYNC.minusSeconds(60));
            change("b", 1, FIRST_SYNC.minusSeconds(86400));
            poll(started());
            assertThat(delivered).containsExactly("a", "b");

            ChangeSync again = started();

            assertThat(again.since()).isEqualTo(Instant.parse("2026-03-01T11:54:59Z"));
            poll(again);
            assertThat(delivered).isEmpty();
        }

        @Test
        void given_timestamps_over_a_year_when_each_is_written_over_the_last_then_the_newest_is_read()
                throws Exception {
            ChangeSync sync = started();
            for (Instant moment : List.of(
                    FIRST_SYNC,
                    FIRST_SYNC.plusSeconds(1),
                    FIRST_SYNC.plusSeconds(59),
                    FIRST_SYNC.plusSeconds(3600),
                    FIRST_SYNC.plusSeconds(86_400 * 40),
                    FIRST_SYNC.plusSeconds(86_400 * 400))) {
                now = moment;
                change("a", 1, moment.minusSeconds(10));

                poll(sync);

                assertThat(started().since()).isEqualTo(moment.minusSeconds(301));
            }
        }

        @Test
        void given_a_row_that_fails_when_restarted_then_it_alone_comes_again_from_the_old_timestamp() throws Exception {
            change("a", 1, FIRST_SYNC.minusSeconds(60));
            change("b", 1, FIRST_SYNC.minusSeconds(60));
            failing.add("b");
            poll(started());

            ChangeSync again = started();

            assertThat(again.since()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
            failing.clear();
            poll(again);
            assertThat(delivered).containsExactly("b");
        }

        @Test
        void given_rows_that_are_not_shown_any_more_when_polled_then_their_keys_are_gone() throws Exception {
            IntStream.range(0, 20).forEach(i -> change("p" + i, 1, FIRST_SYNC.minusSeconds(60)));
            ChangeSync sync = started();
            poll(sync);
            RepositoryKeys keys = new RepositoryKeys(opened());
            Ledger ledger = new Ledger(keys, syncId);
            assertThat(clinic.values()).allMatch(row -> ledger.contains(row.version()));

            now = FIRST_SYNC.plusSeconds(3600);
            poll(sync);
            delivered.clear();
            change("later", 1, now.minusSeconds(1));
            poll(sync);

            assertThat(delivered).containsExactly("later");
            Ledger after = new Ledger(new RepositoryKeys(opened()), syncId);
            assertThat(clinic.values())
                    .filteredOn(row -> after.contains(row.version()))
                    .hasSize(1);
        }

        @Test
        void given_the_longest_sync_id_when_polled_then_its_keys_fit() throws Exception {
            syncId = "x".repeat(SyncSettings.LONGEST_SYNC_ID);
            change("a", 1, FIRST_SYNC.minusSeconds(60));
            poll(started());

            poll(started());

            assertThat(delivered).isEmpty();
        }

        @Test
        void given_a_reset_when_polled_then_everything_comes_again() throws Exception {
            change("a", 1, FIRST_SYNC.minusSeconds(60));
            ChangeSync sync = started();
            poll(sync);

            sync.reset(Instant.parse("2020-01-01T00:00:00Z"));

            assertThat(started().since()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
            poll(sync);
            assertThat(delivered).containsExactly("a");
        }

        @Test
        void given_two_syncs_in_one_repository_when_one_is_reset_then_the_other_keeps_its_timestamp() throws Exception {
            change("a", 1, FIRST_SYNC.minusSeconds(60));
            poll(started());
            syncId = "patients-2";
            ChangeSync other = started();
            poll(other);
            assertThat(delivered).containsExactly("a");

            other.reset(Instant.parse("2020-01-01T00:00:00Z"));

            syncId = "patients";
            assertThat(started().since()).isEqualTo(Instant.parse("2026-03-01T11:54:59Z"));
        }
    }

    @Nested
    class Memory extends Contract {
        private final Map<String, Object> map = new ConcurrentHashMap<>();

        @Override
        IdempotentRepository open() {
            return MemoryIdempotentRepository.memoryIdempotentRepository(map);
        }
    }

    @Nested
    class File extends Contract {
        @TempDir
        Path folder;

        @Override
        IdempotentRepository open() {
            return FileIdempotentRepository.fileIdempotentRepository(
                    folder.resolve("keys").toFile());
        }
    }

    /** Is a contract on a database of its own. */
    abstract static class OnDatabase extends Contract {
        private final HikariDataSource dataSource = new HikariDataSource();

        /** Returns the URL of a new database. */
        abstract String url() throws Exception;

        IdempotentRepository on(DataSource database) {
            return new JdbcSyncRepository(database, "clinic");
        }

        @Override
        final IdempotentRepository open() throws Exception {
            if (dataSource.getJdbcUrl() == null) {
                dataSource.setJdbcUrl(url());
            }
            return on(dataSource);
        }

        @Override
        public void close() {
            dataSource.close();
        }
    }

    @Nested
    class JdbcOnH2 extends OnDatabase {
        @TempDir
        Path folder;

        @Override
        String url() {
            return "jdbc:h2:file:" + folder.resolve("state") + ";WRITE_DELAY=0";
        }

        @Override
        IdempotentRepository on(DataSource database) {
            return new JdbcMessageIdRepository(database, "clinic");
        }
    }

    @Nested
    class JdbcOnPostgres extends OnDatabase {
        @Override
        String url() throws Exception {
            return Postgres.newDatabase();
        }

        @Override
        IdempotentRepository on(DataSource database) {
            return new JdbcMessageIdRepository(database, "clinic");
        }
    }

    @Nested
    class BulkJdbcOnH2 extends OnDatabase {
        @TempDir
        Path folder;

        @Override
        String url() {
            return "jdbc:h2:file:" + folder.resolve("state") + ";WRITE_DELAY=0";
        }
    }

    @Nested
    class BulkJdbcOnPostgres extends OnDatabase {
        @Override
        String url() throws Exception {
            return Postgres.newDatabase();
        }
    }

    @Nested
    class BulkJdbcOnHsqldb extends OnDatabase {
        @Override
        String url() {
            return "jdbc:hsqldb:mem:" + System.nanoTime();
        }
    }

    @Nested
    class BulkJdbcOnDerby extends OnDatabase {
        @Override
        String url() {
            return "jdbc:derby:memory:" + System.nanoTime() + ";create=true";
        }
    }

    @Nested
    class CacheOfCaffeine extends Contract {
        private final CaffeineIdempotentRepository repository = new CaffeineIdempotentRepository("keys");

        @Override
        IdempotentRepository open() {
            return repository;
        }
    }

    @Nested
    class MapOfHazelcast extends Contract {
        private final HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(alone());

        private static Config alone() {
            Config config = new Config();
            config.setProperty("hazelcast.phone.home.enabled", "false");
            config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
            config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
            config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
            return config;
        }

        @Override
        IdempotentRepository open() {
            return new HazelcastIdempotentRepository(hazelcast, "clinic");
        }

        @Override
        public void close() {
            hazelcast.shutdown();
        }
    }
}
