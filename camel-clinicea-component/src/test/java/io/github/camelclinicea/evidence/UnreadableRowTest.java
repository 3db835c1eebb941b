/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableRowTest extends EvidenceTestBase {
    static Stream<String> unreadableRows() {
        return Stream.of(
                "{\"PatientID\":\"bad\",\"Bmi\":NaN}",
                "{\"PatientID\":\"bad\",\"Bmi\":1,\"Bmi\":2}",
                "{\"PatientID\":\"bad\",\"Notes\":\"one\ntwo\"}",
                "{\"PatientID\":\"bad\",\"Name\":\"O\\'Neil\"}",
                "{\"PatientID\":\"bad\",\"Age\":07}",
                "{\"PatientID\":\"bad\",\"O\":{\"deep\":[1,-Infinity]}}",
                "null",
                "[{\"PatientID\":\"bad\"}]",
                "17",
                "\"text\"");
    }

    /** Returns patients, with the given text in place of one row. */
    private static List<ListedRow> rowsWith(int count, int index, Instant first, String text) {
        List<ListedRow> rows = new ArrayList<>(patients(0, count, first));
        rows.set(index, ListedRow.unreadable("bad", first.plusSeconds(index), text));
        return rows;
    }

    private static List<ListedRow> readable(List<ListedRow> rows) {
        return rows.stream().filter(ListedRow::readable).toList();
    }

    private static List<ListedRow> bigListWith(String text) {
        return rowsWith(999, 450, LONG_AGO, text);
    }

    @ParameterizedTest
    @MethodSource("unreadableRows")
    void given_a_row_that_cannot_be_read_when_the_route_handles_it_then_all_others_come_and_the_checkpoint_moves(
            String text) throws Exception {
        List<ListedRow> rows = bigListWith(text);
        server.add(rows);

        route.handlingFailures().start("patients", "");
        route.awaitCaughtUp(4, readable(rows));
        route.awaitPolls(2);

        route.assertDeliveredOnce(readable(rows));
        assertThat(route.handled()).singleElement().satisfies(bad -> {
            assertThat(bad.body()).isEqualTo(text);
            assertThat(bad.failure().getClass().getSimpleName()).isEqualTo("CliniceaRowException");
            assertThat(bad.failure().getMessage())
                    .contains("patients")
                    .containsPattern("\\b4\\b")
                    .containsPattern("\\b(50|51)\\b")
                    .doesNotContain("Neil", "Bmi");
        });
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @MethodSource("unreadableRows")
    void given_a_row_that_cannot_be_read_when_the_route_does_not_handle_it_then_it_is_held_and_others_go_on(String text)
            throws Exception {
        List<ListedRow> rows = bigListWith(text);
        server.add(rows);

        route.start("patients", "");
        route.awaitWithin(3, () -> route.delivered().size() == 998);
        server.add(patients(1000, 3, server.now()));
        route.awaitWithin(3, () -> route.delivered().size() == 1001);

        assertThat(route.ids()).containsExactlyInAnyOrderElementsOf(ListedRow.ids(readable(server.rows())));
        assertThat(route.checkpoint()).isEmpty();
        assertThat(route.consumer().getFailedRows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9})
    void given_a_row_that_cannot_be_read_when_it_stays_listed_then_the_error_handler_is_asked_once(int index)
            throws Exception {
        List<ListedRow> rows =
                rowsWith(10, index, server.now().minusSeconds(60), "{\"PatientID\":\"bad\",\"Bmi\":NaN}");
        server.add(rows);

        route.handlingFailures().start("patients", "");
        route.awaitPolls(5);

        route.assertDeliveredOnce(readable(rows));
        assertThat(route.handled()).hasSize(1);
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_several_rows_that_cannot_be_read_then_each_reaches_the_error_handler() throws Exception {
        List<ListedRow> rows = new ArrayList<>(patients(0, 250, LONG_AGO));
        List<String> texts = unreadableRows().toList();
        for (int i = 0; i < texts.size(); i++) {
            rows.set(96 + i, ListedRow.unreadable("bad" + i, LONG_AGO.plusSeconds(96 + i), texts.get(i)));
        }
        server.add(rows);

        route.handlingFailures().start("patients", "");
        route.awaitCaughtUp(4, readable(rows));

        route.assertDeliveredOnce(readable(rows));
        assertThat(route.handled()).extracting(SyncRoute.Arrival::body).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Json", "Node"})
    void given_a_body_type_when_a_row_cannot_be_read_then_its_body_is_its_text(String bodyType) throws Exception {
        String text = "{\"PatientID\":\"bad\",\"Bmi\":NaN}";
        List<ListedRow> rows = rowsWith(10, 4, LONG_AGO, text);
        server.add(rows);

        route.handlingFailures().start("patients", "bodyType=" + bodyType);
        route.awaitCaughtUp(4, readable(rows));

        route.assertDeliveredOnce(readable(rows));
        assertThat(route.handled())
                .singleElement()
                .satisfies(bad -> assertThat(bad.body()).isEqualTo(text));
    }

    @Test
    void given_a_row_that_cannot_be_read_when_it_is_repaired_and_the_context_started_again_then_it_is_delivered()
            throws Exception {
        List<ListedRow> rows = bigListWith("{\"PatientID\":\"bad\",\"Bmi\":NaN}");
        server.add(rows);
        route.start("patients", "");
        route.awaitWithin(3, () -> route.delivered().size() == 998);

        ListedRow repaired = ListedRow.patient("bad", LONG_AGO.plusSeconds(450), "\"Bmi\":22");
        server.replace(repaired);
        restarted().start("patients", "");
        route.awaitCaughtUp(4, List.of(repaired));

        assertThat(route.ids()).containsExactly("bad");
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"PatientID\":\"cut\",\"Na", "{\"PatientID\":\"cut\",\"Name\":\"Ada", "{\"PatientID\":\"cut\","
            })
    void given_a_page_that_breaks_off_within_a_row_then_the_poll_fails_and_says_where(String broken) throws Exception {
        List<ListedRow> rows = patients(0, 999, LONG_AGO);
        String cut = String.join(
                ",", rows.subList(400, 450).stream().map(ListedRow::json).toList());
        server.add(rows).answerAlways(4, Answer.json("[" + cut + "," + broken));

        route.start("patients", "");
        route.awaitPolls(2);

        assertThat(route.checkpoint()).isEmpty();
        assertThat(route.failureMessages())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .containsPattern("(?i)page\\D{0,12}4\\b")
                        .containsPattern("(?i)row\\D{0,12}(50|51)\\b")
                        .contains("p449")
                        .doesNotContain("Ada"));
        server.healPages();
        route.awaitCaughtUp(4, rows);
        route.assertDeliveredOnce(rows);
        route.assertNothingMissed();
    }
}
