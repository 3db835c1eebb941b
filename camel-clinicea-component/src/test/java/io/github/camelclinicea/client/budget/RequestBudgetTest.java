/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.testing.MovableClock;
import io.github.camelclinicea.testing.Warnings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestBudgetTest {
    private static final Request GET = new Request("patients", "get", "GET", "/x", List.of(), null);

    private final MemoryKeys keys = new MemoryKeys();
    private final MovableClock clock = new MovableClock("2026-12-01T12:00:00Z");
    private final StopSignal stop = new StopSignal(() -> false);
    private RequestBudget budget = newBudget();

    private RequestBudget newBudget() {
        return new RequestBudget("clinic.example", "clinicea-budget/hash/", clock, Runnable::run);
    }

    private BudgetShare share(long perDay, long perMonth) {
        return new BudgetShare(budget, new BudgetSettings(perDay, perMonth, null, keys));
    }

    /** Sends requests until one is refused, and returns how many were sent. */
    private int send(BudgetShare share, int most) throws Exception {
        for (int sent = 0; sent < most; sent++) {
            try {
                share.take(GET, stop);
            } catch (CliniceaBudgetException e) {
                return sent;
            }
        }
        return most;
    }

    @Test
    void given_a_used_up_budget_when_a_request_is_sent_then_the_error_says_which_option_and_until_when()
            throws Exception {
        BudgetShare share = share(3, 0);
        assertThat(send(share, 10)).isEqualTo(3);

        CliniceaBudgetException failure = (CliniceaBudgetException) catchThrowable(() -> share.take(GET, stop));

        assertThat(failure)
                .hasMessageContainingAll(
                        "requestsPerDay=3", "clinic.example", "patients get", "2026-12-02T00:00:00Z", "Raise");
        assertThat(failure.getOption()).isEqualTo("requestsPerDay");
        assertThat(failure.getResetsAt()).isEqualTo(Instant.parse("2026-12-02T00:00:00Z"));
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.getHttpResponseCode()).isZero();
        clock.advance(Duration.ofHours(12));
        assertThat(send(share, 10)).isEqualTo(3);
    }

    @Test
    void given_both_budgets_when_the_month_is_used_up_then_a_new_day_changes_nothing() throws Exception {
        BudgetShare share = share(4, 6);
        assertThat(send(share, 10)).isEqualTo(4);
        clock.advance(Duration.ofDays(1));
        assertThat(send(share, 10)).isEqualTo(2);
        clock.advance(Duration.ofDays(1));

        assertThatThrownBy(() -> share.take(GET, stop))
                .hasMessageContainingAll("requestsPerMonth=6", "2027-01-01T00:00:00Z");
        assertThat(share.usage())
                .extracting(BudgetUsage::used)
                .as("the day of the refused request")
                .containsExactly(0L, 6L);
    }

    @Test
    void given_several_endpoints_when_they_differ_then_the_smallest_budget_holds_while_its_endpoint_runs()
            throws Exception {
        BudgetShare large = share(100, 0);
        BudgetShare small = share(5, 0);
        BudgetShare none = new BudgetShare(budget, BudgetSettings.NONE);
        assertThat(send(large, 3)).isEqualTo(3);
        assertThat(send(none, 10)).isEqualTo(2);

        small.close();

        assertThat(send(large, 200)).isEqualTo(95);
        large.close();
        assertThat(send(none, 10)).isEqualTo(10);
    }

    @Test
    void given_an_endpoint_without_a_budget_when_it_sends_while_the_others_are_stopped_then_that_counts_too()
            throws Exception {
        BudgetShare none = new BudgetShare(budget, BudgetSettings.NONE);
        BudgetShare stopped = share(10, 0);
        assertThat(send(stopped, 4)).isEqualTo(4);
        stopped.close();
        assertThat(send(none, 3)).isEqualTo(3);

        assertThat(send(share(10, 0), 100)).isEqualTo(3);
        budget = newBudget();
        assertThat(send(share(10, 0), 100)).as("known to the keys").isZero();
    }

    @Test
    void given_a_zone_when_the_day_ends_there_then_the_next_budget_begins() throws Exception {
        BudgetShare share = new BudgetShare(budget, new BudgetSettings(2, 0, ZoneId.of("Asia/Dubai"), keys));
        assertThat(send(share, 9)).isEqualTo(2);
        assertThat(share.usage())
                .extracting(BudgetUsage::endsAt)
                .containsExactly(Instant.parse("2026-12-01T20:00:00Z"));

        clock.advance(Duration.ofHours(8));

        assertThat(send(share, 9)).isEqualTo(2);
        assertThat(keys.keys).contains("clinicea-budget/hash/2026-12-02/0");
    }

    @Test
    void given_a_process_that_was_killed_when_the_next_one_starts_then_the_count_goes_on() throws Exception {
        assertThat(send(share(10, 0), 7)).isEqualTo(7);
        budget = newBudget();

        assertThat(send(share(10, 0), 100)).isEqualTo(3);
    }

    @Test
    void given_two_nodes_when_both_send_then_they_share_the_budget() throws Exception {
        BudgetShare one = share(20, 0);
        budget = newBudget();
        BudgetShare other = share(20, 0);
        int sent = 0;
        for (int i = 0; i < 30; i++) {
            sent += send(one, 1) + send(other, 1);
        }
        assertThat(sent).isEqualTo(20);
    }

    @Test
    void given_operations_when_polls_have_used_their_part_then_a_tenth_is_left_for_operations() throws Exception {
        BudgetShare polls = share(50, 0);
        polls.poll();
        BudgetShare operations = share(50, 0);

        assertThat(send(polls, 100)).isEqualTo(45);
        assertThatThrownBy(() -> polls.take(GET, stop)).hasMessageContaining("the rest is for operations");
        assertThat(polls.waitOfUsedUp()).isEqualTo(Duration.ofHours(12));
        assertThat(send(operations, 100)).isEqualTo(5);
        assertThatThrownBy(() -> operations.take(GET, stop)).hasMessageContaining("is used up");
    }

    @Test
    void given_a_budget_when_it_is_used_then_a_warning_comes_once_at_each_mark_in_each_period() throws Exception {
        try (Warnings warnings = new Warnings(BudgetWarnings.class)) {
            BudgetShare share = share(10, 0);
            send(share, 7);
            assertThat(warnings.messages()).isEmpty();
            send(share, 1);
            send(share, 1);
            assertThat(warnings.messages()).hasSize(1);
            assertThat(warnings.messages().get(0))
                    .contains("clinic.example", "8 of requestsPerDay=10", "until 2026-12-02T00:00:00Z");
            send(share, 5);
            send(share, 5);
            assertThat(warnings.messages()).hasSize(2);
            assertThat(warnings.messages().get(1)).contains("10 of requestsPerDay=10", "used up");

            clock.advance(Duration.ofDays(1));
            send(share, 50);
            assertThat(warnings.messages()).hasSize(4);
        }
    }

    @Test
    void given_keys_that_cannot_be_used_when_a_request_is_sent_then_it_is_not_and_the_error_says_why()
            throws Exception {
        BudgetShare share = share(10, 0);
        keys.failure = new IllegalStateException("Testa");

        assertThatThrownBy(() -> share.take(GET, stop))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .isNotInstanceOf(CliniceaBudgetException.class)
                .hasMessageContainingAll("idempotentRepository", "IllegalStateException", "patients get")
                .hasMessageNotContaining("Testa");

        keys.failure = null;
        assertThat(send(share, 100)).isEqualTo(10);
    }

    @Test
    void given_no_budget_when_requests_are_sent_then_no_key_is_used() throws Exception {
        assertThat(send(share(0, 0), 50)).isEqualTo(50);
        assertThat(keys.calls).hasValue(0);
        assertThat(budget.usage()).isEmpty();
    }

    @Test
    void given_many_threads_when_they_send_at_once_then_the_budget_holds() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        budget = new RequestBudget("clinic.example", "clinicea-budget/hash/", clock, threads);
        BudgetShare share = share(1_500, 0);
        AtomicInteger sent = new AtomicInteger();
        try {
            List<java.util.concurrent.Callable<Void>> senders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                senders.add(() -> {
                    sent.addAndGet(send(share, 300));
                    return null;
                });
            }
            for (var done : threads.invokeAll(senders)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent).hasValue(1_500);
        assertThat(budget.usage()).extracting(BudgetUsage::used).containsExactly(1_500L);
    }

    @Test
    void given_keys_that_hang_when_the_client_is_closed_then_the_wait_ends() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch released = new CountDownLatch(1);
        budget = new RequestBudget(
                "clinic.example",
                "b/",
                clock,
                task -> threads.execute(() -> {
                    try {
                        released.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    task.run();
                }));
        BudgetShare share = share(10, 0);
        threads.execute(stop::give);
        try {
            assertThatThrownBy(() -> share.take(GET, stop)).isInstanceOf(InterruptedException.class);
        } finally {
            released.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void given_consumers_when_the_rest_is_spread_then_it_lasts_to_the_end_of_the_day() throws Exception {
        BudgetShare one = share(100, 0);
        one.poll();
        assertThat(one.waitOfPoll(Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(432_000));
        assertThat(one.waitOfPoll(Duration.ZERO, 3)).isEqualTo(Duration.ofMillis(3 * 432_000));
        assertThat(one.waitOfPoll(Duration.ofMinutes(8), 1)).isZero();
        BudgetShare other = share(100, 0);
        other.poll();
        assertThat(other.waitOfPoll(Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(2 * 432_000));

        send(one, 80);
        assertThat(other.waitOfPoll(Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(10 * 432_000));

        send(one, 20);
        assertThat(other.waitOfPoll(Duration.ofHours(11), 1)).isEqualTo(Duration.ofHours(12));
        clock.advance(Duration.ofHours(12));
        assertThat(other.waitOfUsedUp()).isZero();
    }

    /** Polls once a minute as a scheduler would, and takes one request each, and five every ten minutes. */
    @Test
    void given_too_small_a_budget_when_a_consumer_polls_all_day_then_it_polls_in_each_hour_and_uses_most_of_it()
            throws Exception {
        clock.advance(Duration.ofHours(12));
        BudgetShare share = share(400, 0);
        share.poll();
        Instant last = clock.instant();
        int[] pollsOfHour = new int[24];
        for (int minute = 0; minute < 24 * 60; minute++) {
            if (share.waitOfPoll(Duration.between(last, clock.instant()), 1).isZero()) {
                assertThat(send(share, minute % 10 == 0 ? 5 : 1)).isPositive();
                pollsOfHour[minute / 60]++;
                last = clock.instant();
            }
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(pollsOfHour).as("polls of each hour").doesNotContain(0);
        clock.setWallBack(Duration.ofMinutes(1));
        assertThat(share.usage().get(0).used()).isBetween(300L, 400L);
    }
}
