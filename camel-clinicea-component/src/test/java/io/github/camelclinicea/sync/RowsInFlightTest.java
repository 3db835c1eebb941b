/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.RowVersion;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RowsInFlightTest {
    private static final RowVersion A = new RowVersion(1, 1);
    private static final RowVersion B = new RowVersion(2, 2);

    private final RowsInFlight inFlight = new RowsInFlight(0);

    @Test
    void given_a_row_when_in_flight_then_it_is_held_in_this_version_only() throws Exception {
        assertThat(inFlight.begin(7, A, () -> true)).isTrue();

        assertThat(inFlight.size()).isEqualTo(1);
        assertThat(inFlight.contains(7, A)).isTrue();
        assertThat(inFlight.contains(7, B)).isFalse();
        assertThat(inFlight.contains(8, A)).isFalse();
    }

    @Test
    void given_another_version_in_flight_when_a_row_begins_then_it_waits_for_its_end() throws Exception {
        inFlight.begin(7, A, () -> true);
        AtomicInteger looks = new AtomicInteger();

        assertThat(inFlight.begin(7, B, () -> {
                    if (looks.incrementAndGet() == 3) {
                        inFlight.end(7, true);
                    }
                    return true;
                }))
                .isTrue();

        assertThat(looks).hasValue(3);
        assertThat(inFlight.contains(7, B)).isTrue();
        assertThat(inFlight.size()).isEqualTo(1);
    }

    @Test
    void given_the_sink_closed_when_waiting_then_both_waits_give_up() throws Exception {
        inFlight.begin(7, A, () -> true);

        assertThat(inFlight.begin(7, B, () -> false)).isFalse();
        assertThat(inFlight.awaitNone(() -> false)).isFalse();
        assertThat(inFlight.contains(7, A)).isTrue();
    }

    @Test
    void given_failures_when_counted_anew_then_earlier_ones_are_forgotten_and_later_ones_count() throws Exception {
        inFlight.begin(1, A, () -> true);
        inFlight.begin(2, A, () -> true);
        inFlight.begin(3, A, () -> true);
        inFlight.end(1, false);
        assertThat(inFlight.failures()).isEqualTo(1);

        inFlight.resetFailures();
        inFlight.end(2, true);
        inFlight.end(3, false);

        assertThat(inFlight.failures()).isEqualTo(1);
        assertThat(inFlight.awaitNone(() -> false)).isTrue();
    }

    /** The wait must end with the row and not with the next check, which is a day away here. */
    @Test
    void given_a_row_that_ends_on_another_thread_when_waited_for_then_the_wait_ends_with_it() throws Exception {
        RowsInFlight patient = new RowsInFlight(86_400_000);
        patient.begin(7, A, () -> true);
        CountDownLatch waits = new CountDownLatch(1);
        try (var threads = new AutoCloseableExecutor()) {
            Future<Boolean> none = threads.executor.submit(() -> patient.awaitNone(() -> {
                waits.countDown();
                return true;
            }));
            waits.await();

            patient.end(7, true);

            assertThat(none.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void given_another_version_in_flight_when_it_ends_on_another_thread_then_the_row_that_waits_begins()
            throws Exception {
        RowsInFlight patient = new RowsInFlight(86_400_000);
        patient.begin(7, A, () -> true);
        CountDownLatch waits = new CountDownLatch(1);
        try (var threads = new AutoCloseableExecutor()) {
            Future<Boolean> begun = threads.executor.submit(() -> patient.begin(7, B, () -> {
                waits.countDown();
                return true;
            }));
            waits.await();

            patient.end(7, true);

            assertThat(begun.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(patient.contains(7, B)).isTrue();
        }
    }

    /** The route ends rows on its own threads, so no call may keep the lock when it returns or fails. */
    @Test
    void given_any_call_when_it_returns_or_gives_up_then_other_threads_are_let_in() throws Exception {
        try (var threads = new AutoCloseableExecutor()) {
            for (Callable<?> call : List.<Callable<?>>of(
                    () -> inFlight.begin(7, A, () -> true),
                    () -> inFlight.begin(7, B, () -> false),
                    () -> inFlight.awaitNone(() -> false),
                    () -> inFlight.contains(7, A),
                    inFlight::size,
                    inFlight::failures,
                    () -> {
                        inFlight.resetFailures();
                        return null;
                    },
                    () -> {
                        inFlight.end(7, true);
                        return null;
                    },
                    () -> inFlight.awaitNone(() -> true))) {
                call.call();
                Future<Integer> other = threads.executor.submit(inFlight::size);
                assertThat(other.get(30, TimeUnit.SECONDS)).isBetween(0, 1);
            }
        }
    }

    private static final class AutoCloseableExecutor implements AutoCloseable {
        private final ExecutorService executor = Executors.newSingleThreadExecutor();

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
