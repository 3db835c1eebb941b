/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds the rows that a sync writes, and its state beside them. It is empty at first, and loses nothing that was
 * committed: H2 writes at each commit, PostgreSQL has its own defaults.
 *
 * @param kind the kind of the database
 * @param pool its connections
 * @param folder the folder of its file; null if a server has it
 */
record Database(Kind kind, HikariDataSource pool, Path folder) implements AutoCloseable {
    /** Names the kinds. */
    enum Kind {
        H2(
                "H2 with `WRITE_DELAY=0`",
                "MERGE INTO patient (id, first_name, last_name, modified) KEY (id) VALUES (%s, %s, %s, %s)"),
        POSTGRESQL(
                "PostgreSQL",
                "INSERT INTO patient (id, first_name, last_name, modified) VALUES (%s, %s, %s, %s) ON CONFLICT (id) DO UPDATE"
                        + " SET first_name = excluded.first_name, last_name = excluded.last_name, modified = excluded.modified");

        private final String text;
        private final String save;

        Kind(String text, String save) {
            this.text = text;
            this.save = save;
        }

        String text() {
            return text;
        }

        /** Returns the statement that inserts or updates a row, with parameters of Camel's {@code sql:}. */
        String save() {
            return save.formatted(":#PatientID", ":#FirstName", ":#LastName", ":#ModifiedDatetime");
        }

        /** Returns the same statement with parameters of JDBC. */
        String saveByJdbc() {
            return save.formatted("?", "?", "?", "?");
        }
    }

    private static final String TABLES = """
            CREATE TABLE patient (id VARCHAR(64) PRIMARY KEY, first_name VARCHAR(100), last_name VARCHAR(100), modified VARCHAR(40));
            CREATE TABLE CAMEL_MESSAGEPROCESSED (processorName VARCHAR(255), messageId VARCHAR(100), createdAt TIMESTAMP,
              PRIMARY KEY (processorName, messageId))""";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static EmbeddedPostgres server;

    /** Opens a new database with its tables. */
    static Database open(Kind kind) throws IOException, SQLException {
        Path folder = kind == Kind.H2 ? Files.createTempDirectory("clinicea-database") : null;
        String url = folder == null
                ? newPostgreSqlDatabase()
                : "jdbc:h2:file:" + folder.resolve("clinic") + ";WRITE_DELAY=0";
        Database database = new Database(kind, connect(url), folder);
        database.execute(TABLES);
        return database;
    }

    /** Opens an existing database with tables, which its owner closes. */
    static Database existing(Kind kind, String url) {
        return new Database(kind, connect(url), null);
    }

    private static HikariDataSource connect(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(8);
        return pool;
    }

    private static synchronized String newPostgreSqlDatabase() throws IOException, SQLException {
        if (server == null) {
            // The server of the tests does without both.
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        }
        String name = "benchmark" + COUNT.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    private void execute(String statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements.split(";")) {
                statement.execute(one);
            }
        }
    }

    /** Returns the URL, for another process. */
    String url() {
        return pool.getJdbcUrl();
    }

    /**
     * Checks what was written, so that no wrong measurement is reported.
     *
     * @param versions the number of rows in the list
     * @param deleted the number of those that are deleted
     * @throws IllegalStateException if the other rows are not there, or there are fewer keys than versions
     */
    void requireVersions(long versions, long deleted) throws SQLException {
        long rows = versions - deleted;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet counts = statement.executeQuery(
                        "SELECT (SELECT COUNT(*) FROM patient), (SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED)")) {
            counts.next();
            if (counts.getLong(1) != rows || counts.getLong(2) < versions) {
                throw new IllegalStateException(counts.getLong(1) + " rows and " + counts.getLong(2)
                        + " keys instead of " + rows + " and " + versions);
            }
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        if (folder != null) {
            Files.deleteIfExists(folder.resolve("clinic.mv.db"));
            Files.deleteIfExists(folder.resolve("clinic.trace.db"));
            Files.deleteIfExists(folder);
        }
    }
}
