/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BehindTheEndTest extends EvidenceTestBase {
    static Stream<Answer> answersWithoutRows() {
        return Stream.of(
                Answer.refusal(400), Answer.refusal(500), Answer.HTML, Answer.json("{\"Message\":\"no such page\"}"));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_server_that_has_no_answer_for_pages_far_behind_the_end_when_they_are_fetched_ahead_then_polls_succeed(
            Answer answer) throws Exception {
        List<ListedRow> rows = patients(0, 350, LONG_AGO);
        server.add(rows)
                .script((request, listed) -> request.page() > 0
                                && server.listed(request, request.page() - 1)
                                        .body()
                                        .isEmpty()
                        ? answer
                        : listed.get());

        route.start("patients", "pagesInFlight=4&firstPage=0");
        route.awaitCaughtUp(2, rows);

        assertThat(route.failureMessages()).isEmpty();
        assertThat(route.checkpoint()).isPresent();
        route.assertDeliveredOnce(rows);
    }
}
