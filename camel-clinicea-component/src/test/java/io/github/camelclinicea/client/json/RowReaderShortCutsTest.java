/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the reader's short cuts return the same rows and refuse the same pages as the plain reader. */
class RowReaderShortCutsTest {
    private static final List<String> IDS = List.of("PatientID", "ID");
    private static final List<String> STATUSES = List.of("DataStatusStr", "DataStatusValue");
    private static final List<String> STAMPS = List.of("ModifiedDatetime");

    private static final RowFields FIELDS = new RowFields(IDS, STATUSES, STAMPS, Set.of());

    private final RowReader reader = new RowReader(FIELDS, null, TestRow.MAX_SIZE);
    private final PlainRowReader plain = new PlainRowReader(IDS, STATUSES, STAMPS);

    /** Returns the rows, or null if it is no page or has an unreadable row. */
    private List<List<String>> fast(byte[] page) {
        try {
            List<Row> rows = reader.read(page, null);
            return rows.stream().anyMatch(row -> row.defect() != null)
                    ? null
                    : rows.stream()
                            .map(row -> Arrays.asList(
                                    row.id(), row.status(), row.modified(), new String(row.content(), UTF_8)))
                            .toList();
        } catch (MalformedPageException e) {
            return null;
        }
    }

    private List<List<String>> plainly(byte[] page) {
        try {
            return plain.read(page);
        } catch (IOException e) {
            return null;
        }
    }

    // ---- the layout of the row before

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ID':1,'a':2,'b':3}|{'ID':2,'a':2,'b':3}|{'ID':3,'a':2,'b':3}",
                "{'ID':1,'a':2,'b':3}|{'ID':2,'b':2,'a':3}|{'ID':3,'b':2,'a':3}|{'ID':4,'a':2,'b':3}",
                "{'ID':1,'a':2,'b':3}|{'ID':2}|{}|{'ID':3,'a':2,'b':3,'c':4}|{'ID':4,'a':2}",
                "{'x':1,'PatientID':'p','ID':'i'}|{'x':1,'ID':'i','PatientID':'q'}|{'x':1,'PatientID':null,'ID':'j'}",
                "{'ID':'1','DataStatusStr':''}|{'ID':'2','DataStatusValue':'Added','ModifiedDatetime':'t'}",
                "{'ID':{'ID':1},'a':[{'ID':2},{'ID':3}]}|{'ID':'4','a':[{'ID':5},{'ID':6}]}",
            })
    void given_rows_that_leave_the_way_of_the_one_before_when_read_then_they_are_what_the_plain_way_gives(String rows) {
        byte[] page = page(rows.replace('\'', '"').replace('|', ','));

        assertThat(fast(page)).isEqualTo(plainly(page)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':1,'b':2}|{'a':1,'b':2,'a':3}",
                "{'a':1,'b':2}|{'a':1,'a':3}",
                "{'a':1,'b':2}|{'b':1,'b':2}",
                "{'a':1,'b':2}|{'b':1,'a':2,'b':3}",
                "{'a':1,'b':2,'c':3}|{'a':1,'c':2,'b':3,'c':4}",
                "{'a':{'x':1,'x':2}}",
                "{'a':[{'x':1},{'x':1,'y':{'z':1,'z':2}}]}",
            })
    void given_a_field_twice_when_the_row_before_had_it_once_then_it_cannot_be_read(String rows) {
        byte[] page = page(rows.replace('\'', '"').replace('|', ','));

        assertThat(fast(page)).isNull();
        assertThat(plainly(page)).isNull();
    }

    @Property(tries = 2_000)
    void given_any_rows_when_read_then_they_are_what_the_plain_way_gives(
            @ForAll("pages") String page, @ForAll @IntRange(min = 0, max = 400) int at, @ForAll byte instead) {
        byte[] body = page.getBytes(UTF_8);

        assertThat(fast(body)).isEqualTo(plainly(body));

        byte[] broken = body.clone();
        broken[at % broken.length] = instead;
        assertThat(fast(broken)).isEqualTo(plainly(broken));
    }

    // ---- bodies made while the page is looked at

    private static List<Row> rows(byte[] page, BodyFormat ahead) {
        try {
            return new RowReader(FIELDS, ahead, TestRow.MAX_SIZE).read(page, null);
        } catch (MalformedPageException e) {
            return null;
        }
    }

    /** Returns a text of the value with its types and order, in which equal maps may differ. */
    private static String told(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.getClass().getSimpleName()
                    + map.entrySet().stream()
                            .map(field -> told(field.getKey()) + "=" + told(field.getValue()))
                            .toList();
        }
        if (value instanceof List<?> list) {
            return list.getClass().getSimpleName()
                    + list.stream().map(RowReaderShortCutsTest::told).toList();
        }
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    private static void assertBodiesAreThoseOf(BodyFormat format, byte[] page) throws IOException {
        List<Row> plainRows = rows(page, null);
        List<Row> rows = rows(page, format);
        if (plainRows == null) {
            assertThat(rows).isNull();
            return;
        }
        assertThat(rows).hasSameSizeAs(plainRows);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Row plainRow = plainRows.get(i);
            assertThat(plainRow.takeBody()).isNull();
            assertThat(Arrays.asList(row.id(), row.status(), row.modified(), new String(row.content(), UTF_8)))
                    .isEqualTo(Arrays.asList(
                            plainRow.id(),
                            plainRow.status(),
                            plainRow.modified(),
                            new String(plainRow.content(), UTF_8)));
            assertThat(row.version()).isEqualTo(plainRow.version());
            assertThat(row.defect()).isEqualTo(plainRow.defect());
            assertThat(told(row.takeBody()))
                    .isEqualTo(row.defect() == null ? told(format.body(row.content())) : "null");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'\\ud800':1,'ID':'1'},{'\\ud800':1,'ID':'2'},{'\\ud800':1,'\\ud800':2}]",
                "[{'\\ud800':1,'ID':'1'},{'\\ud800':1,'ID':'2'},{'ID':'3'}]",
                "[{'😀':1,'ID':'1'},{'😀':1,'ID':'2'},{'\\ud83d\\ude00':1,'ID':'3'}]",
                "\ufeff [ { 'ID' : '1' , 'a' : { 'b' : [ 1 , 2.50 ] } } , { 'ID' : '2' , 'a' : null } ] ",
                "[\n  {\n    'ID': '1',\n    'a': 1\n  },\n  {\n    'ID': '2',\n    'a': 2\n  }\n]\n",
            })
    void given_names_and_blanks_of_any_kind_when_read_then_all_ways_give_the_same(String rows) throws IOException {
        byte[] page = rows.replace('\'', '"').getBytes(UTF_8);

        assertThat(fast(page)).isEqualTo(plainly(page));
        assertBodiesAreThoseOf(BodyFormat.MAP, page);
        assertBodiesAreThoseOf(BodyFormat.JSON, page);
    }

    @Test
    void given_one_row_with_many_fields_when_read_with_maps_then_those_of_the_short_ones_are_small() {
        String wide =
                IntStream.range(0, 50_000).mapToObj(i -> ",'f" + i + "':1").collect(Collectors.joining());
        String narrow = ",{'ID':'2'}".repeat(3_000);
        byte[] page = page(("{'ID':'1'" + wide + "}" + narrow).replace('\'', '"'));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThat(rows(page, BodyFormat.MAP)).hasSize(3_001);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(100L * page.length);
    }

    @Property(tries = 2_000)
    void given_any_rows_when_read_with_their_bodies_then_those_are_what_binding_them_gives(
            @ForAll("pages") String page, @ForAll @IntRange(min = 0, max = 400) int at, @ForAll byte instead)
            throws IOException {
        byte[] body = page.getBytes(UTF_8);
        byte[] broken = body.clone();
        broken[at % broken.length] = instead;

        for (BodyFormat format : List.of(BodyFormat.MAP, BodyFormat.JSON)) {
            assertBodiesAreThoseOf(format, body);
            assertBodiesAreThoseOf(format, broken);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "-0", "2147483648", "-9223372036854775808", "9223372036854775808", "1.50", "1E5", "-1.5e-7",
                        "0.10",
                "true", "false", "null", "''", "'\\u00fc\\n€😀'", "[]", "{}", "[1,[2.0,{'x':[null]}],'y']",
                        "{'z':{'y':1.0},'a':2}"
            })
    void given_a_value_of_any_kind_when_read_with_its_body_then_it_has_the_type_that_binding_gives(String value)
            throws IOException {
        byte[] page = page("{'ID':'1'},{'ID':'2','v':%s},{'ID':'3','v':%1$s,'w':1}"
                .replace('\'', '"')
                .formatted(value.replace('\'', '"')));

        assertBodiesAreThoseOf(BodyFormat.MAP, page);
        assertThat(rows(page, BodyFormat.MAP)).allMatch(row -> row.takeBody() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "[{'x':1e99999999999}]"})
    void given_a_value_that_no_type_can_hold_when_read_with_bodies_then_the_rows_come_without_and_only_its_own_fails(
            String value) throws IOException {
        byte[] page = page(
                "{'ID':'1'},{'ID':'2','v':%s},{'ID':'3'}".replace('\'', '"').formatted(value.replace('\'', '"')));

        List<Row> rows = rows(page, BodyFormat.MAP);

        assertThat(rows).hasSize(3).allMatch(row -> row.takeBody() == null);
        assertThat(BodyFormat.MAP.body(rows.get(2).content())).isEqualTo(Map.of("ID", "3"));
        assertThatThrownBy(() -> BodyFormat.MAP.body(rows.get(1).content())).isInstanceOf(IOException.class);
    }

    @Provide
    Arbitrary<String> pages() {
        Arbitrary<String> names = Arbitraries.of(
                "PatientID",
                "ID",
                "DataStatusStr",
                "ModifiedDatetime",
                "a",
                "b",
                "ü",
                "\\u0061",
                "😀",
                "\\ud800",
                "\\\"",
                "\\u0001");
        Arbitrary<String> values = Arbitraries.of(
                "1", "\"\"", "\"x\"", "\"\\u00fc€😀\"", "null", "true", "[]", "{\"a\":1}", "[{\"b\":[1,{}]}]", "1.50");
        Arbitrary<String> usual = Arbitraries.just("\"PatientID\":\"p\",\"a\":1,\"b\":[],\"DataStatusStr\":\"Added\"");
        Arbitrary<String> any = names.flatMap(name -> values.map(value -> "\"" + name + "\":" + value))
                .list()
                .ofMaxSize(5)
                .map(fields -> String.join(",", fields));
        return Arbitraries.frequencyOf(Tuple.of(2, usual), Tuple.of(1, any))
                .list()
                .ofMaxSize(8)
                .map(rows -> rows.stream().map(row -> "{" + row + "}").collect(Collectors.joining(",", "[", "]")));
    }

    private static byte[] page(String rows) {
        return ("[" + rows + "]").getBytes(UTF_8);
    }

    // ---- what is UTF-8

    private static boolean decodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void given_any_four_bytes_behind_any_number_of_plain_ones_when_looked_at_then_the_decoder_agrees() {
        int[] edges = {
            0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
            0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
        };
        for (int plainOnes : new int[] {0, 5}) {
            for (int index = 0; index < edges.length * edges.length * edges.length * edges.length; index++) {
                byte[] bytes = new byte[plainOnes + 4];
                Arrays.fill(bytes, (byte) 'x');
                int rest = index;
                for (int place = 0; place < 4; place++) {
                    bytes[plainOnes + place] = (byte) edges[rest % edges.length];
                    rest /= edges.length;
                }
                int error = Utf8.firstError(bytes);
                if (error < 0 != decodes(bytes)) {
                    assertThat(error < 0).as(Arrays.toString(bytes)).isEqualTo(decodes(bytes));
                }
                if (error >= 0 && !decodes(Arrays.copyOf(bytes, error))) {
                    assertThat(error).as("where in %s", Arrays.toString(bytes)).isNegative();
                }
            }
        }
    }

    @Test
    void given_every_character_there_is_when_looked_at_then_it_is_one() {
        String all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(Utf8.firstError(all.getBytes(UTF_8))).isEqualTo(-1);
    }
}
