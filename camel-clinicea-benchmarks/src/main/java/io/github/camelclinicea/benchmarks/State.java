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
 * @param resource what it stands on
 */
record State(IdempotentRepository repository, AutoCloseable resource) {
    /** What kind of state. */
    enum Kind {
        MEMORY,
        H2
    }

    static State open(Kind kind) throws IOException {
        return kind == Kind.MEMORY ? inMemory() : inH2();
    }

    private static State inMemory() {
        return new State(MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()), () -> {});
    }

    /** In a file that loses nothing at a crash, as the examples have it. */
    private static State inH2() throws IOException {
        Path folder = Files.createTempDirectory("clinicea-state");
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:file:" + folder.resolve("state") + ";WRITE_DELAY=0");
        pool.setMaximumPoolSize(4);
        return new State(new JdbcMessageIdRepository(pool, "benchmark"), () -> {
            pool.close();
            Files.deleteIfExists(folder.resolve("state.mv.db"));
            Files.deleteIfExists(folder.resolve("state.trace.db"));
            Files.deleteIfExists(folder);
        });
    }

    void close() throws IOException {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IOException("the state of a sync could not be closed", e);
        }
    }
}
