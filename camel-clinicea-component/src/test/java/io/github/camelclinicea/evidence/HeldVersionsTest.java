/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.bill;
import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

/** Tests a list that goes on with other versions of a record while one version is held. */
class HeldVersionsTest extends EvidenceTestBase {
    private static Processor failingWhere(String member) {
        return exchange -> {
            if (exchange.getMessage().getBody(String.class).contains(member)) {
                throw new IllegalStateException();
            }
        };
    }

    @Test
    void given_a_held_version_when_the_list_shows_the_one_before_it_again_then_that_one_comes_and_none_is_held()
            throws Exception {
        Instant stamp = server.now().minusSeconds(20);
        server.add(patients(10, 5, LONG_AGO)).add(patient("p1", stamp, "\"V\":1"));
        route.working(failingWhere("V=2")).start("patients", "");
        route.awaitPolls(2);
        server.replace(patient("p1", stamp, "\"V\":2"));
        route.awaitPolls(2);

        server.replace(patient("p1", stamp, "\"V\":1.0"));
        route.awaitPolls(2);
        long emitted = route.timesEmitted("p1");
        route.awaitPolls(2);

        assertThat(route.timesEmitted("p1")).isEqualTo(emitted);
        assertThat(route.ids().stream().filter("p1"::equals)).hasSize(2);
        assertThat(route.emitted().get(route.emitted().size() - 1).body().toString())
                .contains("V=1");
    }

    @Test
    void given_a_bill_of_which_one_row_is_held_when_the_context_is_started_again_then_only_that_row_comes()
            throws Exception {
        List<ListedRow> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(bill("b" + i / 3, LONG_AGO, "\"Item\":" + i));
        }
        server.add(rows);
        route.working(failingWhere("Item=4")).start("bills", "");
        route.awaitPolls(3);
        assertThat(route.delivered()).hasSize(11);

        restarted().start("bills", "");
        route.awaitPolls(2);

        assertThat(route.delivered())
                .singleElement()
                .satisfies(row -> assertThat(row.body().toString()).contains("Item=4"));
        assertThat(route.checkpoint()).isPresent();
    }
}
