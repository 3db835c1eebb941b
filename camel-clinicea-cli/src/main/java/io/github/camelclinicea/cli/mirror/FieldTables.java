/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Creates the table for all records of a table, by their ids. Without records there is none. */
    void create(String table, Map<String, JsonNode> records) {
        drop(table);
        if (!records.isEmpty()) {
            update(table, records.keySet(), records);
        }
    }

    /**
     * Brings some rows of the table up to date. Creates the table and missing columns.
     *
     * @param table the table of the records
     * @param ids the ids of the records that may have changed
     * @param records those of them that exist, by their ids
     */
    void update(String table, Collection<String> ids, Map<String, JsonNode> records) {
        jdbc.execute("CREATE TABLE IF NOT EXISTS " + name(table) + " (" + ID + " VARCHAR(64) PRIMARY KEY)");
        Set<String> columns = columns(table);
        FoldedNames names = new FoldedNames(isLowerCase());
        String id = names.of(ID);
        Set<String> missing = new LinkedHashSet<>();
        records.values().forEach(record -> record.fieldNames().forEachRemaining(field -> missing.add(names.of(field))));
        missing.removeAll(columns);
        missing.forEach(column -> {
            jdbc.execute("ALTER TABLE " + name(table) + " ADD COLUMN " + quoted(column) + " VARCHAR");
            columns.add(column);
        });
        columns.remove(id);
        transaction.executeWithoutResult(status -> {
            jdbc.batchUpdate(
                    "DELETE FROM " + name(table) + " WHERE " + ID + " = ?",
                    ids,
                    ROWS_PER_BATCH,
                    (row, deleted) -> row.setString(1, deleted));
            insert(table, new ArrayList<>(columns), names, records);
        });
    }

    private void insert(String table, List<String> columns, FoldedNames names, Map<String, JsonNode> records) {
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

    private boolean isLowerCase() {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) FieldTables::storesLowerCase));
    }

    private static boolean storesLowerCase(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return database.storesLowerCaseIdentifiers();
    }

    /** Remembers field names as the database folds them without quotes, so that a query needs no quotes. */
    private static final class FoldedNames {
        private final boolean lowerCase;
        private final Map<String, String> names = new HashMap<>();

        FoldedNames(boolean lowerCase) {
            this.lowerCase = lowerCase;
        }

        String of(String field) {
            return names.computeIfAbsent(
                    field, name -> lowerCase ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT));
        }
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
