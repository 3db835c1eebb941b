/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RowsInFlightTest {
    private static final Row P7_A = row("p7", "a");
    private static final Row P7_B = row("p7", "b");
    private static final Row P8 = row("p8", "a");

    private final RowsInFlight inFlight = new RowsInFlight(0);

    private static Row row(String id, String content) {
        return TestRow.of(id, "Added", "2026-01-01", content.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isInFlight(Row row) {
        return inFlight.contains(row.recordKey(), row.version());
    }

    @Test
    void given_a_row_when_in_flight_then_it_is_in_this_version_only() {
        assertThat(inFlight.tryAdd(List.of(P7_A))).isTrue();

        assertThat(inFlight.size()).isEqualTo(1);
        assertThat(isInFlight(P7_A)).isTrue();
        assertThat(isInFlight(P7_B)).isFalse();
        assertThat(isInFlight(P8)).isFalse();
    }

    @Test
    void given_another_version_in_flight_when_a_row_is_added_then_it_must_wait_for_its_end() {
        inFlight.tryAdd(List.of(P7_A));

        assertThat(inFlight.tryAdd(List.of(P7_B))).isFalse();
        inFlight.end(P7_A, true);

        assertThat(inFlight.tryAdd(List.of(P7_B))).isTrue();
        assertThat(isInFlight(P7_B)).isTrue();
        assertThat(inFlight.size()).isEqualTo(1);
    }

    @Test
    void given_one_row_of_a_batch_in_flight_when_the_batch_is_added_then_none_of_it_is() {
        inFlight.tryAdd(List.of(P7_A));

        assertThat(inFlight.tryAdd(List.of(P8, P7_B))).isFalse();

        assertThat(isInFlight(P8)).isFalse();
        assertThat(inFlight.size()).isEqualTo(1);
    }

    @Test
    void given_two_rows_of_a_record_in_a_batch_when_one_ends_then_the_record_is_in_flight_until_the_other_does() {
        assertThat(inFlight.tryAdd(List.of(P7_A, P7_B, P8))).isTrue();
        assertThat(inFlight.size()).isEqualTo(3);

        inFlight.end(P7_A, false);
        assertThat(isInFlight(P7_A)).isFalse();
        assertThat(isInFlight(P7_B)).isTrue();
        assertThat(inFlight.tryAdd(List.of(P7_A))).isFalse();
        inFlight.end(P7_B, true);

        assertThat(inFlight.tryAdd(List.of(P7_A))).isTrue();
        assertThat(inFlight.size()).isEqualTo(2);
        assertThat(inFlight.delivered()).isEqualTo(1);
    }

    @Test
    void given_a_row_that_was_not_handed_over_when_it_is_abandoned_then_it_counts_as_neither() {
        inFlight.tryAdd(List.of(P7_A));

        inFlight.abandon(P7_A);

        assertThat(inFlight.size()).isZero();
        assertThat(inFlight.failures()).isZero();
        assertThat(inFlight.delivered()).isZero();
    }

    @Test
    void given_failures_when_reset_then_earlier_ones_are_forgotten_and_later_ones_count() {
        inFlight.tryAdd(List.of(P7_A, P8));
        inFlight.tryAdd(List.of(row("p9", "a")));
        inFlight.end(P7_A, false);
        assertThat(inFlight.failures()).isEqualTo(1);

        inFlight.resetCounts();
        inFlight.end(P8, true);
        inFlight.end(row("p9", "a"), false);

        assertThat(inFlight.failures()).isEqualTo(1);
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void given_a_change_before_the_wait_when_waited_for_then_the_wait_ends_at_once() throws Exception {
        RowsInFlight patient = new RowsInFlight(86_400_000);
        long before = patient.changes();

        patient.noteChange();

        patient.awaitChange(before);
        assertThat(patient.changes()).isNotEqualTo(before);
    }

    /** The wait is for the end of the row: with a look a day away it must still be woken. */
    @Test
    void given_a_row_that_ends_on_another_thread_when_waited_for_then_the_wait_ends_with_it() throws Exception {
        RowsInFlight patient = new RowsInFlight(86_400_000);
        patient.tryAdd(List.of(P7_A));
        CountDownLatch waits = new CountDownLatch(1);
        try (var threads = new AutoCloseableExecutor()) {
            Future<Integer> left = threads.executor.submit(() -> {
                long before = patient.changes();
                waits.countDown();
                patient.awaitChange(before);
                return patient.size();
            });
            waits.await();

            patient.end(P7_A, true);

            assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    /** The route ends rows on threads of its own, so that after any call of one thread another must be let in. */
    @Test
    void given_any_call_when_it_returns_then_other_threads_are_let_in() throws Exception {
        try (var threads = new AutoCloseableExecutor()) {
            for (Callable<?> call : List.<Callable<?>>of(
                    () -> inFlight.tryAdd(List.of(P7_A)),
                    () -> inFlight.tryAdd(List.of(P7_B)),
                    () -> isInFlight(P7_A),
                    inFlight::size,
                    inFlight::failures,
                    inFlight::delivered,
                    inFlight::changes,
                    () -> run(inFlight::resetCounts),
                    () -> run(inFlight::noteChange),
                    () -> run(() -> inFlight.end(P7_A, true)),
                    () -> run(() -> inFlight.abandon(P7_A)),
                    () -> {
                        inFlight.awaitChange(inFlight.changes());
                        return null;
                    })) {
                call.call();
                Future<Integer> other = threads.executor.submit(inFlight::size);
                assertThat(other.get(30, TimeUnit.SECONDS)).isBetween(0, 1);
            }
        }
    }

    private static Void run(Runnable call) {
        call.run();
        return null;
    }

    private static final class AutoCloseableExecutor implements AutoCloseable {
        private final ExecutorService executor = Executors.newSingleThreadExecutor();

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
