/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.cli.CommandFailedException;
import io.github.camelclinicea.state.JdbcSyncRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the database: a table for each resource, a table with the ids of deleted bills, and a table with the state of
 * the sync. {@link FieldTables} adds tables to query.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class MirrorDatabase implements AutoCloseable {
    /**
     * The table with the state of the sync, without the prefix. It is in the same database as the rows, so that one
     * transaction writes both.
     */
    private static final String STATE = "sync_state";

    /** The name of the mirror in the table with the state, which may have keys of others. */
    private static final String PROCESSOR = "mirror";

    /** The table with the ids of deleted bills, without the prefix. */
    static final String TOMBSTONES = "deleted_bills";

    /** The table with the row that the two routes of bills lock, without the prefix. */
    static final String BILLS_LOCK = "bills_lock";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HikariDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactionManager;
    private final FieldTables fieldTables;
    private final MirrorSettings settings;

    private MirrorDatabase(HikariDataSource dataSource, MirrorSettings settings) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactionManager = new JdbcTransactionManager(dataSource);
        this.fieldTables = new FieldTables(jdbc, new TransactionTemplate(transactionManager));
    }

    /**
     * Opens the database and creates missing tables. H2 creates missing folders.
     *
     * @param address the database's address
     * @param settings the resources that need tables
     * @throws CommandFailedException if the database cannot be opened; the message has the reason
     */
    static MirrorDatabase open(DatabaseAddress address, MirrorSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setUsername(address.shownUser());
        config.setPassword(address.password());
        if (!address.isH2()) {
            // Otherwise the driver's messages have the values of rows.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        config.setMaximumPoolSize(settings.lists().size() + 4);
        try {
            config.setJdbcUrl(address.driverUrl());
            MirrorDatabase database = new MirrorDatabase(new HikariDataSource(config), settings);
            database.createTables();
            return database;
        } catch (RuntimeException e) {
            // Without the exception: its message may have the URL, and so a password.
            throw new CommandFailedException("The database cannot be opened: " + address.hideIn(reason(e)));
        }
    }

    private static String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException && cause.getMessage() != null) {
                return cause.getMessage().lines().findFirst().orElse("");
            }
        }
        return "no driver takes its URL";
    }

    private void createTables() {
        for (Mirrored what : settings.resources()) {
            jdbc.execute(
                    "CREATE TABLE IF NOT EXISTS " + settings.table(what)
                            + " (id VARCHAR(255) PRIMARY KEY, status VARCHAR(255), modified VARCHAR(255), record TEXT NOT NULL)");
        }
        if (settings.hasBills()) {
            jdbc.execute("CREATE TABLE IF NOT EXISTS " + table(TOMBSTONES) + " (id VARCHAR(255) PRIMARY KEY)");
            String lock = table(BILLS_LOCK);
            jdbc.execute("CREATE TABLE IF NOT EXISTS " + lock + " (locked INTEGER NOT NULL)");
            jdbc.execute("INSERT INTO " + lock + " SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM " + lock + ")");
        }
    }

    private String table(String name) {
        return settings.tablePrefix() + name;
    }

    /** Returns whether an earlier run has left a state. */
    boolean hasState() {
        try {
            jdbc.queryForList("SELECT 1 FROM " + table(STATE) + " WHERE 1 = 0");
            return true;
        } catch (DataAccessException e) {
            return false;
        }
    }

    /** Empties the tables. The sandbox is a new clinic at each start, so the rows of the last run are wrong. */
    void empty() {
        for (Mirrored what : settings.resources()) {
            jdbc.execute("DELETE FROM " + settings.table(what));
            fieldTables.drop(settings.table(what));
        }
        if (settings.hasBills()) {
            jdbc.execute("DELETE FROM " + table(TOMBSTONES));
        }
        jdbc.execute("DROP TABLE IF EXISTS " + table(STATE));
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
        JdbcSyncRepository repository = new JdbcSyncRepository(dataSource, PROCESSOR);
        repository.setTableName(table(STATE));
        return repository;
    }

    /** Looks at the state of the syncs before the routes start, and creates its table. */
    void prepareState(Consumer<MirrorState> action) {
        try (JdbcSyncRepository repository =
                new JdbcSyncRepository(dataSource, new TransactionTemplate(transactionManager), PROCESSOR)) {
            repository.setTableName(table(STATE));
            repository.start();
            action.accept(new MirrorState(repository));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empties the table of a list, and makes its sync begin again, in one transaction. */
    void reset(Mirrored list) {
        String rows = list.equals(Mirrored.DELETED_BILLS) ? table(TOMBSTONES) : settings.table(list);
        prepareState(state -> new TransactionTemplate(transactionManager).executeWithoutResult(status -> {
            jdbc.execute("DELETE FROM " + rows);
            state.reset(list);
        }));
    }

    /** Brings the table with a column for each field of a resource's records up to date. */
    void fillFieldTable(Mirrored what) {
        fieldTables.fill(settings.table(what));
    }

    /** Brings the rows of some records up to date in the table with a column for each field. */
    void updateFieldTable(Mirrored what, Collection<String> ids) {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        new NamedParameterJdbcTemplate(jdbc)
                .query(
                        "SELECT id, record FROM " + settings.table(what) + " WHERE id IN (:ids)",
                        Map.of("ids", ids),
                        row -> {
                            records.put(row.getString(1), parse(row.getString(2)));
                        });
        fieldTables.update(settings.table(what), ids, records);
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
        jdbc.query("SELECT id, record FROM " + settings.table(what), row -> {
            records.put(row.getString(1), parse(row.getString(2)));
        });
        return records;
    }

    static JsonNode parse(String record) {
        try {
            return JSON.readTree(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record in the mirror is not JSON", e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
