/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens the database: a table for each resource, a table with the ids of deleted bills, and Camel's table with the
 * state of the sync.
 */
final class MirrorDatabase implements AutoCloseable {
    /**
     * The table with the state of the sync, without the prefix. It is in the same database as the rows, so that a
     * backup has both.
     */
    private static final String STATE = "sync_state";

    /** The table with the ids of deleted bills, without the prefix. */
    static final String TOMBSTONES = "deleted_bills";

    private final HikariDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final ObjectMapper json = new ObjectMapper();

    private final String prefix;

    private MirrorDatabase(HikariDataSource dataSource, String prefix) {
        this.dataSource = dataSource;
        this.prefix = prefix;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * Opens the database and creates missing tables.
     *
     * @param options the database's address
     * @param file the H2 file, if the options name no database
     */
    static MirrorDatabase open(MirrorOptions options, Path file) {
        HikariConfig config = new HikariConfig();
        // By default H2 writes half a second late, so a kill -9 would lose rows.
        config.setJdbcUrl(
                options.jdbcUrl() == null
                        ? "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0"
                        : options.jdbcUrl());
        config.setUsername(options.jdbcUser());
        config.setPassword(options.jdbcPassword());
        config.setMaximumPoolSize(8);
        MirrorDatabase database = new MirrorDatabase(new HikariDataSource(config), options.tablePrefix());
        database.createTables();
        return database;
    }

    private void createTables() {
        for (Mirrored what : Mirrored.values()) {
            jdbc.execute("CREATE TABLE IF NOT EXISTS " + what.table(prefix)
                    + " (id VARCHAR(64) PRIMARY KEY, status VARCHAR(20), modified VARCHAR(40), record TEXT NOT NULL)");
        }
        jdbc.execute("CREATE TABLE IF NOT EXISTS " + prefix + TOMBSTONES + " (id VARCHAR(64) PRIMARY KEY)");
    }

    /** Empties the tables. The sandbox is a new clinic at each start, so the rows of the last run are wrong. */
    void empty() {
        for (Mirrored what : Mirrored.values()) {
            jdbc.execute("DELETE FROM " + what.table(prefix));
        }
        jdbc.execute("DELETE FROM " + prefix + TOMBSTONES);
        jdbc.execute("DROP TABLE IF EXISTS " + prefix + STATE);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Returns the repository in which the consumers keep the checkpoint and the delivery ledger. */
    JdbcMessageIdRepository syncState() {
        JdbcMessageIdRepository repository = new JdbcMessageIdRepository(dataSource, "mirror");
        repository.setTableName(prefix + STATE);
        return repository;
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
