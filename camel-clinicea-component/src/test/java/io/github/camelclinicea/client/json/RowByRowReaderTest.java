/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that an unreadable row affects no other row. */
class RowByRowReaderTest {
    private static final String NOT_WELL_FORMED = "it is not well-formed JSON";
    private static final RowFields FIELDS =
            new RowFields(List.of("PatientID", "ID"), List.of("DataStatusStr"), List.of("ModifiedDatetime"), Set.of());

    private static final int MAX_ROW_SIZE = 32 * 1024 * 1024;
    private static final RowReader READER = new RowReader(FIELDS, null, MAX_ROW_SIZE);
    private static final RowReader READER_WITH_MAPS = new RowReader(FIELDS, BodyFormat.MAP, MAX_ROW_SIZE);

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static List<Row> read(String page) throws MalformedPageException {
        return READER.read(bytes(page), null);
    }

    private static List<Object> told(Row row) {
        return Arrays.asList(
                row.id(),
                row.status(),
                row.modified(),
                new String(row.content(), ISO_8859_1),
                String.valueOf(row.takeBody()),
                row.version(),
                row.defect());
    }

    /** Reads the broken row between two good ones, with each kind of body. */
    private static Row between(byte[] row) throws MalformedPageException {
        byte[] before = bytes("\ufeff [ {'ID':'before','n':'ü'} , ");
        byte[] behind = bytes(" ,\n{'ID':'behind','DataStatusStr':'Added','a':[{'b':1.50}]}\n] ");
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(before);
        page.writeBytes(row);
        page.writeBytes(behind);
        Row found = null;
        for (RowReader reader : List.of(READER, READER_WITH_MAPS)) {
            List<Row> rows = reader.read(page.toByteArray(), null);
            assertThat(rows).hasSize(3);
            byte[] clean = bytes("[{'ID':'before','n':'ü'},{'ID':'behind','DataStatusStr':'Added','a':[{'b':1.50}]}]");
            assertThat(told(rows.get(0)))
                    .isEqualTo(told(reader.read(clean, null).get(0)));
            assertThat(told(rows.get(2)))
                    .isEqualTo(told(reader.read(clean, null).get(1)));
            found = rows.get(1);
            assertThat(found.content()).isEqualTo(row);
            assertThat(found.takeBody()).isNull();
            assertThat(found.version()).isEqualTo(RowVersion.of(found.id(), found.status(), found.modified(), row));
        }
        return found;
    }

    @Test
    void given_a_row_with_a_defect_when_read_then_the_names_of_the_filled_fields_are_those_of_the_other_rows()
            throws Exception {
        byte[] page = bytes("[{'a':1,'b':null,'c':'','x':{'inner':1}},{'bad':1,'n':NaN},null,{'b':2,'c':'','d':[]}]");

        for (RowReader reader : List.of(READER, READER_WITH_MAPS)) {
            Set<String> filled = new TreeSet<>();
            reader.read(page, filled);

            assertThat(filled).containsExactly("a", "b", "d", "x");
        }
    }

    // ---- a row with a defect

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null                                      | it is null
            []                                        | it is an array
            [{'ID':'1'}]                              | it is an array
            [1,NaN,'}',]                              | it is an array
            {'ID':'1','ID':'1'}                       | a field comes twice in one object
            {'a':{'b':1,'b':1}}                       | a field comes twice in one object
            {'a':1,'\\u0061':2}                       | a field comes twice in one object
            {'Bmi':NaN}                               | it is not well-formed JSON
            {'Bmi':Infinity}                          | it is not well-formed JSON
            {'Bmi':-Infinity,'a':1}                   | it is not well-formed JSON
            {'a':undefined}                           | it is not well-formed JSON
            {'a':01}                                  | it is not well-formed JSON
            {'a':+1}                                  | it is not well-formed JSON
            {'a':.5}                                  | it is not well-formed JSON
            {'a':Jürgen}                              | it is not well-formed JSON
            {'a':2026-01-01T00:00:00}                 | it is not well-formed JSON
            {'a':1,}                                  | it is not well-formed JSON
            {'a':[1,2,]}                              | it is not well-formed JSON
            {'a':[1,,2]}                              | it is not well-formed JSON
            {'a':1,,'b':2}                            | it is not well-formed JSON
            {'a':}                                    | it is not well-formed JSON
            {'a':,'b':{'c':}}                         | it is not well-formed JSON
            {'a':'O\\'Neil'}                          | it is not well-formed JSON
            {'a':'\\x','}]':['[{',{'{':NaN}]}         | it is not well-formed JSON
            {'a':'\\u12'}                             | it is not well-formed JSON
            """)
    void given_a_row_that_cannot_be_read_when_its_end_is_certain_then_it_has_a_defect_and_its_neighbours_are_as_ever(
            String row, String defect) throws Exception {
        // The single quote of O\'Neil is meant as one.
        byte[] sent = row.contains("Neil") ? "{\"a\":\"O\\'Neil\"}".getBytes(UTF_8) : bytes(row);

        assertThat(between(sent).defect()).isEqualTo(defect);
    }

    @Test
    void given_a_control_character_in_a_text_when_read_then_the_row_has_a_defect() throws Exception {
        for (String character : List.of("\n", "\r\n", "\t", "\u0000", "\u001f")) {
            assertThat(between(bytes("{'ID':'x','n':'one" + character + "two'}"))
                            .defect())
                    .isEqualTo(NOT_WELL_FORMED);
        }
        assertThat(between(bytes("{'\u0000\u0000\u0000':1}")).defect()).isEqualTo(NOT_WELL_FORMED);
    }

    @Test
    void given_a_row_beyond_a_limit_when_read_then_it_has_a_defect() throws Exception {
        String beyond = "it is nested too deeply, or a name, text or number in it is too long";
        // Two of the hundred levels are the page's array and the row's object.
        assertThat(read("[{'a':" + "[".repeat(98) + "]".repeat(98) + "}]")
                        .get(0)
                        .defect())
                .isNull();
        assertThat(between(bytes("{'a':" + "[".repeat(99) + "]".repeat(99) + "}"))
                        .defect())
                .isEqualTo(beyond);
        assertThat(between(bytes("{'a':" + "{'b':[".repeat(50_000) + "]}".repeat(50_000) + "}"))
                        .defect())
                .isEqualTo(beyond);
        assertThat(between(bytes("{'a':" + "9".repeat(1_001) + "}")).defect()).isEqualTo(beyond);
        assertThat(between(bytes("{'" + "n".repeat(50_001) + "':1}")).defect()).isEqualTo(beyond);
        assertThat(read("[{'ID':'" + "i".repeat(20_000_001) + "'},{'ID':'behind'}]"))
                .extracting(Row::defect)
                .containsExactly(beyond, null);
    }

    @ParameterizedTest
    @CsvSource({"C3", "C328", "E282", "F09F98", "EDA080", "C080", "FF", "F4908080", "E4", "C3205C6E", "956E"})
    void given_a_text_that_is_not_UTF8_when_read_then_its_row_has_a_defect(String hex) throws Exception {
        String text = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        byte[] row = ("{\"ID\":\"x\",\"n\":\"" + text + "\"}").getBytes(ISO_8859_1);

        Row unreadable = between(row);

        assertThat(unreadable.defect()).isEqualTo("it is not UTF-8");
        assertThat(unreadable.id()).isEqualTo("x");
    }

    @Test
    void given_a_number_that_only_a_map_cannot_hold_when_another_row_is_broken_then_its_row_is_readable()
            throws Exception {
        List<Row> rows =
                READER_WITH_MAPS.read(bytes("[{'ID':'1','a':1E9999999999},{'ID':'2','a':NaN},{'ID':'3'}]"), null);

        assertThat(rows).extracting(row -> row.defect() == null).containsExactly(true, false, true);
        assertThat(rows).extracting(row -> row.takeBody() != null).containsExactly(false, false, true);
    }

    // ---- what is certain of it

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NONE", quoteCharacter = '`', textBlock = """
            {'PatientID':'p','a':NaN}                       | p
            {'a':NaN,'ID':'i'}                              | i
            {'ID':'i','PatientID':'p','a':NaN}              | p
            {'ID':4711,'a':NaN}                             | 4711
            {'ID':1.50,'a':NaN}                             | 1.50
            {'ID':'a\\u0062','a':NaN}                       | ab
            {'\\u0049D':'i','a':NaN}                        | i
            { 'ID' : 'i' , 'a' : NaN }                      | i
            {'PatientID':null,'ID':'i','a':NaN}             | i
            {'PatientID':'','ID':'i','a':NaN}               | i
            {'PatientID':{'x':NaN},'ID':'i'}                | i
            {'ID':'1','ID':'1'}                             | 1
            {'ID':'1','ID':'2'}                             | NONE
            {'ID':'1','ID':null}                            | NONE
            {'ID':null,'ID':'1'}                            | NONE
            {'PatientID':'1','PatientID':'2','ID':'3'}      | NONE
            {'ID':'1','\\u0049D':'2'}                       | NONE
            {'PatientID':NaN,'ID':'i'}                      | NONE
            {'PatientID':,'ID':'i'}                         | NONE
            {'PatientID':'\\x','ID':'i'}                    | NONE
            {'PatientID':01,'ID':'i'}                       | NONE
            {'x':{'ID':'inner'},'a':NaN}                    | NONE
            {'x':'\\',\\'ID\\':\\'no','a':NaN}              | NONE
            {'a':NaN}                                       | NONE
            [{'ID':'1'}]                                    | NONE
            null                                            | NONE
            {'ID':'0B5E55ED-ABCD-4000-8000-00000000000F','ID':'0b5e55ed-abcd-4000-8000-00000000000f'} | 0b5e55ed-abcd-4000-8000-00000000000f
            """)
    void given_a_row_with_a_defect_when_its_id_is_looked_for_then_it_is_there_only_beyond_doubt(String row, String id)
            throws Exception {
        assertThat(between(bytes(row)).id()).isEqualTo(id);
    }

    @Test
    void given_a_row_with_a_defect_when_it_has_status_and_stamp_then_they_are_there() throws Exception {
        Row row = between(bytes("{'DataStatusStr':'Deleted','ModifiedDatetime':'2026-01-01T00:00:00','a':NaN}"));

        assertThat(row.status()).isEqualTo("Deleted");
        assertThat(row.modified()).isEqualTo("2026-01-01T00:00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'text'", "7", "true", "NaN", "nul", "Null", "nullnull"})
    void given_a_single_value_among_objects_when_read_then_it_has_a_defect_and_its_neighbours_have_none(String value)
            throws Exception {
        assertThat(read("[{'ID':'a'}," + value + ",{'ID':'b'}]"))
                .extracting(Row::id, Row::defect)
                .containsExactly(tuple("a", null), tuple(null, "it is a single value"), tuple("b", null));
    }

    // ---- what is uncertain

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'n':'5' pipe'}",
                "{'n':'a 'b', c'}",
                "{'n':''}'}",
                "{'n':'''}",
                "{'n':'x','}",
                "{'n':'C:\\'}",
                "{'n':'x}",
                "{'n':x'}",
                "{n:1}",
                "{'n' 1}",
                "{'n':1 2}",
                "{'n':1 'm':2}",
                "{'n':1;'m':2}",
                "{'n':{'m':1}",
                "{'n':[1}",
                "{'n':1]",
                "{'n':[1,2}]",
                "{'n':1}}",
                "{'n':[",
                "[{'n':1}",
                "[[",
                "{'n':1 /* } */}",
                "{'n':1 // }\n}",
                "{'n':`x`}",
                "{'n':(1)}",
                "{'n'}",
                "{",
                "}",
                "]",
                "",
                "{}{}",
                "{'n':'x','},{':1,'m':NaN}",
                "{'n':'x','m':' , [ ','o':NaN}",
            })
    void given_a_row_whose_end_is_uncertain_when_read_then_the_page_fails_and_names_row_and_neighbour(String row) {
        for (String behind : List.of("", ",{}", ",{'ID':'b','n':':'}", ",{':':1,',':':'},{'}':']','x':'{'}")) {
            if (row.isEmpty() && behind.isEmpty()) {
                continue;
            }
            assertThatThrownBy(() -> read("[{'ID':'p-17','Name':'Smith'}," + row + behind + "]"))
                    .as(row + behind)
                    .isInstanceOf(MalformedPageException.class)
                    .hasMessageNotContaining("Smith")
                    .hasMessageNotContaining("pipe")
                    .hasNoCause();
        }
        if (!List.of("]", "{'n':1]").contains(row)) {
            assertThatThrownBy(() -> read("[{'ID':'p-17','Name':'Smith'}," + row + ",{}]"))
                    .hasMessageMatching("its row [12], behind the row with id p-17, .*|its row 2 .*");
        }
    }

    @Test
    void given_a_single_quote_as_a_quote_when_read_then_the_page_fails() {
        for (String row : List.of("{\"n\":'x'}", "{'n':1}", "{\"n\":'},{'}")) {
            assertThatThrownBy(() -> READER.read(("[" + row + ",{}]").getBytes(UTF_8), null))
                    .isInstanceOf(MalformedPageException.class);
        }
    }

    /** In these encodings the second byte of some letters is a backslash. It would make a quote part of the text. */
    @ParameterizedTest
    @ValueSource(strings = {"Shift_JIS", "GBK", "Big5"})
    void given_an_encoding_in_which_a_letter_ends_in_a_backslash_when_read_then_no_row_takes_its_neighbour(
            String name) {
        Charset charset = Charset.forName(name);
        String letter = name.equals("GBK") ? "乗" : name.equals("Big5") ? "功" : "表";
        byte[] encoded = letter.getBytes(charset);
        assertThat(encoded).endsWith((byte) '\\');
        byte[] page =
                ("[{\"n\":\"x" + letter + "\"},{\",\":1,\"m\":\":" + letter + "\"},{\"ID\":\"3\"}]").getBytes(charset);

        assertThatThrownBy(() -> READER.read(page, null)).isInstanceOf(MalformedPageException.class);
    }

    @Test
    void given_an_id_that_should_not_be_shown_when_the_page_fails_then_the_message_is_without_it() {
        for (String id : List.of("x".repeat(65), "a\\u000aINFO all is well", "\\ud800", "")) {
            assertThatThrownBy(() -> read("[{'ID':'" + id + "'},{'n':1 2}]")).hasMessageStartingWith("its row 1 has");
        }
        assertThatThrownBy(() -> read("[{'n':1 2}]")).hasMessageStartingWith("its row 0 has");
    }

    // ---- pages at random

    private static final List<String> BROKEN = List.of(
            "null",
            "[{'ID':'x'}]",
            "{'ID':'x','a':NaN}",
            "{'ID':'x','ID':'y'}",
            "{'a':'line\nbreak','ID':'x'}",
            "{'a':[1,{'b':[,]},]}",
            "{'a':'\\x'}",
            "{'a':}",
            "{,}");

    private static final List<String> GOOD = List.of(
            "{}",
            "{'PatientID':'p','a':1,'b':[],'DataStatusStr':'Added'}",
            "{'PatientID':'q','a':2,'b':[{'c':1.50}],'DataStatusStr':'Modified'}",
            "{'ID':'ü','n':'\\u00fc€😀\\\\\\\"'}",
            "{'n':':','m':',','}':']','{':'[','ID':'1'}",
            "{ 'ID' : '2' , 'n' : null }",
            "{',':'},{',':':'}],'}");

    @Property(tries = 1_000)
    void given_random_pages_with_broken_rows_when_read_then_the_others_are_as_from_a_clean_page(
            @ForAll("rowNumbers") List<Integer> numbers, @ForAll boolean maps) throws Exception {
        RowReader reader = maps ? READER_WITH_MAPS : READER;
        List<String> rows = numbers.stream()
                .map(number -> number < GOOD.size() ? GOOD.get(number) : BROKEN.get(number - GOOD.size()))
                .toList();
        List<Row> clean = reader.read(
                bytes(rows.stream().filter(GOOD::contains).collect(Collectors.joining(",", "[", "]"))), null);

        List<Row> read = reader.read(bytes(rows.stream().collect(Collectors.joining(" ,\n", "[", "]"))), null);

        assertThat(read).hasSameSizeAs(rows);
        assertThat(read.stream().filter(row -> row.defect() == null).map(RowByRowReaderTest::told))
                .isEqualTo(clean.stream().map(RowByRowReaderTest::told).toList());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(new String(read.get(i).content(), UTF_8))
                    .isEqualTo(rows.get(i).replace('\'', '"'));
            assertThat(read.get(i).defect() == null).isEqualTo(GOOD.contains(rows.get(i)));
        }
    }

    @Provide
    Arbitrary<List<Integer>> rowNumbers() {
        return Arbitraries.integers()
                .between(0, GOOD.size() + BROKEN.size() - 1)
                .list()
                .ofMaxSize(12);
    }

    /**
     * One row is broken at random, and its neighbours are intact. Either the page fails, or each neighbour is a row of
     * its own, in order. The broken row may become one row or several, but no part of a neighbour.
     */
    @Property(tries = 20_000)
    void given_a_row_with_random_mutations_when_read_then_no_neighbour_is_lost_or_merged(
            @ForAll("goodNumbers") List<Integer> before,
            @ForAll("goodNumbers") List<Integer> behind,
            @ForAll @IntRange(max = 15) int broken,
            @ForAll Random random) {
        String row = broken < GOOD.size() ? GOOD.get(broken) : BROKEN.get(broken - GOOD.size());
        byte[] mutated = mutate(bytes(row), random);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(bytes("["));
        before.forEach(number -> page.writeBytes(bytes(GOOD.get(number) + ",")));
        page.writeBytes(mutated);
        behind.forEach(number -> page.writeBytes(bytes("," + GOOD.get(number))));
        page.writeBytes(bytes("]"));

        List<Row> rows;
        try {
            rows = READER.read(page.toByteArray(), null);
        } catch (MalformedPageException e) {
            return;
        }
        List<String> read =
                rows.stream().map(r -> new String(r.content(), ISO_8859_1)).toList();
        String as = new String(page.toByteArray(), ISO_8859_1);
        assertThat(read.size()).as(as).isGreaterThanOrEqualTo(before.size() + behind.size());
        assertThat(read.subList(0, before.size())).as(as).isEqualTo(texts(before));
        assertThat(read.subList(read.size() - behind.size(), read.size()))
                .as(as)
                .isEqualTo(texts(behind));
        assertThat(rows.subList(0, before.size())).as(as).allMatch(r -> r.defect() == null);
        assertThat(rows.subList(read.size() - behind.size(), read.size()))
                .as(as)
                .allMatch(r -> r.defect() == null);
    }

    private static List<String> texts(List<Integer> good) {
        return good.stream()
                .map(number -> new String(bytes(GOOD.get(number)), ISO_8859_1))
                .toList();
    }

    @Provide
    Arbitrary<List<Integer>> goodNumbers() {
        return Arbitraries.integers().between(0, GOOD.size() - 1).list().ofMaxSize(4);
    }

    private static final String STRUCTURE = "\"\"\"\\{}[],:'n1 \n";

    private static byte[] mutate(byte[] row, Random random) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : row) {
            bytes.add(b);
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(bytes.size() + 1);
            byte other = (byte)
                    (random.nextInt(4) == 0
                            ? random.nextInt(256)
                            : STRUCTURE.charAt(random.nextInt(STRUCTURE.length())));
            switch (random.nextInt(4)) {
                case 0 -> bytes.add(at, other);
                case 1 ->
                    bytes.subList(at, Math.min(bytes.size(), at + 1 + random.nextInt(4)))
                            .clear();
                case 2 -> bytes.subList(at, bytes.size()).clear();
                default -> {
                    if (at < bytes.size()) {
                        bytes.set(at, other);
                    }
                }
            }
        }
        byte[] mutated = new byte[bytes.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = bytes.get(i);
        }
        return mutated;
    }
}
