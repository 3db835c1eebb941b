/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates a table for each resource, with a text column for each field that its records have. It is not a view of the
 * JSON: H2 would parse each record once for each field. Records may get other fields later, so the tables are created
 * again at the end of each run.
 *
 * <p>Specified by {@code MirrorToDatabaseTest}.
 */
final class FieldTables {
    private static final String SUFFIX = "_fields";
    private static final int ROWS_PER_BATCH = 1_000;

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

    /** Creates the table for the records of a table. Without records there is none. */
    void create(String table, Collection<JsonNode> records) {
        drop(table);
        // A name as the database folds it without quotes, so that a query needs no quotes.
        Function<String, String> fold =
                Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) FieldTables::storesLowerCase))
                        ? name -> name.toLowerCase(Locale.ROOT)
                        : name -> name.toUpperCase(Locale.ROOT);
        Map<String, String> columnOf = new HashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        records.forEach(record ->
                record.fieldNames().forEachRemaining(field -> columns.add(columnOf.computeIfAbsent(field, fold))));
        if (columns.isEmpty()) {
            return;
        }
        jdbc.execute(columns.stream()
                .map(column -> quoted(column) + " VARCHAR")
                .collect(Collectors.joining(", ", "CREATE TABLE " + name(table) + " (", ")")));
        String insert = columns.stream()
                .map(column -> "?")
                .collect(Collectors.joining(", ", "INSERT INTO " + name(table) + " VALUES (", ")"));
        transaction.executeWithoutResult(status -> jdbc.batchUpdate(insert, records, ROWS_PER_BATCH, (row, record) -> {
            Map<String, String> texts = new HashMap<>();
            record.properties()
                    .forEach(field -> texts.putIfAbsent(columnOf.get(field.getKey()), text(field.getValue())));
            int index = 1;
            for (String column : columns) {
                row.setString(index++, texts.get(column));
            }
        }));
    }

    private static boolean storesLowerCase(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return database.storesLowerCaseIdentifiers();
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
