/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Row;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests pages that are large, or become large when they are read. */
@Timeout(120)
class LargePageTest {
    private static final RowFields FIELDS =
            new RowFields(List.of("PatientID", "ID"), List.of("DataStatusStr"), List.of("ModifiedDatetime"), Set.of());
    private static final int MAX_ROW_SIZE = 1000;

    private final RowReader reader = new RowReader(FIELDS, BodyFormat.MAP, MAX_ROW_SIZE);

    private List<Row> read(String page) throws MalformedPageException {
        return reader.read(page.getBytes(UTF_8), null);
    }

    private static String rows(int count, String row) {
        return IntStream.range(0, count).mapToObj(i -> row).collect(Collectors.joining(",", "[", "]"));
    }

    // ---- number of rows

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ID\":\"1\"}", "null"})
    void given_a_page_of_the_most_rows_when_read_then_all_come_and_with_one_more_it_is_refused(String row)
            throws Exception {
        String most = rows(49_999, row);
        String withOne = most.substring(0, most.length() - 1) + ",{}]";
        assertThat(read(withOne)).hasSize(50_000);

        assertThatThrownBy(() -> read(withOne.substring(0, withOne.length() - 1) + ",{}]"))
                .isInstanceOfSatisfying(
                        MalformedPageException.class,
                        e -> assertThat(e.isTooLarge()).isTrue())
                .hasMessage("it has more than 50000 rows");
    }

    @Test
    void given_a_page_with_a_broken_row_when_it_has_too_many_rows_then_it_is_refused() {
        assertThatThrownBy(() -> read("[{\"a\":NaN}," + rows(50_000, "{}").substring(1)))
                .hasMessage("it has more than 50000 rows");
    }

    // ---- size of a row

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ID\":\"2\",\"a\":\"%s\"}",
                "{\"ID\":\"2\",\"a\":[%s]}",
                "{\"ID\":\"2\",\"a\":\"%s\",\"b\":NaN}",
                "{\"ID\":\"2\",\"a\":\"%s\\\"{},{}[\"}",
                "[\"%s\"]",
                "\"%s\"",
            })
    void given_a_row_of_the_largest_size_when_read_then_it_comes_and_a_larger_one_is_refused(String row)
            throws Exception {
        int others = row.length() - 2;
        String largest = row.formatted("1".repeat(MAX_ROW_SIZE - others));
        assertThat(read("[{\"ID\":\"one\"}," + largest + "]")).hasSize(2);

        assertThatThrownBy(
                        () -> read("[{\"ID\":\"one\"}," + row.formatted("1".repeat(MAX_ROW_SIZE + 1 - others)) + "]"))
                .isInstanceOfSatisfying(
                        MalformedPageException.class,
                        e -> assertThat(e.isTooLarge()).isTrue())
                .hasMessage("its row 1, behind the row with id one, is larger than maxRowSize of 1000 bytes");
    }

    @Test
    void given_a_page_larger_than_a_row_may_be_when_its_rows_are_small_then_they_come() throws Exception {
        assertThat(read(rows(200, "{\"ID\":\"1\",\"Notes\":\"{[\\\"\"}"))).hasSize(200);
    }

    @Test
    void given_a_page_larger_than_a_row_may_be_when_a_row_is_broken_then_all_others_come() throws Exception {
        String page = rows(100, "{\"ID\":\"1\"}");
        List<Row> read = read("[{\"ID\":\"0\",\"x\":NaN}," + page.substring(1));

        assertThat(read).hasSize(101);
        assertThat(read.get(0).defect()).isNotNull();
        assertThat(read.subList(1, 101)).allMatch(row -> row.defect() == null);
    }

    // ---- names

    @ParameterizedTest
    @ValueSource(strings = {"[{%s}]", "[{\"a\":{%s}}]", "[{\"a\":[{%s}]}]"})
    void given_a_page_with_too_many_names_when_read_then_it_is_refused(String page) throws Exception {
        RowReader large = new RowReader(FIELDS, null, 4_000_000);
        assertThat(large.read(page.formatted(fields(99_999)).getBytes(UTF_8), null))
                .hasSize(1);

        assertThatThrownBy(() -> large.read(page.formatted(fields(100_001)).getBytes(UTF_8), null))
                .hasMessage("its fields have more than 100000 different names");
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"f" + i + "\":0").collect(Collectors.joining(","));
    }

    // ---- memory

    /** Runs in a process of its own. Its heap is four times the page plus the memory of the process itself. */
    @ParameterizedTest
    @EnumSource(LargePageMain.Page.class)
    void given_a_page_of_32_MiB_when_it_is_read_then_its_memory_is_at_most_four_times_its_bytes(LargePageMain.Page page)
            throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx" + (4 * 32 + 16) + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargePageMain.class.getName(),
                        page.name())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/large-page.log")))
                .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
