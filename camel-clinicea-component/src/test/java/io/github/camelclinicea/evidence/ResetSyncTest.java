/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResetSyncTest extends EvidenceTestBase {
    private static final String ONE_POLL_A_START = "delay=600000";

    private final List<ListedRow> rows = patients(0, 50, LONG_AGO);

    private void runOnce() throws Exception {
        server.add(rows);
        route.start("patients", ONE_POLL_A_START);
        route.awaitEnded(1);
        route.assertDeliveredOnce(rows);
    }

    @Test
    void given_a_reset_when_the_route_is_started_again_before_the_next_poll_then_everything_comes_again()
            throws Exception {
        runOnce();

        route.consumer().resetSync();
        route.camel().getRouteController().stopRoute("sync");
        route.camel().getRouteController().startRoute("sync");
        route.awaitEnded(2);

        assertThat(route.delivered()).hasSize(100);
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_a_reset_when_the_context_is_started_again_before_the_next_poll_then_everything_comes_again_once()
            throws Exception {
        runOnce();

        route.consumer().resetSync();
        restarted().start("patients", ONE_POLL_A_START);
        route.awaitEnded(1);
        route.assertDeliveredOnce(rows);
        restarted().start("patients", ONE_POLL_A_START);
        route.awaitEnded(1);

        assertThat(route.delivered()).as("the wish was carried out").isEmpty();
    }

    @Test
    void given_a_reset_when_the_next_poll_fails_and_the_context_is_started_again_then_everything_comes_again()
            throws Exception {
        runOnce();
        route.consumer().resetSync();
        server.answerAlways(0, Answer.refusal(500));
        server.answerAlways(1, Answer.refusal(500));
        route.camel().getRouteController().stopRoute("sync");
        route.camel().getRouteController().startRoute("sync");
        route.awaitEnded(2);
        assertThat(route.delivered()).hasSize(50);

        server.healPages();
        restarted().start("patients", ONE_POLL_A_START);
        route.awaitEnded(1);

        route.assertDeliveredOnce(rows);
    }

    @Test
    void given_no_reset_when_the_route_is_started_again_then_nothing_comes_again() throws Exception {
        runOnce();

        route.camel().getRouteController().stopRoute("sync");
        route.camel().getRouteController().startRoute("sync");
        route.awaitEnded(2);

        route.assertDeliveredOnce(rows);
    }
}
