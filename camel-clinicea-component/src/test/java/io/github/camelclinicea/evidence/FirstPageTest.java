/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirstPageTest extends EvidenceTestBase {
    private static final List<ListedRow> ROWS_350 = patients(0, 350, LONG_AGO);
    private static final List<ListedRow> ROWS_455 = patients(0, 455, LONG_AGO);

    static Stream<Answer> answersWithoutRows() {
        return Stream.of(
                Answer.NO_CONTENT,
                Answer.EMPTY_ARRAY,
                Answer.refusal(400),
                Answer.refusal(404),
                Answer.refusal(500),
                Answer.HTML,
                Answer.refusal(422),
                Answer.json("{\"Message\":\"pageNo must be 1 or more\"}"));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_list_from_1_when_page_0_has_no_rows_then_all_rows_come_and_the_checkpoint_moves_once_that_is_certain(
            Answer answer) throws Exception {
        server.firstPage(1).add(ROWS_350).answerAlways(0, answer);

        route.start("patients", "");
        route.awaitCaughtUp(6, ROWS_350);

        route.assertDeliveredOnce(ROWS_350);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.polls().get(0).checkpoint())
                .as("one poll proves nothing")
                .isEmpty();
        route.assertNothingMissed();
        route.awaitPolls(1);
        int asked = server.requestCount();
        route.awaitPolls(3);
        assertThat(server.pagesAsked(asked)).containsOnly(1);
    }

    @Test
    void given_a_short_list_from_1_when_page_0_is_empty_then_all_rows_come_and_later_ones_too() throws Exception {
        List<ListedRow> rows = patients(0, 7, LONG_AGO);
        server.firstPage(1).add(rows);

        route.start("patients", "");
        route.awaitCaughtUp(6, rows);
        assertThat(route.checkpoint()).isPresent();
        List<ListedRow> later = patients(7, 3, server.now());
        server.add(later);
        route.awaitWithin(4, () -> route.delivered().size() == 10);

        route.assertDeliveredOnce(server.rows());
        route.assertNothingMissed();
    }

    @Test
    void given_a_list_from_1_that_is_empty_at_first_when_a_row_comes_then_it_is_delivered() throws Exception {
        server.firstPage(1);
        route.start("patients", "");
        route.awaitPolls(3);
        assertThat(route.checkpoint()).isEmpty();

        server.add(patients(0, 2, LONG_AGO));
        route.awaitCaughtUp(6, server.rows());

        route.assertDeliveredOnce(server.rows());
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_a_list_from_1_that_repeats_its_first_page_at_0_then_each_row_comes_once() throws Exception {
        server.firstPage(1)
                .add(ROWS_350)
                .script((request, listed) -> request.page() == 0 ? server.listed(request, 1) : listed.get());

        route.start("patients", "");
        route.awaitCaughtUp(6, ROWS_350);

        route.assertDeliveredOnce(ROWS_350);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_list_from_0_when_page_0_has_no_rows_once_then_all_rows_come_and_later_ones_too(Answer answer)
            throws Exception {
        server.add(ROWS_455).answerOnce(0, answer);

        route.start("patients", "");
        route.awaitCaughtUp(6, ROWS_455);
        route.assertDeliveredOnce(ROWS_455);
        assertThat(route.checkpoint()).isPresent();
        server.add(patients(455, 7, server.now()));
        route.awaitWithin(4, () -> route.delivered().size() == 462);

        route.assertDeliveredOnce(server.rows());
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_list_from_0_when_page_0_has_no_rows_in_a_whole_poll_then_all_rows_come(Answer answer)
            throws Exception {
        server.add(ROWS_455).answerOnce(0, answer, answer);

        route.start("patients", "");
        route.awaitCaughtUp(6, ROWS_455);

        route.assertDeliveredOnce(ROWS_455);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_list_known_to_begin_at_0_when_page_0_has_no_rows_once_then_changed_rows_come(Answer answer)
            throws Exception {
        server.add(ROWS_455);
        route.start("patients", "");
        route.awaitCaughtUp(4, ROWS_455);

        server.answerOnce(0, answer);
        server.add(patients(455, 230, server.now()));
        route.awaitWithin(6, () -> route.delivered().size() == 685);

        route.assertDeliveredOnce(server.rows());
        route.assertNothingMissed();
    }

    @Test
    void given_a_first_page_that_is_pinned_to_0_then_no_other_page_is_asked_for_behind_an_empty_one() throws Exception {
        server.firstPage(1).add(ROWS_350);

        route.start("patients", "firstPage=0");
        route.awaitPolls(3);

        assertThat(server.pagesAsked(0)).containsOnly(0);
        assertThat(route.checkpoint()).isEmpty();
    }

    @Test
    void given_a_first_page_that_is_pinned_to_0_when_it_is_refused_then_no_other_page_is_asked_for() throws Exception {
        server.firstPage(1).add(ROWS_350).answerAlways(0, Answer.refusal(400));

        route.start("patients", "firstPage=0");
        route.awaitPolls(3);

        assertThat(server.pagesAsked(0)).containsOnly(0);
        assertThat(route.polls()).allSatisfy(poll -> assertThat(poll.failure()).isNotNull());
    }

    @Test
    void given_a_first_page_that_is_pinned_to_1_then_page_0_is_never_asked_for() throws Exception {
        server.firstPage(1).add(ROWS_350);

        route.start("patients", "firstPage=1");
        route.awaitCaughtUp(4, ROWS_350);

        route.assertDeliveredOnce(ROWS_350);
        assertThat(route.checkpoint()).isPresent();
        assertThat(server.pagesAsked(0)).doesNotContain(0);
    }

    @Test
    void given_an_empty_clinic_then_no_checkpoint_is_written_and_the_first_row_comes() throws Exception {
        route.start("patients", "");
        route.awaitPolls(4);
        assertThat(state.keys()).noneMatch(key -> key.startsWith("patients@"));
        assertThat(route.polls()).allSatisfy(poll -> assertThat(poll.failure()).isNull());
        assertThat(route.requestsOfLastPolls(3)).containsOnly(2);
        assertThat(route.health()).isEqualTo(HealthCheck.State.UP);

        server.add(patients(0, 1, LONG_AGO));
        route.awaitCaughtUp(4, server.rows());

        route.assertDeliveredOnce(server.rows());
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_a_server_that_refuses_page_0_and_page_1_then_polls_fail_and_no_checkpoint_is_written() throws Exception {
        server.answerAlways(0, Answer.refusal(404)).answerAlways(1, Answer.refusal(404));

        route.start("patients", "");
        route.awaitPolls(3);

        assertThat(route.polls()).allSatisfy(poll -> assertThat(poll.failure()).isNotNull());
        assertThat(route.checkpoint()).isEmpty();
    }

    @Test
    void given_a_list_from_1_when_the_context_is_started_again_then_page_0_is_not_asked_for() throws Exception {
        server.firstPage(1).add(ROWS_350);
        route.start("patients", "");
        route.awaitCaughtUp(6, ROWS_350);
        route.awaitPolls(2);

        restarted();
        int asked = server.requestCount();
        route.start("patients", "");
        route.awaitPolls(3);
        server.add(patients(350, 2, server.now()));
        route.awaitWithin(4, () -> route.delivered().size() == 2);

        assertThat(server.pagesAsked(asked)).doesNotContain(0);
        assertThat(route.ids()).containsExactly("p350", "p351");
        assertThat(route.polls().get(0).requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_list_from_1_when_a_producer_lists_it_then_all_rows_come(Answer answer) {
        server.firstPage(1).add(ROWS_350).answerAlways(0, answer);

        assertListed(ROWS_350, call("patients", "operation=list&maxRetries=0", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutRows")
    void given_a_list_from_0_when_a_producer_lists_it_and_page_0_has_no_rows_once_then_all_rows_come(Answer answer) {
        server.add(ROWS_455).answerOnce(0, answer);

        assertListed(ROWS_455, call("patients", "operation=list&maxRetries=0", Map.of()));
    }

    @Test
    void given_an_empty_clinic_when_a_producer_lists_it_then_the_list_is_empty() {
        assertListed(List.of(), call("patients", "operation=list&maxRetries=0", Map.of()));
        assertThat(server.pagesAsked(0)).containsExactly(0, 1);
    }

    private static void assertListed(List<ListedRow> rows, Exchange out) {
        assertThat(out.getException()).isNull();
        assertThat((List<?>) out.getMessage().getBody(List.class))
                .extracting(row -> ((Map<?, ?>) row).get("PatientID"))
                .isEqualTo(ListedRow.ids(rows));
    }
}
