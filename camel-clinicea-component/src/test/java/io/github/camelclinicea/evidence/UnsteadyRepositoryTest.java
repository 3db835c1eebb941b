/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.ListedRow;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsteadyRepositoryTest extends EvidenceTestBase {
    @ParameterizedTest
    @ValueSource(longs = {15, 2026})
    void given_a_repository_that_fails_at_2_calls_in_100_then_the_checkpoint_moves(long seed) throws Exception {
        List<ListedRow> rows = patients(0, 250, LONG_AGO);
        server.add(rows);
        Random random = new Random(seed);
        state.trouble((call, key) -> {
            synchronized (random) {
                if (random.nextInt(100) < 2) {
                    throw new IllegalStateException("the repository is away");
                }
            }
        });

        route.start("patients", "");
        route.awaitCaughtUp(3, rows);

        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        route.assertNothingMissed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"add patients#", "contains patients#", "add patients@"})
    void given_a_call_that_fails_twice_in_a_row_then_the_poll_does_not_fail(String failing) throws Exception {
        List<ListedRow> rows = patients(0, 20, LONG_AGO);
        server.add(rows);
        AtomicInteger failures = new AtomicInteger();
        state.trouble((call, key) -> {
            if ((call + " " + key).startsWith(failing) && failures.incrementAndGet() <= 2) {
                throw new IllegalStateException("the repository is away");
            }
        });

        route.start("patients", "");
        route.awaitCaughtUp(1, rows);

        assertThat(failures).hasValueGreaterThan(2);
        route.assertDeliveredOnce(rows);
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.failureMessages()).isEmpty();
    }

    @Test
    void given_a_repository_that_stays_away_then_the_poll_fails_and_the_rows_come_when_it_is_back() throws Exception {
        List<ListedRow> rows = patients(0, 20, LONG_AGO);
        server.add(rows);
        state.trouble((call, key) -> {
            if (key.startsWith("patients#") && route.polls().isEmpty()) {
                throw new IllegalStateException("the repository is away");
            }
        });

        route.start("patients", "");
        route.awaitCaughtUp(4, rows);

        assertThat(route.ids()).containsAll(ListedRow.ids(rows));
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.polls().get(0).checkpoint()).isEmpty();
        route.assertNothingMissed();
    }
}
