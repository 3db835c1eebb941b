/* SPDX-License-Identifier: Apache-2.0 */
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
 * Holds the checkpoint and the delivery ledger of a sync; empty at first.
 *
 * @param repository the repository for the endpoint
 * @param pool the connections to its database; null if it has none
 * @param folder the folder of the database; null if there is none
 */
record State(IdempotentRepository repository, HikariDataSource pool, Path folder) {
    /** Names the kinds of state. */
    enum Kind {
        MEMORY("in memory"),
        /** In a file that loses nothing in a crash, as in the examples. */
        H2("in H2 with `WRITE_DELAY=0`"),
        /** H2's default: a kill loses the last half second. */
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
        pool.setJdbcUrl("jdbc:h2:file:" + folder.resolve("state") + (kind == Kind.H2 ? ";WRITE_DELAY=0" : ""));
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
