package io.github.camelclinicea.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Where a sync keeps its timestamp and its ledger; empty at first.
 *
 * @param repository what the endpoint is given
 * @param pool the connections to the database it is in; null if it is in none
 * @param folder where the database is; null if there is none
 */
record State(IdempotentRepository repository, HikariDataSource pool, Path folder) {
    /** What kind of state. */
    enum Kind {
        MEMORY("in memory"),
        /** In a file that loses nothing at a crash, as the examples have it. */
        H2("in H2 with `WRITE_DELAY=0`"),
        /** What H2 does unless it is told otherwise: a kill costs the last half second. */
        H2_DELAYED("in H2 with its default delay");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static State open(Kind kind) throws IOException {
        if (kind == Kind.MEMORY) {
            return new State(
                    MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()), null, null);
        }
        Path folder = Files.createTempDirectory("clinicea-state");
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(
                "jdbc:h2:file:" + folder.resolve("state") + (kind == Kind.H2 ? ";WRITE_DELAY=0" : ""));
        pool.setMaximumPoolSize(4);
        return new State(new JdbcMessageIdRepository(pool, "benchmark"), pool, folder);
    }

    void close() throws IOException {
        if (pool != null) {
            pool.close();
            Files.deleteIfExists(folder.resolve("state.mv.db"));
            Files.deleteIfExists(folder.resolve("state.trace.db"));
            Files.deleteIfExists(folder);
        }
    }
}
