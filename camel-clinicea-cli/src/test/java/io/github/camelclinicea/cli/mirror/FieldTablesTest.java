/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FieldTablesTest {
    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    private SingleConnectionDataSource dataSource;
    private JdbcTemplate jdbc;

    @AfterEach
    void closeConnection() {
        dataSource.destroy();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    private FieldTables tables(boolean inPostgres) throws IOException {
        if (inPostgres && postgres == null) {
            postgres = EmbeddedPostgres.start();
        }
        dataSource = new SingleConnectionDataSource(
                inPostgres
                        ? postgres.getJdbcUrl("postgres", "postgres")
                        : "jdbc:h2:" + folder.resolve("clinic").toAbsolutePath(),
                true);
        jdbc = new JdbcTemplate(dataSource);
        FieldTables tables = new FieldTables(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        tables.drop("rows_of");
        jdbc.execute("DROP TABLE IF EXISTS rows_of");
        jdbc.execute("CREATE TABLE rows_of (id VARCHAR(255) PRIMARY KEY, record TEXT NOT NULL)");
        return tables;
    }

    /** Makes these the only records, and fills the table with their fields. */
    private void fill(FieldTables tables, Map<String, JsonNode> records) {
        jdbc.execute("DELETE FROM rows_of");
        records.forEach(
                (id, record) -> jdbc.update("INSERT INTO rows_of (id, record) VALUES (?, ?)", id, record.toString()));
        tables.fill("rows_of");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_records_when_their_field_table_is_made_then_each_field_is_a_column_with_its_text(boolean inPostgres)
            throws Exception {
        JsonNode one = JsonNodeFactory.instance
                .objectNode()
                .put("FullName", "\"Ann\"\\ Ö'\n")
                .put("Fee", 12.5)
                .putNull("User");
        JsonNode other = JsonNodeFactory.instance.objectNode().put("fee", 3).put("it's \"new\"", true);
        FieldTables tables = tables(inPostgres);
        fill(tables, Map.of("b", other));

        fill(tables, sorted("a", one, "b", other));

        assertThat(jdbc.queryForList("SELECT FullName FROM rows_of_fields WHERE Fee = '12.5'", String.class))
                .containsExactly("\"Ann\"\\ Ö'\n");
        assertThat(jdbc.queryForList("SELECT * FROM rows_of_fields WHERE FullName IS NULL"))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsExactly("b", "3", "true", null, null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_field_table_when_records_change_then_they_alone_are_written_and_new_fields_get_columns(
            boolean inPostgres) throws Exception {
        FieldTables tables = tables(inPostgres);
        fill(tables, sorted("a", record("City", "Old"), "b", record("City", "Old")));
        tables.update("rows_of", List.of("c"), Map.of("c", record("City", "Third")));

        tables.update("rows_of", List.of("a", "b", "never"), Map.of("a", record("Mobile", "555-0101")));

        assertThat(jdbc.queryForList("SELECT record_id, City, Mobile FROM rows_of_fields ORDER BY record_id"))
                .extracting(row -> row.values().toString())
                .containsExactly("[a, null, 555-0101]", "[c, Third, null]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_field_with_the_name_of_the_id_column_or_a_very_long_text_when_written_then_the_table_has_the_rest(
            boolean inPostgres) throws Exception {
        FieldTables tables = tables(inPostgres);
        JsonNode record =
                JsonNodeFactory.instance.objectNode().put("Record_ID", "theirs").put("Photo", "x".repeat(1_500_000));

        fill(tables, Map.of("a", record));

        assertThat(jdbc.queryForMap("SELECT record_id, LENGTH(Photo) AS len FROM rows_of_fields"))
                .containsEntry(inPostgres ? "record_id" : "RECORD_ID", "a")
                .extractingByKey(inPostgres ? "len" : "LEN")
                .asString()
                .isEqualTo("1000000");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_no_table_when_a_record_changes_then_it_is_created(boolean inPostgres) throws Exception {
        FieldTables tables = tables(inPostgres);

        tables.update("rows_of", List.of("a"), Map.of("a", record("City", "New")));

        assertThat(jdbc.queryForObject("SELECT City FROM rows_of_fields", String.class))
                .isEqualTo("New");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_view_of_the_users_when_filled_again_then_it_stays_and_shows_the_new_rows(boolean inPostgres)
            throws Exception {
        FieldTables tables = tables(inPostgres);
        fill(tables, sorted("a", record("City", "Old"), "gone", record("City", "Old")));
        jdbc.execute("CREATE VIEW own_view AS SELECT record_id, City FROM rows_of_fields");
        try {
            fill(tables, sorted("a", record("City", "New"), "b", record("Mobile", "555-0101")));

            assertThat(jdbc.queryForList("SELECT * FROM own_view ORDER BY record_id"))
                    .extracting(row -> row.values().toString())
                    .containsExactly("[a, New]", "[b, null]");
            fill(tables, Map.of());
            assertThat(jdbc.queryForList("SELECT * FROM own_view")).isEmpty();
        } finally {
            jdbc.execute("DROP VIEW own_view");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_more_records_than_a_page_when_filled_then_all_have_their_fields(boolean inPostgres) throws Exception {
        FieldTables tables = tables(inPostgres);
        Map<String, JsonNode> records = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            records.put("id-" + i, record("City", "Town " + i));
        }

        fill(tables, records);

        assertThat(jdbc.queryForObject("SELECT COUNT(DISTINCT City) FROM rows_of_fields", Integer.class))
                .isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_fields_with_names_that_a_database_refuses_when_filled_then_each_has_a_column(boolean inPostgres)
            throws Exception {
        FieldTables tables = tables(inPostgres);
        List<String> fields = List.of(
                "",
                "xmin",
                "ctid",
                "CMax",
                "tableoid",
                "_rowid_",
                "a\0b",
                "x".repeat(70),
                "x".repeat(71),
                "ö".repeat(40));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> record.put(field, "of\0" + field));

        fill(tables, Map.of("a", record));
        tables.update("rows_of", List.of("a"), Map.of("a", record));

        Map<String, Object> row = jdbc.queryForMap("SELECT * FROM rows_of_fields");
        assertThat(row).hasSize(1 + fields.size());
        assertThat(row.values())
                .containsAll(fields.stream()
                        .map(field -> "of" + field.replace("\0", ""))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_very_many_fields_when_filled_then_the_first_ones_have_columns(boolean inPostgres) throws Exception {
        FieldTables tables = tables(inPostgres);
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 2_000; i++) {
            record.put("Field" + i, "text");
        }

        fill(tables, Map.of("a", record));
        tables.update("rows_of", List.of("a"), Map.of("a", record("Another", "text")));
        tables.update("rows_of", List.of("a"), Map.of("a", record));

        assertThat(jdbc.queryForMap("SELECT * FROM rows_of_fields"))
                .hasSize(500)
                .containsEntry(inPostgres ? "field0" : "FIELD0", "text");
    }

    private static JsonNode record(String field, String text) {
        return JsonNodeFactory.instance.objectNode().put(field, text);
    }

    private static Map<String, JsonNode> sorted(String id, JsonNode record, String otherId, JsonNode other) {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        records.put(id, record);
        records.put(otherId, other);
        return records;
    }
}
