/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;

/**
 * Reads with the bare client and writes each page in one transaction: its rows and a key for each version, in JDBC
 * batches. It keeps no order: the thread that has read a page writes it.
 */
record BareDatabaseClient(Database.Kind kind) implements Peer {

    @Override
    public String name() {
        return "bare client, a transaction a page";
    }

    @Override
    public int pagesInFlight() {
        return 8;
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) throws Exception {
        Database database = Database.open(kind);
        BarePages pages = new BarePages(baseUrl, pagesInFlight());
        BareReaders readers = new BareReaders(pages, pagesInFlight(), rows -> write(database, rows, tally));
        return new Sync() {
            @Override
            public void run() throws Exception {
                readers.run();
            }

            @Override
            public void check(long rows, long deleted) throws SQLException {
                database.requireVersions(rows, deleted);
            }

            @Override
            public void close() throws IOException {
                readers.close();
                pages.close();
                database.close();
            }
        };
    }

    private void write(Database database, List<Map<String, Object>> rows, Tally tally) throws SQLException {
        rows.forEach(tally::row);
        try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement save = connection.prepareStatement(kind.saveByJdbc());
                    PreparedStatement delete = connection.prepareStatement("DELETE FROM patient WHERE id = ?");
                    PreparedStatement key = connection.prepareStatement(
                            "INSERT INTO CAMEL_MESSAGEPROCESSED (processorName, messageId, createdAt) VALUES (?, ?, ?)")) {
                Timestamp now = new Timestamp(System.currentTimeMillis());
                for (Map<String, Object> row : rows) {
                    if ("Deleted".equals(row.get("DataStatusStr"))) {
                        add(delete, row.get("PatientID"));
                    } else {
                        add(
                                save,
                                row.get("PatientID"),
                                row.get("FirstName"),
                                row.get("LastName"),
                                row.get("ModifiedDatetime"));
                    }
                    add(key, "bare", BarePages.version(row), now);
                }
                save.executeBatch();
                delete.executeBatch();
                key.executeBatch();
                connection.commit();
            }
        }
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }
}
