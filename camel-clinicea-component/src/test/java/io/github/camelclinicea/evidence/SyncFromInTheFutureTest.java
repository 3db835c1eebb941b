/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncFromInTheFutureTest extends EvidenceTestBase {
    @Test
    void given_syncFrom_in_the_future_then_rows_come_that_change_from_now_on_and_none_of_before() throws Exception {
        server.add(patients(0, 5, server.now().minus(Duration.ofHours(1))));

        route.start("patients", "syncFrom=" + server.now().plus(Duration.ofDays(1)));
        route.awaitPolls(2);
        server.add(patient("new", server.now()));
        route.awaitWithin(5, () -> !route.delivered().isEmpty());
        route.awaitPolls(1);

        assertThat(route.ids()).containsExactly("new");
        assertThat(warnings.messages())
                .anyMatch(message -> message.contains("clock"))
                .anyMatch(message -> message.contains("lies in the future") && message.contains("resetSync"));
    }
}
