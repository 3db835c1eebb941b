/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.testing.TestRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that two rows have the same version exactly if they have the same content, in any spelling. */
class CanonicalContentTest {
    private static final String GUID = "0b5e55ed-abcd-4000-8000-00000000000f";

    private static RowReader reader(BodyFormat ahead, String... ignored) {
        return new RowReader(
                new RowFields(List.of("ID"), List.of("Status"), List.of("Modified"), Set.of(ignored)),
                ahead,
                TestRow.MAX_SIZE);
    }

    private static List<RowVersion> versions(RowReader reader, String... rows) throws IOException {
        List<Row> read = reader.read(
                Arrays.stream(rows)
                        .collect(Collectors.joining(",", "[", "]"))
                        .replace('\'', '"')
                        .getBytes(UTF_8),
                null);
        assertThat(read).hasSize(rows.length).allMatch(row -> row.defect() == null);
        return read.stream().map(Row::version).toList();
    }

    /** Compares the rows in one page, and each in its own page. The form of the row before makes no difference. */
    private static void assertSame(String... rows) throws IOException {
        List<RowVersion> together = versions(reader(null), rows);
        for (int i = 0; i < rows.length; i++) {
            assertThat(together.get(i)).as(rows[i]).isEqualTo(together.get(0));
            assertThat(versions(reader(null), rows[i])).as(rows[i]).containsExactly(together.get(0));
            assertThat(versions(reader(BodyFormat.MAP), rows[i])).as(rows[i]).containsExactly(together.get(0));
        }
    }

    private static void assertAllDifferent(String... rows) throws IOException {
        assertThat(versions(reader(null), rows)).doesNotHaveDuplicates();
    }

    // ---- what makes no difference

    @Test
    void given_fields_in_another_order_when_compared_then_it_is_the_same_content() throws IOException {
        assertSame("{'ID':'1','a':2,'b':3}", "{'b':3,'ID':'1','a':2}", "{'a':2,'b':3,'ID':'1'}");
        assertSame("{'x':{'a':1,'b':{'c':1,'d':2}}}", "{'x':{'b':{'d':2,'c':1},'a':1}}");
        assertSame("{'x':[{'a':1,'b':2}]}", "{'x':[{'b':2,'a':1}]}");
        assertSame("{'a':1,'ab':2,'a b':3,'':4}", "{'':4,'a b':3,'ab':2,'a':1}");
        assertSame("{'x':{'a':1,'ab':2,'a!':3,'':4}}", "{'x':{'':4,'a!':3,'ab':2,'a':1}}");
    }

    @Test
    void given_blanks_when_compared_then_it_is_the_same_content() throws IOException {
        assertSame(
                "{'a':'x','b':1,'c':[1,{'d':true}],'e':null,'f':1.5}",
                "{ 'a' : 'x' , 'b' : 1 , 'c' : [ 1 , { 'd' : true } ] , 'e' : null , 'f' : 1.5 }",
                "{\n\t'a':'x',\r\n 'b':1\n,'c':[1,\n{'d':true\t}],'e':null,'f':1.5\n}",
                "{'a': 'x','b': 1,'c': [1,{'d': true}],'f': 1.5}");
        assertSame("{}", "{ }", "{\n}", "{'a':null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1|1.0|1E0|10e-1|0.1e1|1.000|1e+00|100E-2|0.00001E5",
                "0|-0|0.0|-0.0|0E5|-0e-9|0.000e99999999999|0E-99999999999999999999",
                "-1|-1.0|-10E-1|-0.1e1",
                "10.5|10.50|105E-1|1.05e1|0.105E2",
                "1000|1E3|1.0e3|1000.0|10e2",
                "0.001|1E-3|0.0010|10e-4",
                "12345678901234567890|1234567890123456789E1|12345678901234567890.0|1.234567890123456789e19",
                "100000000000000000000|1E20|1000E17|1.0e20",
                "123456789012345678901234567890|12345678901234567890123456789E1|1.23456789012345678901234567890E29",
                "123456789012345678901234567891|1.23456789012345678901234567891E29",
                "0.00000000000000000000000001|1E-26|10e-27",
                "1E9999999999|10E9999999998|0.1e10000000000|1.0E+9999999999",
                "1E-9999999999|10E-10000000000|0.1e-9999999998",
                "15E99999999999999999999999999999999|1.5E100000000000000000000000000000000",
                "9223372036854775808|9223372036854775808.0|92233720368547758080E-1",
            })
    void given_a_number_spelled_otherwise_when_compared_then_it_is_the_same_content(String numbers) throws IOException {
        String[] spellings = numbers.split("\\|");
        for (String row : List.of("{'a':%s}", "{'a':%s,'b':1}", "{'a':[%s]}", "{'x':{'a':[1,%s,2]}}")) {
            assertSame(Arrays.stream(spellings).map(row::formatted).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ü         | \\u00fc            | \\u00FC
            /         | \\/                | \\u002f
            😀        | \\ud83d\\ude00     | \\uD83D\\uDE00
            \\n       | \\u000a            | \\u000A
            \\"       | \\u0022            | \\"
            \\\\      | \\u005c            | \\u005C
            \\u001f   | \\u001F            | \\u001f
            \\ud800   | \\uD800            | \\ud800
            \\udc00x  | \\uDC00x           | \\uDC00\\u0078
            \\ud800\\ud83d\\ude00 | \\uD800😀 | \\ud800\\uD83D\\uDE00
            A\\b\\f\\r\\t | \\u0041\\u0008\\u000c\\u000d\\u0009 | A\\u0008\\f\\u000D\\t
            €x        | \\u20acx           | \\u20ACx
            """)
    void given_an_escape_spelled_otherwise_when_compared_then_it_is_the_same_content(
            String one, String two, String three) throws IOException {
        for (String row : List.of(
                "{'a':'%s'}",
                "{'a':'x%sy','b':1}", "{'a':['%s']}", "{'%s':1}", "{'%s':1,'b':2}", "{'x':{'%s':1,'b':2}}")) {
            assertSame(row.formatted(one), row.formatted(two), row.formatted(three));
        }
    }

    @Test
    void given_names_that_are_spelled_to_look_like_others_when_compared_then_only_what_they_say_counts()
            throws IOException {
        assertSame("{'a':1,'\\u0061\\\":xyz':null,'b':2}", "{'b':2,'a':1}");
        assertSame("{'z':1,'\\u0061\\\":x':'v','b':2}", "{'a\\\":x':'v','z':1,'b':2}");
        assertSame("{'z':1,'\\u0061':'v'}", "{'a':'v','z':1}", "{'z':1,'a':'v'}");
    }

    @Test
    void given_null_when_compared_then_it_is_an_absent_field() throws IOException {
        assertSame("{'ID':'1','a':null}", "{'ID':'1'}", "{'a':null,'b':null,'ID':'1'}");
        assertSame("{'x':{'a':null,'b':1}}", "{'x':{'b':1}}");
        assertSame("{'x':[{'a':null}]}", "{'x':[{}]}");
        assertAllDifferent("{'a':null}", "{'a':''}", "{'a':[]}", "{'a':{}}", "{'a':[null]}", "{'a':false}", "{'a':0}");
    }

    @Test
    void given_a_guid_in_another_case_when_compared_then_it_is_the_same_content() throws IOException {
        String upper = GUID.toUpperCase(Locale.ROOT);
        String mixed = "0B5e55ed-ABcd-4000-8000-00000000000F";
        String escaped = "\\u0030B5E55ED-ABCD-4000-8000-00000000000\\u0046";
        for (String row : List.of(
                "{'a':'%s'}",
                "{'a':'%s','b':1}",
                "{'ID':'%s','b':1}",
                "{'x':['%s']}",
                "{'x':{'a':'%s'}}",
                "{'Status':'%s','Modified':'%1$s'}")) {
            assertSame(row.formatted(GUID), row.formatted(upper), row.formatted(mixed), row.formatted(escaped));
        }
        assertAllDifferent(
                "{'a':'" + GUID + "x'}",
                "{'a':'" + upper + "x'}",
                "{'a':'" + GUID.replace('f', 'g') + "'}",
                "{'a':'" + upper.replace('F', 'G') + "'}",
                "{'a':'" + GUID.replace('-', '_') + "'}",
                "{'a':'" + upper.replace('-', '_') + "'}",
                "{'a':'{" + GUID.substring(2) + "}'}",
                "{'a':'{" + upper.substring(2) + "}'}");
    }

    @Test
    void given_a_status_or_stamp_that_is_a_number_when_spelled_otherwise_then_it_is_the_same_version()
            throws IOException {
        assertSame("{'Status':1,'Modified':1.50}", "{'Status':1.0,'Modified':15e-1}");
        assertAllDifferent("{'Status':1}", "{'Status':'1'}", "{'Status':'1.0'}", "{'Modified':1}", "{'Modified':'1'}");
    }

    // ---- what does

    @Test
    void given_values_of_another_kind_when_compared_then_it_is_another_content() throws IOException {
        assertAllDifferent(
                "{'a':1}",
                "{'a':'1'}",
                "{'a':true}",
                "{'a':'true'}",
                "{'a':[1]}",
                "{'a':{'a':1}}",
                "{'a':false}",
                "{'a':''}",
                "{'a':'null'}",
                "{'a':null}",
                "{'b':1}",
                "{'a':-1}",
                "{'a':10}",
                "{'a':0.1}",
                "{'a':1E20}",
                "{'a':1E21}",
                "{'a':1E9999999999}",
                "{'a':-1E9999999999}",
                "{'a':1E9999999998}",
                "{'a':'1E20'}",
                "{'A':1}",
                "{'a':' 1'}",
                "{'a':[]}",
                "{'a':[[]]}",
                "{'a':[[],[]]}",
                "{'a':{}}",
                "{'a':[{}]}");
        assertAllDifferent("{'a':[1,2]}", "{'a':[2,1]}", "{'a':[1,2,null]}", "{'a':[null,1,2]}", "{'a':[12]}");
    }

    @Test
    void given_text_that_looks_like_structure_when_compared_then_it_is_another_content() throws IOException {
        assertAllDifferent(
                "{'a':'1,2'}",
                "{'a':'1','b':'2'}",
                "{'a':'1\\\",\\\"b\\\":\\\"2'}",
                "{'a':'\\\\u00fc'}",
                "{'a':'ü'}",
                "{'a':'\\\\'}",
                "{'a':'\\\"'}",
                "{'a':'\\\\\\\"'}",
                "{'a,b':1}",
                "{'a':1,'b':1}",
                "{'a\\\":1,\\\"b':1}",
                "{'a':'n'}",
                "{'a':'\\n'}",
                "{'a':'\\\\n'}");
        assertAllDifferent("{'a':1,'b':2}", "{'a':2,'b':1}", "{'ab':1,'':2}", "{'a':null,'b':1}", "{'a':1,'b':null}");
    }

    // ---- fields that are ignored

    @Test
    void given_fields_to_ignore_when_they_differ_then_it_is_the_same_content_and_they_are_in_the_body()
            throws IOException {
        RowReader reader = reader(BodyFormat.MAP, "ReadAt", "Photo", "x\"y");
        List<RowVersion> versions = versions(
                reader,
                "{'ID':'1','ReadAt':'10:00','Photo':{'url':'a'}}",
                "{'ReadAt':'10:01','ID':'1','Photo':[]}",
                "{'ID':'1','x\\\"y':2}",
                "{'ID':'1','Read\\u0041t':3}");

        assertThat(Set.copyOf(versions)).hasSize(1);
        assertThat(versions(reader(null), "{'ID':'1'}")).containsExactly(versions.get(0));
        assertThat(versions(reader, "{'ID':'1','x':{'ReadAt':1}}", "{'ID':'1','x':{'ReadAt':2}}"))
                .doesNotHaveDuplicates();
        assertThat(reader.read("[{\"ID\":\"1\",\"ReadAt\":\"10:00\"}]".getBytes(UTF_8), null)
                        .get(0)
                        .takeBody())
                .isEqualTo(Map.of("ID", "1", "ReadAt", "10:00"));
    }

    // ---- nothing swells

    @Test
    void given_exponents_without_measure_when_compared_then_they_are_not_expanded() throws IOException {
        String row = "{'a':[" + "1E999999999,-1e-99999999999,1E20,".repeat(20_000) + "0]}";
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThat(versions(reader(null), row)).hasSize(1);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(100L * row.length());
    }

    @Test
    void given_rows_with_many_fields_in_any_order_when_compared_then_they_have_one_content() throws IOException {
        List<String> fields = IntStream.range(0, 3_000)
                .mapToObj(i -> "'f" + i + "':" + (i % 3 == 0 ? "null" : "'v" + i + "'"))
                .collect(Collectors.toCollection(ArrayList::new));
        String sorted = String.join(",", fields);
        Collections.shuffle(fields, new Random(1));
        String shuffled = String.join(",", fields);

        assertSame("{" + sorted + "}", "{" + shuffled + "}");
        assertSame("{'x':{" + sorted + "}}", "{'x':{" + shuffled + "}}");
    }

    // ---- any rows at all

    @Property(tries = 3_000)
    void given_any_two_rows_when_read_then_their_versions_are_equal_exactly_if_the_reference_says_so(
            @ForAll("rows") List<Map<String, Object>> contents, @ForAll Random spelling) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> content : contents) {
            rows.add(RowSpelling.of(content, spelling));
            rows.add(RowSpelling.of(content, spelling));
        }
        List<Row> read = reader(spelling.nextBoolean() ? BodyFormat.MAP : null, "ignored")
                .read(("[" + String.join(spelling.nextBoolean() ? "," : " ,\n", rows) + "]").getBytes(UTF_8), null);

        for (int one = 0; one < rows.size(); one++) {
            for (int other = 0; other < one; other++) {
                assertThat(read.get(one).version().equals(read.get(other).version()))
                        .as("%s and %s", rows.get(one), rows.get(other))
                        .isEqualTo(ReferenceContent.of(rows.get(one), Set.of("ignored"))
                                .equals(ReferenceContent.of(rows.get(other), Set.of("ignored"))));
            }
        }
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> rows() {
        Arbitrary<String> names =
                Arbitraries.of("ID", "Status", "Modified", "ignored", "a", "b", "ü", "a\"", "😀", "\ud800", "");
        Arbitrary<Map<String, Object>> row = Arbitraries.maps(names, RowSpelling.values(2, names))
                .ofMaxSize(5)
                .map(fields -> {
                    Map<String, Object> withoutNumberAsId = new LinkedHashMap<>(fields);
                    // Ids are compared as sent, so that 1 and 1.0 are two.
                    withoutNumberAsId.computeIfPresent("ID", (name, id) -> id instanceof Number ? "i" : id);
                    return withoutNumberAsId;
                });
        return row.list().ofMinSize(1).ofMaxSize(4);
    }
}
