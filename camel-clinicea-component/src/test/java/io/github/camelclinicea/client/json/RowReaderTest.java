/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
    private final RowReader reader = new RowReader(
            new RowFields(
                    List.of("PatientID", "ID"),
                    List.of("DataStatusStr", "DataStatusValue"),
                    List.of("ModifiedDatetime"),
                    Set.of()),
            null,
            TestRow.MAX_SIZE);

    // ---- rows as they were sent

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"b\":1,\"a\":2}",
                "{ \"a\" : [ 1 , { \"b\" : [] } ] , \"Unknown\" : null }",
                "{\"amount\":10.10,\"tiny\":1e-7,\"long\":12345678901234567890123456789.50}",
                "{\"name\":\"J\\u00fcrgen \\\"X\\\" ü€😀\",\"}\":\"]\"}",
                "{\"ID\":\"1\",\"visit\":{\"ID\":\"2\",\"DataStatusStr\":\"Deleted\"}}",
                "{\n\t\"ID\" :\r\n \"1\"\n}",
            })
    void given_a_row_when_read_then_its_bytes_are_exactly_those_sent(String row) throws Exception {
        assertThat(texts(read("[" + row + "]"))).containsExactly(row);
        assertThat(texts(read(" [ {} ,\n" + row + " , " + row + "\t] \r\n"))).containsExactly("{}", row, row);
    }

    @Test
    void given_rows_when_read_then_they_come_in_the_order_sent() throws Exception {
        assertThat(read("[{\"ID\":\"3\"},{\"ID\":\"1\"},{\"ID\":\"2\"}]"))
                .extracting(Row::id)
                .containsExactly("3", "1", "2");
    }

    @Test
    void given_an_empty_array_when_read_then_there_are_no_rows() throws Exception {
        assertThat(read(" [ ] ")).isEmpty();
    }

    @Test
    void given_a_byte_order_mark_when_read_then_it_is_no_part_of_the_rows() throws Exception {
        assertThat(texts(read("\uFEFF[{\"ID\":\"ü\"}]"))).containsExactly("{\"ID\":\"ü\"}");
    }

    @Test
    void given_two_byte_order_marks_when_read_then_it_fails_as_only_the_first_is_one() {
        assertThatThrownBy(() -> read("\uFEFF\uFEFF[{\"ID\":\"1\"}]")).isInstanceOf(MalformedPageException.class);
    }

    @Test
    void given_a_row_when_shown_then_nothing_of_it_is_seen() throws Exception {
        assertThat(read("[{\"ID\":\"secret\"}]").toString()).doesNotContain("secret");
    }

    @Test
    void given_a_page_when_read_then_the_names_of_fields_with_a_value_in_some_row_are_added() throws Exception {
        String page = "\uFEFF[{\"ID\":\"1\",\"a\":null,\"b\":\"\",\"never\":null,\"empty\" : \"\"},"
                + "{\"ID\":\"2\",\"a\":\"ü\",\"b\":\" \",\"never\":null,\"empty\":\"\"},"
                + "{\"x\":{\"inner\":1},\"list\":[],\"object\":{},\"zero\":0,\"no\":false,\"\\u0071\":1,\"ID\":\"3\"}]";

        for (BodyFormat ahead : Arrays.asList(null, BodyFormat.MAP)) {
            Set<String> filled = new TreeSet<>();
            new RowReader(new RowFields(List.of("ID"), List.of(), List.of(), Set.of("a")), ahead, page.length() * 2)
                    .read(page.getBytes(UTF_8), filled);

            assertThat(filled).containsExactly("ID", "a", "b", "list", "no", "object", "q", "x", "zero");
        }
    }

    // ---- id, status, stamp

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", quoteCharacter = '`', textBlock = """
            {"PatientID":"p","ID":"i"}              | p
            {"ID":"i","PatientID":"p"}              | p
            {"ID":"i"}                              | i
            {"PatientID":null,"ID":"i"}             | i
            {"PatientID":"","ID":"i"}               | i
            {"PatientID":{"a":1},"ID":"i"}          | i
            {"PatientID":["p"],"ID":"i"}            | i
            {"PatientID":4711}                      | 4711
            {"PatientID":12345678901234567890}      | 12345678901234567890
            {"PatientID":1.50}                      | 1.50
            {"PatientID":true}                      | true
            {"PatientID":" "}                       | ` `
            {"PatientID":"a\\u0062"}                 | ab
            {"patientid":"p"}                       | NULL
            {"PatientID":"","ID":null}              | NULL
            {"x":{"ID":"inner"}}                    | NULL
            {}                                      | NULL
            """)
    void given_id_fields_when_a_row_is_read_then_the_first_that_it_has_wins(String row, String id) throws Exception {
        assertThat(read("[" + row + "]").get(0).id()).isEqualTo(id);
    }

    @Test
    void given_status_and_stamp_when_a_row_is_read_then_they_are_the_raw_texts() throws Exception {
        Row row = read("[{\"ModifiedDatetime\":\"0001-01-01T00:00:00\",\"DataStatusValue\":\"Odd word\"}]")
                .get(0);

        assertThat(row.status()).isEqualTo("Odd word");
        assertThat(row.modified()).isEqualTo("0001-01-01T00:00:00");
    }

    @Test
    void given_one_field_for_id_and_stamp_when_a_row_is_read_then_it_is_both() throws Exception {
        Row row = new RowReader(
                        new RowFields(List.of("Key"), List.of("Key"), List.of("Key"), Set.of()), null, TestRow.MAX_SIZE)
                .read("[{\"Key\":\"k\"}]".getBytes(UTF_8), null)
                .get(0);

        assertThat(List.of(row.id(), row.status(), row.modified())).containsOnly("k");
    }

    // ---- what is no page

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "\"\"",
                "7",
                "{}",
                "{\"rows\":[]}",
                "Unauthorized",
                "<!DOCTYPE html><html><body>Maintenance</body></html>",
                "<html>[]</html>",
                "[1]",
                "[\"a\"]",
                "[{}]]",
                "[{}]{}",
                "[] []",
                "[]x",
                "[],",
                "[{},]",
                "[,{}]",
                "[{}{}]",
                "[{'a':1}]",
                "[{a:1}]",
                "[{\"a\":'1'}]",
                "[{\"a\":1}x,{}]",
                "[{\"a\":1 2}]",
                "[{\"a\":NaN}",
                "[true]",
                "[NaN]",
                "[nullx]",
                "[{\"a\" 1}]",
                "[{}] // comment",
                "[{\"a\":1}\u0000]",
            })
    void given_what_is_no_array_of_objects_when_read_then_it_fails(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedPageException.class);
    }

    @Test
    void given_a_page_with_a_broken_row_when_read_then_it_fails_and_names_the_row() {
        assertThatThrownBy(() -> read("[{},{},{\"name\":\"Secret Smith\" \"x\"}]"))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("row 2")
                .hasMessageNotContaining("Secret")
                .hasNoCause();
    }

    @Test
    void given_a_single_value_among_objects_when_read_then_it_is_a_row_with_a_defect() throws Exception {
        List<Row> rows = read("[{},\"Secret Smith\",7]");

        assertThat(rows).extracting(Row::defect).containsExactly(null, "it is a single value", "it is a single value");
        assertThat(rows.get(1).content()).asString(UTF_8).isEqualTo("\"Secret Smith\"");
    }

    @Test
    void given_single_values_alone_when_read_then_it_is_no_list_of_rows() {
        assertThatThrownBy(() -> read("[\"An error has occurred\"]"))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageNotContaining("occurred");
    }

    @Test
    void given_a_page_cut_off_at_any_byte_when_read_then_it_fails_or_is_the_whole() throws Exception {
        String page = "\uFEFF [ {\"ID\":\"ü1\",\"n\":12.5,\"t\":true,\"x\":null}, {\"a\":[{\"b\":\"€\\n\"}]} ,{} ] \n";
        byte[] whole = page.getBytes(UTF_8);
        List<String> rows = texts(reader.read(whole, null));
        int end = page.substring(0, page.lastIndexOf(']') + 1).getBytes(UTF_8).length;
        assertThat(rows).hasSize(3);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (length < end) {
                assertThatThrownBy(() -> reader.read(part, null))
                        .as("cut off at byte %d", length)
                        .isInstanceOf(MalformedPageException.class);
            } else {
                assertThat(texts(reader.read(part, null))).isEqualTo(rows);
            }
        }
    }

    @Test
    void given_nesting_without_an_end_when_read_then_it_fails() {
        assertThatThrownBy(() -> read("[{\"a\":" + "[".repeat(1_000_000))).isInstanceOf(MalformedPageException.class);
    }

    /** ASCII letters in UTF-16 and UTF-32 are valid UTF-8, with zeroes between them. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
    void given_a_page_in_another_encoding_when_read_then_it_fails(String charset) {
        for (String page : List.of("[{\"ID\":\"1\"}]", "[]")) {
            byte[] body = page.getBytes(Charset.forName(charset));

            assertThatThrownBy(() -> reader.read(body, null)).isInstanceOf(MalformedPageException.class);
        }
    }

    // ---- any page at all

    @Property(tries = 500)
    void given_any_rows_when_sent_and_read_then_they_come_back_equal(
            @ForAll("rows") List<Map<String, Object>> rows, @ForAll boolean indented, @ForAll("blanks") String blank)
            throws Exception {
        ObjectMapper other = new ObjectMapper().configure(SerializationFeature.INDENT_OUTPUT, indented);
        List<String> sent = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            sent.add(write(other, row));
        }
        String page = blank + "[" + blank + String.join(blank + "," + blank, sent) + blank + "]" + blank;

        List<Row> read = read(page);

        assertThat(texts(read)).isEqualTo(sent);
        for (int i = 0; i < rows.size(); i++) {
            Object id = rows.get(i).get("ID");
            if (id instanceof String text && !text.isEmpty()) {
                assertThat(read.get(i).id()).isEqualTo(text);
            } else if (id == null) {
                assertThat(read.get(i).id()).isNull();
            }
        }
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> rows() {
        return Arbitraries.maps(names(), values(3)).ofMaxSize(6).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of("", " ", "\n", "\t\r\n ");
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(Arbitraries.of("ID", "DataStatusStr", "a", "{", "]", ",", "\""), strings());
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.integers()
                .between(0, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .map(Character::toString)
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                strings().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.bigDecimals().ofScale(3).asGeneric(),
                Arbitraries.<Object>of(new BigDecimal("10.10"), "[]", "{}", "\\"));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> inner = values(depth - 1);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, scalar.injectNull(0.1)),
                net.jqwik.api.Tuple.of(1, inner.list().ofMaxSize(3).asGeneric()),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.maps(names(), inner).ofMaxSize(3).asGeneric()));
    }

    // ----

    private static String write(ObjectMapper mapper, Object value) throws JsonProcessingException {
        return mapper.writeValueAsString(value);
    }

    private List<Row> read(String body) throws MalformedPageException {
        return reader.read(body.getBytes(UTF_8), null);
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(row -> new String(row.content(), UTF_8)).toList();
    }
}
