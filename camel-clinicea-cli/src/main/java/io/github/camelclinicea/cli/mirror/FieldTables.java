/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates a table for each resource, with the record's id and a text column for each field that its records have. It is
 * not a view of the JSON: H2 would parse each record once for each field.
 *
 * <p>Specified by {@code FieldTablesTest}.
 */
final class FieldTables {
    private static final String SUFFIX = "_fields";
    private static final String ID = "record_id";
    private static final int ROWS_PER_BATCH = 1_000;

    /** H2 takes no longer text in a column that it can compare. The record itself is complete. */
    private static final int LONGEST = 1_000_000;

    /** PostgreSQL takes 1,600 columns, fewer if a row does not fit on a page of 8 KiB. */
    private static final int MOST_COLUMNS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(FieldTables.class);

    private final Set<String> full = ConcurrentHashMap.newKeySet();
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    FieldTables(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Returns the name of the table that has the fields of the records in another table. */
    static String name(String table) {
        return table + SUFFIX;
    }

    void drop(String table) {
        jdbc.execute("DROP TABLE IF EXISTS " + name(table));
    }

    /**
     * Brings the whole table up to date. It reads the records by pages, and writes them in one transaction. The table
     * stays, because a view of the user's may need it. Without records none is created.
     *
     * @param table the table of the records
     */
    void fill(String table) {
        Set<String> fields = new LinkedHashSet<>();
        boolean[] any = new boolean[1];
        forEachPage(table, page -> {
            any[0] = true;
            page.values().forEach(record -> record.fieldNames().forEachRemaining(fields::add));
        });
        if (!any[0] && !exists(table)) {
            return;
        }
        Set<String> columns = prepare(table, fields);
        transaction.executeWithoutResult(status -> {
            jdbc.update("DELETE FROM " + name(table));
            forEachPage(table, page -> insert(table, page, columns));
        });
    }

    private void forEachPage(String table, Consumer<Map<String, JsonNode>> action) {
        String select = "SELECT id, record FROM " + table;
        String order = " ORDER BY id FETCH FIRST " + ROWS_PER_BATCH + " ROWS ONLY";
        Map<String, JsonNode> page = page(select + order);
        while (!page.isEmpty()) {
            action.accept(page);
            String last = List.copyOf(page.keySet()).get(page.size() - 1);
            page = page(select + " WHERE id > ?" + order, last);
        }
    }

    private Map<String, JsonNode> page(String query, Object... values) {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        jdbc.query(
                query,
                row -> {
                    records.put(row.getString(1), MirrorDatabase.parse(row.getString(2)));
                },
                values);
        return records;
    }

    private boolean exists(String table) {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            String folded = names().of(name(table));
            try (ResultSet found = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), folded, new String[] {"TABLE"})) {
                return found.next();
            }
        }));
    }

    /**
     * Brings some rows of the table up to date. Creates the table and missing columns.
     *
     * @param table the table of the records
     * @param ids the ids of the records that may have changed
     * @param records those of them that exist, by their ids
     */
    void update(String table, Collection<String> ids, Map<String, JsonNode> records) {
        Set<String> fields = new LinkedHashSet<>();
        records.values().forEach(record -> record.fieldNames().forEachRemaining(fields::add));
        Set<String> columns = prepare(table, fields);
        transaction.executeWithoutResult(status -> {
            jdbc.batchUpdate(
                    "DELETE FROM " + name(table) + " WHERE " + ID + " = ?",
                    ids,
                    ROWS_PER_BATCH,
                    (row, deleted) -> row.setString(1, deleted));
            insert(table, records, columns);
        });
    }

    private void insert(String table, Map<String, JsonNode> records, Set<String> columns) {
        ColumnNames names = names();
        String all = columns.stream()
                .map(FieldTables::quoted)
                .collect(Collectors.joining(", ", ID + (columns.isEmpty() ? "" : ", "), ""));
        String insert = "INSERT INTO " + name(table) + " (" + all + ") VALUES (?" + ", ?".repeat(columns.size()) + ")";
        jdbc.batchUpdate(insert, records.entrySet(), ROWS_PER_BATCH, (row, record) -> {
            Map<String, String> texts = new HashMap<>();
            record.getValue()
                    .properties()
                    .forEach(field -> texts.putIfAbsent(names.of(field.getKey()), text(field.getValue())));
            int index = 1;
            row.setString(index++, record.getKey());
            for (String column : columns) {
                row.setString(index++, texts.get(column));
            }
        });
    }

    /** Creates the table and the missing columns, and returns the columns of fields. */
    private Set<String> prepare(String table, Set<String> fields) {
        jdbc.execute("CREATE TABLE IF NOT EXISTS " + name(table) + " (" + ID + " VARCHAR(255) PRIMARY KEY)");
        ColumnNames names = names();
        Set<String> columns = columns(table);
        Set<String> missing = new LinkedHashSet<>();
        fields.forEach(field -> missing.add(names.of(field)));
        missing.removeAll(columns);
        int room = Math.max(0, MOST_COLUMNS - columns.size());
        missing.stream().limit(room).forEach(column -> {
            jdbc.execute("ALTER TABLE " + name(table) + " ADD COLUMN " + quoted(column) + " VARCHAR");
            columns.add(column);
        });
        if (missing.size() > room && full.add(table)) {
            LOG.warn(
                    "{} has {} columns and gets no more. The other fields are only in the JSON of {}",
                    name(table),
                    columns.size(),
                    table);
        }
        columns.remove(names.of(ID));
        return columns;
    }

    /** Returns the columns of the table in their order. */
    private Set<String> columns(String table) {
        return jdbc.query("SELECT * FROM " + name(table) + " WHERE 1 = 0", (ResultSetExtractor<Set<String>>)
                nothing -> {
                    Set<String> columns = new LinkedHashSet<>();
                    for (int i = 1; i <= nothing.getMetaData().getColumnCount(); i++) {
                        columns.add(nothing.getMetaData().getColumnName(i));
                    }
                    return columns;
                });
    }

    private ColumnNames names() {
        return new ColumnNames(
                Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) FieldTables::storesLowerCase)));
    }

    private static boolean storesLowerCase(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return database.storesLowerCaseIdentifiers();
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        // PostgreSQL takes no character 0.
        String text = (value.isValueNode() ? value.asText() : value.toString()).replace("\0", "");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
