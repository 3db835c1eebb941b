/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Creates a view for each resource, with a text column for each field that its records have. Records may get other
 * fields later, so the views are created again at the end of each run.
 *
 * <p>Specified by {@code MirrorToDatabaseTest}.
 */
final class MirrorViews {
    private static final String SUFFIX = "_view";

    private final JdbcTemplate jdbc;

    MirrorViews(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the name of a table's view. */
    static String name(String table) {
        return table + SUFFIX;
    }

    /** Creates the view of a table from the records in it. Without records there is no view. */
    void create(String table, Collection<JsonNode> records) {
        Map<String, String> columns = new LinkedHashMap<>();
        boolean postgres = Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) MirrorViews::isPostgres));
        for (JsonNode record : records) {
            // Folded as the database folds a name without quotes, so a query needs none.
            record.fieldNames()
                    .forEachRemaining(field -> columns.putIfAbsent(
                            postgres ? field.toLowerCase(Locale.ROOT) : field.toUpperCase(Locale.ROOT), field));
        }
        jdbc.execute("DROP VIEW IF EXISTS " + name(table));
        if (!columns.isEmpty()) {
            jdbc.execute(
                    "CREATE VIEW " + name(table) + " AS " + (postgres ? postgres(table, columns) : h2(table, columns)));
        }
    }

    private static boolean isPostgres(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return database.getDatabaseProductName().equals("PostgreSQL");
    }

    private static String postgres(String table, Map<String, String> columns) {
        return columns.entrySet().stream()
                .map(column -> "json ->> '" + column.getValue().replace("'", "''") + "' AS " + quoted(column.getKey()))
                .collect(Collectors.joining(
                        ", ", "SELECT ", " FROM (SELECT CAST(record AS JSONB) AS json FROM " + table + ") AS rows"));
    }

    /** H2 has no function that returns a field as text, so the quotes and escapes of JSON are removed here. */
    private static String h2(String table, Map<String, String> columns) {
        String outer = columns.keySet().stream()
                .map(MirrorViews::quoted)
                .map(name -> "CASE WHEN " + name + " LIKE '\"%' THEN STRINGDECODE(REGEXP_REPLACE(" + name
                        + ", '^\"|\"$', '')) ELSE " + name + " END AS " + name)
                .collect(Collectors.joining(", "));
        return columns.entrySet().stream()
                .map(column -> "NULLIF(CAST((record FORMAT JSON)." + quoted(column.getValue())
                        + " AS VARCHAR), 'null') AS " + quoted(column.getKey()))
                .collect(Collectors.joining(", ", "SELECT " + outer + " FROM (SELECT ", " FROM " + table + ")"));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
