/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FieldTablesTest {
    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    private JdbcTemplate jdbc;

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
        DriverManagerDataSource dataSource = new DriverManagerDataSource(
                inPostgres
                        ? postgres.getJdbcUrl("postgres", "postgres")
                        : "jdbc:h2:" + folder.resolve("clinic").toAbsolutePath());
        jdbc = new JdbcTemplate(dataSource);
        FieldTables tables = new FieldTables(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        tables.drop("rows_of");
        return tables;
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
        tables.create("rows_of", Map.of("b", other));

        tables.create("rows_of", sorted("a", one, "b", other));

        assertThat(jdbc.queryForList("SELECT FullName FROM rows_of_fields WHERE Fee = '12.5'", String.class))
                .containsExactly("\"Ann\"\\ Ö'\n");
        assertThat(jdbc.queryForList("SELECT * FROM rows_of_fields WHERE FullName IS NULL"))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsExactly("b", null, "3", null, "true"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_field_table_when_records_change_then_they_alone_are_written_and_new_fields_get_columns(
            boolean inPostgres) throws Exception {
        FieldTables tables = tables(inPostgres);
        tables.create("rows_of", sorted("a", record("City", "Old"), "b", record("City", "Old")));
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

        tables.create("rows_of", Map.of("a", record));

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
