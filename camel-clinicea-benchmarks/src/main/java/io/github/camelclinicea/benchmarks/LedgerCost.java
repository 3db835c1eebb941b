/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.benchmarks.State.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Measures the cost of a key of the delivery ledger in a database, and the cost if the repository accepted many keys at
 * once.
 */
final class LedgerCost {
    private static final int BATCH = 100;

    private LedgerCost() {}

    /** Returns the microseconds for a key, by the way of writing. The ways take turns in each round. */
    static Map<String, Series> measure(int keys, int rounds) throws IOException, SQLException {
        Map<String, double[]> micros = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Kind kind : Kind.values()) {
                State state = State.open(kind);
                micros.computeIfAbsent("`contains` and `add`, " + kind.text(), name -> new double[rounds])[round] =
                        oneByOne(state.repository(), keys);
                state.close();
            }
            State state = State.open(Kind.H2);
            micros.computeIfAbsent(
                                    "the same without the interface, " + BATCH + " keys a transaction, "
                                            + Kind.H2.text(),
                                    name -> new double[rounds])[round] =
                    inBatches(state.pool(), keys);
            state.close();
        }
        Map<String, Series> result = new LinkedHashMap<>();
        micros.forEach((name, values) -> result.put(name, new Series(values)));
        return result;
    }

    private static double oneByOne(IdempotentRepository repository, int keys) {
        repository.start();
        long start = System.nanoTime();
        for (int key = 0; key < keys; key++) {
            if (!repository.contains(key(key))) {
                repository.add(key(key));
            }
        }
        return (System.nanoTime() - start) / 1e3 / keys;
    }

    private static double inBatches(HikariDataSource pool, int keys) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE LEDGER (processorName VARCHAR(255), messageId VARCHAR(100),"
                            + " createdAt TIMESTAMP, PRIMARY KEY (processorName, messageId))");
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            try (PreparedStatement contains = connection.prepareStatement(
                            "SELECT COUNT(*) FROM LEDGER WHERE processorName = 'benchmark' AND messageId = ?");
                    PreparedStatement add = connection.prepareStatement(
                            "INSERT INTO LEDGER VALUES ('benchmark', ?, CURRENT_TIMESTAMP)")) {
                for (int key = 0; key < keys; key++) {
                    contains.setString(1, key(key));
                    contains.executeQuery().close();
                    add.setString(1, key(key));
                    add.addBatch();
                    if ((key + 1) % BATCH == 0) {
                        add.executeBatch();
                        connection.commit();
                    }
                }
            }
            return (System.nanoTime() - start) / 1e3 / keys;
        }
    }

    /** Returns a key. Keys come in no order, as those of versions do. */
    private static String key(int number) {
        long mixed = number * 0x9e3779b97f4a7c15L;
        return "patients#" + Long.toHexString(mixed) + Long.toHexString(~mixed);
    }
}
