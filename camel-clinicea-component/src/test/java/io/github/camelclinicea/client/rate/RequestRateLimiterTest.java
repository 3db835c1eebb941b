/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.rate.AdaptiveRate.Sent;
import io.github.camelclinicea.client.rate.RequestRateLimiter.Ticket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestRateLimiterTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private long now = Long.MAX_VALUE - 5 * SECOND;
    private final RequestRateLimiter budget = new RequestRateLimiter("clinic.test", () -> now);

    private boolean mayGo(Ticket ticket) {
        return budget.nanosToWait(ticket) == 0;
    }

    /** Returns how many of the waiting requests were sent within a time, checked each millisecond. */
    private int gone(int waiting, long nanos) {
        Deque<Ticket> queue = new ArrayDeque<>();
        for (int i = 0; i < waiting; i++) {
            queue.add(budget.join());
        }
        for (long passed = 0; passed < nanos; passed += MILLI) {
            while (!queue.isEmpty() && mayGo(queue.element())) {
                queue.remove();
            }
            now += MILLI;
        }
        queue.forEach(budget::leave);
        return waiting - queue.size();
    }

    @Test
    void given_no_limit_then_all_go_at_once() {
        assertThat(gone(1_000, MILLI)).isEqualTo(1_000);
        assertThat(budget.perSecond()).isInfinite();
    }

    @Test
    void given_a_limit_then_requests_go_evenly_and_no_more_than_that_in_any_second() {
        budget.addLimit(20);
        now += 3_600 * SECOND;

        assertThat(gone(1_000, 100 * MILLI))
                .as("nothing was saved up in the hour before")
                .isEqualTo(3);
        assertThat(gone(1_000, SECOND)).isBetween(19, 21);
        assertThat(gone(1_000, 10 * SECOND)).isBetween(198, 202);
    }

    @Test
    void given_several_limits_then_the_smallest_holds_until_it_is_taken_back() {
        budget.addLimit(20);
        budget.addLimit(5);
        budget.addLimit(0);
        assertThat(budget.perSecond()).isEqualTo(5);

        budget.removeLimit(5);
        assertThat(budget.perSecond()).isEqualTo(20);

        budget.removeLimit(20);
        assertThat(budget.perSecond()).isInfinite();
    }

    @Test
    void given_a_limit_when_a_request_comes_after_a_while_then_it_does_not_wait() {
        budget.addLimit(0.1);
        assertThat(mayGo(budget.join())).isTrue();
        assertThat(mayGo(budget.join())).isFalse();
    }

    @Test
    void given_several_who_wait_then_they_go_in_the_order_in_which_they_came() {
        budget.addLimit(10);
        assertThat(mayGo(budget.join())).isTrue();
        Ticket first = budget.join();
        Ticket second = budget.join();
        Ticket third = budget.join();
        now += 10 * SECOND;

        assertThat(mayGo(third)).isFalse();
        assertThat(mayGo(second)).isFalse();
        assertThat(mayGo(first)).isTrue();
        budget.leave(second);
        now += SECOND;
        assertThat(mayGo(third)).as("who has left is not waited for").isTrue();
    }

    @Test
    void given_several_who_wait_then_each_is_told_its_own_turn() {
        budget.addLimit(10);
        assertThat(mayGo(budget.join())).isTrue();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waits.add(Math.round(budget.nanosToWait(budget.join()) / 1e8));
        }
        assertThat(waits).containsExactly(1L, 2L, 3L);
    }

    @Test
    void
            given_a_server_that_wants_to_be_left_alone_then_nobody_goes_until_then_and_a_shorter_wish_does_not_change_it() {
        Sent refused = sent();
        budget.refused(refused, Duration.ofSeconds(3));
        budget.refused(sentLater(), Duration.ofSeconds(1));

        assertThat(gone(5, 3 * SECOND - 2 * MILLI)).isZero();
        now += 2 * MILLI;
        assertThat(gone(5, MILLI)).as("no limit was learned of so few").isEqualTo(5);
    }

    private Sent sent() {
        AtomicReference<Sent> sent = new AtomicReference<>();
        Throwable failure = catchThrowable(() -> sent.set(budget.enter(new StopSignal(() -> false), () -> {})));
        assertThat(failure).isNull();
        return sent.get();
    }

    private Sent sentLater() {
        return new AdaptiveRate().sent(now);
    }

    @Test
    void given_one_who_waits_when_its_client_is_closed_then_it_ends_and_the_next_takes_its_place() throws Exception {
        budget.addLimit(1);
        sent();
        StopSignal stop = new StopSignal(() -> false);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiting = new Thread(() -> ended.set(catchThrowable(() -> budget.enter(stop, () -> {}))));
        waiting.start();

        stop.give();
        waiting.join(20_000);

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        now += SECOND;
        assertThat(mayGo(budget.join())).isTrue();
    }

    @Test
    void given_one_who_waits_when_its_thread_is_interrupted_then_it_ends() throws Exception {
        budget.addLimit(1);
        sent();
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiting =
                new Thread(() -> ended.set(catchThrowable(() -> budget.enter(new StopSignal(() -> false), () -> {}))));
        waiting.start();

        waiting.interrupt();
        waiting.join(20_000);

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void given_a_server_that_takes_twenty_in_any_second_then_most_of_it_is_used_and_little_refused() {
        World world = new World(20, false, 32, Duration.ZERO);

        world.run(90 * SECOND);

        world.assertWellUsed();
    }

    @Test
    void given_a_server_that_counts_by_the_second_of_its_clock_then_most_of_it_is_used_and_little_refused() {
        World world = new World(40, true, 32, Duration.ZERO);

        world.run(90 * SECOND);

        world.assertWellUsed();
    }

    @Test
    void given_a_server_that_asks_for_a_second_of_rest_then_most_of_it_is_used_and_little_refused() {
        World world = new World(40, true, 16, Duration.ofSeconds(1));

        world.run(90 * SECOND);

        world.assertWellUsed();
    }

    @Test
    void given_a_server_that_takes_few_requests_then_most_of_it_is_used_and_little_refused() {
        World world = new World(5, true, 8, Duration.ZERO);

        world.run(90 * SECOND);

        world.assertWellUsed();
    }

    @Test
    void given_a_server_that_takes_nothing_any_more_then_it_is_hardly_asked_until_it_does_again() {
        World world = new World(20, false, 32, Duration.ZERO);
        world.run(20 * SECOND);
        world.limit = 0;
        world.run(5 * SECOND);
        world.forget();

        world.run(30 * SECOND);

        assertThat(world.refused).isBetween(10, 35);

        world.limit = 20;
        world.run(60 * SECOND);
        world.forget();
        world.run(30 * SECOND);
        world.assertWellUsed();
    }

    /**
     * Simulates senders in virtual time. Each waits for the response, and for some time after a refusal, before it
     * sends again.
     */
    private final class World {
        private final boolean bySecond;
        private final long rest;
        private final Random random = new Random(4);
        private final List<Sender> senders = new ArrayList<>();
        private final Deque<Long> taken = new ArrayDeque<>();
        private final long begin = now;
        private int limit;
        private long measuredFrom = now + 5 * SECOND;
        private int answered;
        private int refused;

        World(int limit, boolean bySecond, int senders, Duration rest) {
            this.limit = limit;
            this.bySecond = bySecond;
            this.rest = rest.toNanos();
            for (int i = 0; i < senders; i++) {
                this.senders.add(new Sender());
            }
        }

        private final class Sender {
            private Ticket waiting;
            private Sent underWay;
            private boolean willBeTaken;
            private long next = now;

            void act() {
                if (now - next < 0) {
                    return;
                }
                if (underWay != null) {
                    next = now + (willBeTaken ? 0 : random.nextLong(500 * MILLI));
                    if (!willBeTaken) {
                        budget.refused(underWay, Duration.ofNanos(rest));
                    }
                    underWay = null;
                } else if (waiting == null) {
                    waiting = budget.join();
                } else if (mayGo(waiting)) {
                    underWay = waiting.sent();
                    waiting = null;
                    willBeTaken = serverTakes();
                    next = now + (10 + random.nextInt(60)) * MILLI;
                }
            }
        }

        private boolean serverTakes() {
            while (!taken.isEmpty() && isPast(taken.element())) {
                taken.remove();
            }
            boolean takes = taken.size() < limit;
            if (takes) {
                taken.add(now);
            }
            if (now - measuredFrom >= 0) {
                answered += takes ? 1 : 0;
                refused += takes ? 0 : 1;
            }
            return takes;
        }

        private boolean isPast(long at) {
            return bySecond ? (at - begin) / SECOND < (now - begin) / SECOND : now - at >= SECOND;
        }

        void run(long nanos) {
            for (long passed = 0; passed < nanos; passed += MILLI) {
                senders.forEach(Sender::act);
                now += MILLI;
            }
        }

        void forget() {
            measuredFrom = now;
            answered = 0;
            refused = 0;
        }

        void assertWellUsed() {
            double seconds = (now - measuredFrom) / 1e9;
            assertThat(answered / seconds).as("answers a second").isGreaterThan(0.8 * limit);
            assertThat((double) refused / (answered + refused))
                    .as("share that was refused")
                    .isLessThan(0.2);
        }
    }
}
