/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a page 0 that has rows and cannot be read. It does not mean that the list begins at page 1. */
class BrokenFirstPageTest extends EvidenceTestBase {
    private final List<ListedRow> rows = patients(0, 250, LONG_AGO);

    private Answer pageZeroWith(int index, String text) {
        List<String> page = new ArrayList<>(
                rows.subList(0, 100).stream().map(ListedRow::json).toList());
        page.set(index, text);
        return Answer.rows(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"PatientID\":\"bad\",\"Name\":'Ada'}",
                "{\"PatientID\":\"bad\",\"Name\":\"Ada \"Countess\" King\"}",
                "{\"PatientID\":\"bad\"}{}",
                "{\"PatientID\":\"bad\",\"Name\":\"Ada"
            })
    void given_a_row_of_page_0_whose_end_cannot_be_found_then_polls_fail_and_no_row_is_lost(String text)
            throws Exception {
        server.add(rows).answerAlways(0, pageZeroWith(50, text));

        route.start("patients", "");
        route.awaitPolls(4);

        assertThat(route.checkpoint()).isEmpty();
        assertThat(route.failureMessages())
                .hasSameSizeAs(route.polls())
                .allSatisfy(message -> assertThat(message)
                        .containsPattern("(?i)page\\D{0,12}0\\b")
                        .containsPattern("(?i)row\\D{0,12}(50|51)\\b")
                        .doesNotContain("Ada"));
        server.healPages();
        route.awaitCaughtUp(4, rows);
        route.assertDeliveredOnce(rows);
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 99})
    void given_a_page_0_that_is_cut_off_then_polls_fail_and_no_row_is_lost(int whole) throws Exception {
        String cut =
                rows.subList(0, whole).stream().map(row -> row.json() + ",").collect(Collectors.joining());
        server.add(rows).answerAlways(0, Answer.json("[" + cut + "{\"PatientID\":\"p" + whole));

        route.start("patients", "");
        route.awaitPolls(4);

        assertThat(route.checkpoint()).isEmpty();
        assertThat(route.failureMessages()).hasSameSizeAs(route.polls());
        server.healPages();
        route.awaitCaughtUp(4, rows);
        route.assertDeliveredOnce(rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 99})
    void given_a_row_of_page_0_that_cannot_be_read_when_a_producer_lists_then_it_fails(int index) {
        server.add(rows).answerAlways(0, pageZeroWith(index, "{\"PatientID\":\"bad\",\"Bmi\":NaN}"));

        Exchange out = call("patients", "operation=list&maxRetries=0", Map.of());

        assertThat(out.getException())
                .as("a part must not be taken for the whole")
                .hasMessageContaining("page 0");
    }
}
