/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.state.JdbcSyncRepository;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the database: a table for each resource, a table with the ids of deleted bills, and a table with the state of
 * the sync. {@link FieldTables} adds tables to query.
 */
final class MirrorDatabase implements AutoCloseable {
    /**
     * The table with the state of the sync, without the prefix. It is in the same database as the rows, so that one
     * transaction writes both.
     */
    private static final String STATE = "sync_state";

    /** The table with the ids of deleted bills, without the prefix. */
    static final String TOMBSTONES = "deleted_bills";

    /** The table with the row that the two routes of bills lock, without the prefix. */
    static final String BILLS_LOCK = "bills_lock";

    /** The user of the H2 file; its password is empty. */
    static final String H2_USER = "sa";

    private final HikariDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactionManager;
    private final FieldTables fieldTables;
    private final ObjectMapper json = new ObjectMapper();

    private final String prefix;

    private MirrorDatabase(HikariDataSource dataSource, String prefix) {
        this.dataSource = dataSource;
        this.prefix = prefix;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactionManager = new JdbcTransactionManager(dataSource);
        this.fieldTables = new FieldTables(jdbc, new TransactionTemplate(transactionManager));
    }

    /**
     * Opens the database and creates missing tables. H2 creates missing folders.
     *
     * @param options the database's address
     * @param file the H2 file, if the options name no database
     * @throws IllegalStateException if the database cannot be opened; the message has the reason
     */
    static MirrorDatabase open(MirrorOptions options, Path file) {
        HikariConfig config = new HikariConfig();
        // By default H2 writes half a second late, so a kill -9 would lose rows. The trace file would hold the errors
        // that the routes report anyway.
        config.setJdbcUrl(
                options.jdbcUrl() == null
                        ? h2Url(file) + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0"
                        : options.jdbcUrl());
        config.setUsername(options.jdbcUrl() == null ? H2_USER : options.jdbcUser());
        config.setPassword(options.jdbcPassword());
        config.setMaximumPoolSize(8);
        try {
            MirrorDatabase database = new MirrorDatabase(new HikariDataSource(config), options.tablePrefix());
            database.createTables();
            return database;
        } catch (RuntimeException e) {
            // Without the exception: its message may have the URL, and so a password.
            throw new IllegalStateException("The database cannot be opened: " + reason(e));
        }
    }

    private static String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return cause.getMessage();
            }
        }
        return "no driver takes its URL";
    }

    /** Returns the JDBC URL of an H2 file, without settings. */
    static String h2Url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath();
    }

    private void createTables() {
        for (Mirrored what : Mirrored.values()) {
            jdbc.execute("CREATE TABLE IF NOT EXISTS " + what.table(prefix)
                    + " (id VARCHAR(64) PRIMARY KEY, status VARCHAR(20), modified VARCHAR(40), record TEXT NOT NULL)");
        }
        jdbc.execute("CREATE TABLE IF NOT EXISTS " + prefix + TOMBSTONES + " (id VARCHAR(64) PRIMARY KEY)");
        String lock = prefix + BILLS_LOCK;
        jdbc.execute("CREATE TABLE IF NOT EXISTS " + lock + " (locked INTEGER NOT NULL)");
        jdbc.execute("INSERT INTO " + lock + " SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM " + lock + ")");
    }

    /** Empties the tables. The sandbox is a new clinic at each start, so the rows of the last run are wrong. */
    void empty() {
        for (Mirrored what : Mirrored.values()) {
            jdbc.execute("DELETE FROM " + what.table(prefix));
            fieldTables.drop(what.table(prefix));
        }
        jdbc.execute("DELETE FROM " + prefix + TOMBSTONES);
        jdbc.execute("DROP TABLE IF EXISTS " + prefix + STATE);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Returns the manager of the transactions that write rows and state together. */
    PlatformTransactionManager transactionManager() {
        return transactionManager;
    }

    /** Returns the repository in which the consumers keep the checkpoint and the delivery ledger. */
    JdbcSyncRepository syncState() {
        JdbcSyncRepository repository = new JdbcSyncRepository(dataSource, "mirror");
        repository.setTableName(prefix + STATE);
        return repository;
    }

    /** Creates the table with a column for each field of a resource's records. */
    void createFieldTable(Mirrored what, Collection<JsonNode> records) {
        fieldTables.create(what.table(prefix), records);
    }

    /** Returns the result of a query, one line for each row. */
    List<String> query(String statement) {
        return jdbc.query(statement, (row, number) -> {
            int columns = row.getMetaData().getColumnCount();
            StringJoiner line = new StringJoiner("  ");
            for (int column = 1; column <= columns; column++) {
                line.add(String.format("%-24s", row.getString(column)));
            }
            return line.toString().stripTrailing();
        });
    }

    /** Returns all records of a resource by their ids. */
    Map<String, JsonNode> records(Mirrored what) {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        jdbc.query("SELECT id, record FROM " + what.table(prefix), row -> {
            records.put(row.getString(1), parse(row.getString(2)));
        });
        return records;
    }

    private JsonNode parse(String record) {
        try {
            return json.readTree(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record in the mirror is not JSON", e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
