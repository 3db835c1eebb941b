/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowContentTest extends EvidenceTestBase {
    private static final String GUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private final AtomicInteger reads = new AtomicInteger();

    static Stream<Arguments> spellings() {
        return Stream.of(
                Arguments.of(
                        "order of fields", List.of("\"A\":1,\"B\":\"x\",\"C\":[]", "\"C\":[],\"B\":\"x\",\"A\":1")),
                Arguments.of("one", List.of("\"N\":1", "\"N\":1.0", "\"N\":1E0", "\"N\":10e-1", "\"N\":1.000")),
                Arguments.of("a hundred", List.of("\"N\":100", "\"N\":1e2", "\"N\":1.0E+2")),
                Arguments.of("price", List.of("\"N\":-12.50", "\"N\":-12.5", "\"N\":-125e-1")),
                Arguments.of(
                        "umlaut", List.of("\"S\":\"M\u00fcller\"", "\"S\":\"M\\u00fcller\"", "\"S\":\"M\\u00FCller\"")),
                Arguments.of("slash", List.of("\"S\":\"1/2\"", "\"S\":\"1\\/2\"", "\"S\":\"1\\u002f2\"")),
                Arguments.of("emoji", List.of("\"S\":\"\ud83d\ude00\"", "\"S\":\"\\ud83d\\ude00\"")),
                Arguments.of("escaped name", List.of("\"Stra\u00dfe\":1", "\"Stra\\u00dfe\":1")),
                Arguments.of("null or absent", List.of("\"A\":1,\"N\":null", "\"A\":1")),
                Arguments.of("white space", List.of("\"A\":1,\"B\":{}", "\n  \"A\" :\t1 ,\r\n \"B\" : { }  ")),
                Arguments.of(
                        "nested",
                        List.of(
                                "\"O\":{\"a\":1,\"b\":[{\"c\":1,\"d\":2}]}",
                                "\"O\":{\"b\":[{\"d\":2.0,\"c\":1}],\"a\":1}")));
    }

    private Instant lately() {
        return server.now().minusSeconds(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void given_a_row_spelt_otherwise_at_each_read_then_it_is_delivered_once(String what, List<String> spellings)
            throws Exception {
        Instant stamp = lately();
        server.add(patient("p1", stamp))
                .spelling((row, request) -> patient(
                                "p1", stamp, spellings.get(reads.getAndIncrement() % spellings.size()))
                        .json());

        route.start("patients", "");
        route.awaitPolls(6);

        assertThat(reads).hasValueGreaterThan(5);
        assertThat(route.ids()).containsExactly("p1");
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_a_guid_in_other_letters_at_each_read_then_its_row_is_delivered_once() throws Exception {
        server.add(patient(GUID, lately()))
                .spelling((row, request) -> reads.getAndIncrement() % 2 == 0
                        ? row.json()
                        : row.json().replace(GUID, GUID.toUpperCase(Locale.ROOT)));

        route.start("patients", "");
        route.awaitPolls(6);

        assertThat(reads).hasValueGreaterThan(5);
        assertThat(route.delivered()).hasSize(1);
    }

    @Test
    void given_ids_that_are_no_guids_and_differ_in_case_then_they_are_two_records() throws Exception {
        server.add(patient("ab-1", lately()), patient("AB-1", lately()));

        route.start("patients", "");
        route.awaitPolls(4);

        assertThat(route.ids()).containsExactlyInAnyOrder("ab-1", "AB-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"N\":1|\"N\":\"1\"",
                "\"N\":1|\"N\":1.0000000000000000000001",
                "\"N\":12345678901234567890123|\"N\":12345678901234567890124",
                "\"N\":null|\"N\":\"\"",
                "\"N\":null|\"N\":false",
                "\"N\":true|\"N\":1",
                "\"S\":\"a\"|\"S\":\"A\"",
                "\"S\":\"a\"|\"S\":\"a \"",
                "\"L\":[1,2]|\"L\":[2,1]",
                "\"L\":[]|\"L\":{}",
                "\"A\":1,\"B\":2|\"A\":2,\"B\":1",
                "\"A\":\"1\",\"B\":\"\"|\"A\":\"\",\"B\":\"1\""
            })
    void given_a_row_whose_content_changes_then_it_is_delivered_again(String versions) throws Exception {
        Instant stamp = lately();
        AtomicBoolean changed = new AtomicBoolean();
        String[] version = versions.split("\\|");
        server.add(patient("p1", stamp))
                .spelling((row, request) ->
                        patient("p1", stamp, version[changed.get() ? 1 : 0]).json());
        route.start("patients", "");
        route.awaitPolls(2);
        assertThat(route.ids()).containsExactly("p1");

        changed.set(true);
        route.awaitPolls(3);

        assertThat(route.ids()).containsExactly("p1", "p1");
    }

    private void serveWithReadTime(int count, Instant first) {
        server.add(patients(0, count, first)).spelling((row, request) -> read(row));
    }

    private String read(ListedRow row) {
        int read = reads.incrementAndGet();
        return row.json()
                .replaceFirst(
                        "}$", ",\"ReadAt\":\"" + read + "\",\"Photo\":\"https://photos.test/?sig=" + read + "\"}");
    }

    @Test
    void given_fields_that_differ_at_each_read_when_they_are_ignored_then_rows_are_delivered_once() throws Exception {
        serveWithReadTime(5, server.now().minusSeconds(60));

        route.start("patients", "ignoreFields=ReadAt,Photo");
        route.awaitPolls(6);

        route.assertDeliveredOnce(server.rows());
        assertThat(warnings.messages()).noneMatch(message -> message.contains("ignoreFields"));
    }

    @Test
    void given_ignored_fields_when_another_field_changes_then_the_row_is_delivered_again() throws Exception {
        Instant stamp = lately();
        server.add(patient("p1", stamp)).spelling((row, request) -> read(row));
        route.start("patients", "ignoreFields=ReadAt,Photo");
        route.awaitPolls(2);

        server.replace(patient("p1", stamp, "\"City\":\"Pune\""));
        route.awaitPolls(3);

        assertThat(route.ids()).containsExactly("p1", "p1");
    }

    @Test
    void given_fields_that_differ_at_each_read_then_one_warning_names_them_and_the_option() throws Exception {
        serveWithReadTime(5, server.now().minusSeconds(60));

        route.start("patients", "");
        route.awaitPolls(8);

        assertThat(warnings.messages())
                .filteredOn(message -> message.contains("ignoreFields"))
                .singleElement()
                .satisfies(message ->
                        assertThat(message).contains("ReadAt", "Photo").doesNotContain("sig="));
    }

    @Test
    void given_one_row_of_many_that_is_edited_without_a_new_stamp_then_nothing_is_warned_of() throws Exception {
        server.add(patients(0, 10, server.now().minusSeconds(60)))
                .spelling((row, request) -> row.id().equals("p3") ? read(row) : row.json());

        route.start("patients", "");
        route.awaitPolls(6);

        assertThat(warnings.messages()).noneMatch(message -> message.contains("ignoreFields"));
    }

    @Test
    void given_a_busy_list_of_251_rows_and_ignored_fields_then_polls_complete() throws Exception {
        serveWithReadTime(250, LONG_AGO);
        AtomicInteger seen = new AtomicInteger(-1);
        server.script((request, listed) -> {
            if (seen.getAndSet(route.polls().size()) != route.polls().size()) {
                server.replace(patient("busy", server.now(), "\"Edit\":" + seen.get()));
            }
            return listed.get();
        });

        route.start("patients", "ignoreFields=ReadAt,Photo");
        route.awaitWithin(4, () -> route.checkpoint().isPresent() && route.timesEmitted("busy") > 1);

        assertThat(route.checkpoint()).isPresent();
        assertThat(route.ids())
                .filteredOn(id -> !id.equals("busy"))
                .hasSize(250)
                .doesNotHaveDuplicates();
        route.assertNothingMissed();
    }

    @Test
    void given_250_rows_whose_fields_come_in_another_order_at_each_read_then_each_is_delivered_once() throws Exception {
        Random random = new Random(15);
        List<ListedRow> rows = patients(0, 250, LONG_AGO);
        server.add(rows).spelling((row, request) -> {
            List<String> members = new ArrayList<>(List.of(
                    "\"PatientID\":\"" + row.id() + "\"",
                    "\"ModifiedDatetime\":\"" + row.modified() + "\"",
                    "\"DataStatusStr\":\"Modified\"",
                    "\"City\":\"Pune\""));
            Collections.shuffle(members, random);
            return "{" + String.join(",", members) + "}";
        });

        route.start("patients", "overlap=100000h");
        route.awaitPolls(4);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PatientID", "DataStatusStr", "ModifiedDatetime", "ReadAt,ModifiedDatetime"})
    void given_ignored_fields_that_name_id_status_or_stamp_then_the_start_fails(String fields) {
        Throwable refusal = catchThrowable(() -> route.start("patients", "ignoreFields=" + fields));

        assertThat(refusal).isNotNull();
        assertThat(SyncRoute.messages(refusal))
                .contains("ignoreFields", fields.substring(fields.indexOf(',') + 1))
                .doesNotContain("Unknown parameters");
    }
}
