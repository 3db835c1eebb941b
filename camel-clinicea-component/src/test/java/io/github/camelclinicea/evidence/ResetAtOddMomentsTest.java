/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.evidence.SyncRoute.Arrival;
import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetAtOddMomentsTest extends EvidenceTestBase {
    private static final String ONE_POLL_A_START = "delay=3600000";

    @Test
    void given_a_reset_during_a_poll_when_the_context_is_started_again_before_the_next_then_everything_comes_again()
            throws Exception {
        List<ListedRow> rows = patients(0, 20, LONG_AGO);
        server.add(rows);
        route.working(exchange -> {
            if ("p3".equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                route.consumer().resetSync();
            }
        });
        route.start("patients", ONE_POLL_A_START);
        route.awaitEnded(1);
        route.assertDeliveredOnce(rows);

        restarted().start("patients", ONE_POLL_A_START);
        route.awaitEnded(1);

        route.assertDeliveredOnce(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maxHeldRows=0"})
    void given_a_reset_with_a_row_that_always_fails_when_the_context_is_started_again_then_only_that_row_comes(
            String options) throws Exception {
        server.add(patients(0, 20, LONG_AGO));
        route.failing(Integer.MAX_VALUE, "p3").start("patients", options);
        route.awaitPolls(2);
        route.consumer().resetSync();
        route.awaitWithin(5, () -> route.delivered().size() == 38);
        route.awaitPolls(1);
        assertThat(route.delivered()).hasSize(38);

        restarted().failing(Integer.MAX_VALUE, "p3").start("patients", options);
        route.awaitPolls(2);

        assertThat(route.ids()).isEmpty();
        assertThat(route.timesEmitted("p3")).isPositive();
    }

    /** Bill 33 has its first row on page 0 and its other rows on page 1. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100, 130})
    void given_a_reset_before_a_restart_when_a_limit_parts_rows_of_one_bill_then_each_row_comes_again(int limit)
            throws Exception {
        List<ListedRow> rows = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            rows.add(ListedRow.bill("b" + i / 3, LONG_AGO.plusSeconds(i / 3), "\"Item\":" + i % 3));
        }
        server.add(rows);
        route.start("bills", "");
        route.awaitWithin(5, () -> distinctBodies() == 150);
        route.awaitPolls(1);
        route.camel().getRouteController().suspendRoute("sync");
        route.consumer().resetSync();

        restarted().start("bills", "maxMessagesPerPoll=" + limit);
        route.awaitWithin(5, () -> distinctBodies() == 150);

        assertThat(distinctBodies()).isEqualTo(150);
    }

    private long distinctBodies() {
        return route.delivered().stream().map(Arrival::body).distinct().count();
    }
}
