/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.ListedRow;
import java.time.Duration;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest extends EvidenceTestBase {
    private void awaitHealth(HealthCheck.State health) {
        await().atMost(Duration.ofSeconds(10)).until(() -> route.health() == health);
    }

    private void assertClockWarning() {
        assertThat(warnings.messages())
                .anySatisfy(message -> assertThat(message).containsPattern("(?i)clock|\\bdate\\b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "-PT60S", "-PT20H", "PT1H", "PT0S"})
    void given_a_sync_from_now_when_the_server_has_another_time_then_what_changes_by_its_clock_comes(String offset)
            throws Exception {
        server.clockOffset(Duration.parse(offset));
        server.add(patients(0, 20, server.now().minus(Duration.ofMinutes(30))));
        route.start("patients", "syncFrom=now");
        route.awaitPolls(3);

        List<ListedRow> later = patients(20, 5, server.now());
        server.add(later);
        route.awaitWithin(5, () -> route.delivered().size() == 5);

        route.assertDeliveredOnce(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT1H"})
    void given_a_reset_to_now_when_the_server_has_another_time_then_what_changes_by_its_clock_comes(String offset)
            throws Exception {
        server.clockOffset(Duration.parse(offset));
        route.start("patients", "syncFrom=now");
        route.awaitPolls(2);

        route.consumer().resetSync();
        route.awaitPolls(2);
        List<ListedRow> later = patients(0, 5, server.now());
        server.add(later);
        route.awaitWithin(5, () -> route.delivered().size() == 5);

        route.assertDeliveredOnce(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT26H", "PT7M"})
    void given_a_server_whose_clock_and_stamps_are_set_back_then_nothing_is_lost_and_it_is_seen(String back)
            throws Exception {
        server.add(patients(0, 10, LONG_AGO));
        route.start("patients", "");
        route.awaitCaughtUp(3, server.rows());
        assertThat(route.health()).isEqualTo(HealthCheck.State.UP);

        server.clockOffset(Duration.parse(back).negated());
        server.add(patients(10, 20, server.now()));
        route.awaitWithin(6, () -> route.delivered().size() == 30);
        route.assertDeliveredOnce(server.rows());
        assertClockWarning();
        awaitHealth(HealthCheck.State.DOWN);
        server.add(patients(30, 5, server.now()));
        route.awaitWithin(6, () -> route.delivered().size() == 35);
        route.assertDeliveredOnce(server.rows());

        server.clockOffset(Duration.ZERO);
        server.add(patients(35, 5, server.now()));
        route.awaitWithin(6, () -> route.delivered().size() == 40);
        route.assertDeliveredOnce(server.rows());
        awaitHealth(HealthCheck.State.UP);
    }

    @Test
    void given_a_checkpoint_in_the_future_of_the_server_then_what_changes_comes_and_it_is_seen() throws Exception {
        state.writeCheckpoint("patients", server.now().plus(Duration.ofHours(1)));
        server.add(patients(0, 5, server.now()));

        route.start("patients", "");
        route.awaitWithin(5, () -> route.delivered().size() == 5);

        route.assertDeliveredOnce(server.rows());
        assertClockWarning();
        awaitHealth(HealthCheck.State.DOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT1H"})
    void given_a_date_that_is_wrong_for_a_while_then_nothing_is_lost_or_comes_twice(String offset) throws Exception {
        server.add(patients(0, 10, LONG_AGO));
        route.start("patients", "");
        route.awaitCaughtUp(3, server.rows());

        server.clockOffset(Duration.parse(offset));
        List<ListedRow> stampedRight = patients(10, 5, server.now().minus(Duration.parse(offset)));
        server.add(stampedRight);
        route.awaitPolls(3);
        server.clockOffset(Duration.ZERO);
        server.add(patients(20, 5, server.now()));
        route.awaitWithin(5, () -> route.delivered().size() == 20);

        route.assertDeliveredOnce(server.rows());
        awaitHealth(HealthCheck.State.UP);
    }

    @Test
    void given_a_server_half_a_minute_behind_then_nothing_is_warned_of() throws Exception {
        server.clockOffset(Duration.ofSeconds(-30));
        server.add(patients(0, 10, LONG_AGO));

        route.start("patients", "");
        route.awaitCaughtUp(3, server.rows());
        route.awaitPolls(3);

        assertThat(warnings.messages()).isEmpty();
        assertThat(route.health()).isEqualTo(HealthCheck.State.UP);
    }
}
