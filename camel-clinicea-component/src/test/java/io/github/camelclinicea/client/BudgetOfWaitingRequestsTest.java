/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.BudgetUsage;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.testing.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests on which day a request counts that waits for the rate. */
class BudgetOfWaitingRequestsTest {
    private static final Request GET = new Request("patients", "get", "GET", "/x", List.of(), null);

    private final MovableClock clock = new MovableClock("2026-12-01T23:59:59Z");
    private final Account account = new Account(
            new ApiKey("k", List.of("api_key"), null),
            new RequestRateLimiter("clinic.example", () -> this.nanos),
            new RequestBudget("clinic.example", "b/", clock, Runnable::run));
    private final AtomicInteger sent = new AtomicInteger();
    private long nanos;
    private boolean nextDayComes;

    /** Midnight passes while a request waits. */
    private final RequestListener listener = new RequestListener() {
        @Override
        public void waiting() {
            nanos += Duration.ofSeconds(10).toNanos();
            if (nextDayComes) {
                nextDayComes = false;
                clock.advance(Duration.ofSeconds(2));
            }
        }

        @Override
        public void sent() {}

        @Override
        public void answered(Duration took) {}

        @Override
        public void refused(long sentAt) {}
    };

    private final CliniceaClient client = new CliniceaClient(
            (method, target, headers, body) -> {
                sent.incrementAndGet();
                return new Response(200, new byte[0], null, null);
            },
            account,
            () -> account,
            new BudgetSettings(2, 0, null, null),
            0.5,
            new RetryPolicy(3, Duration.ofSeconds(1), Clock.systemUTC(), bound -> 0),
            () -> false,
            RequestObserver.NONE,
            false);

    private void send() throws Exception {
        client.call(GET, response -> null, listener);
    }

    @Test
    void given_a_request_that_waits_at_midnight_when_it_is_sent_then_it_counts_on_the_day_on_which_it_is_sent()
            throws Exception {
        send();
        assertThat(client.budget().usage()).extracting(BudgetUsage::used).containsExactly(1L);
        nextDayComes = true;

        send();

        assertThat(nextDayComes).as("midnight was to pass").isFalse();
        assertThat(client.budget().usage()).extracting(BudgetUsage::used).containsExactly(1L);
    }

    @Test
    void given_a_used_up_budget_when_a_request_has_waited_then_it_is_neither_sent_nor_repeated() throws Exception {
        send();
        send();

        assertThatThrownBy(this::send)
                .isExactlyInstanceOf(CliniceaBudgetException.class)
                .hasMessageContainingAll("requestsPerDay=2", "was not sent")
                .hasNoSuppressedExceptions();

        assertThat(sent).hasValue(2);
        assertThat(client.budget().usage()).extracting(BudgetUsage::used).containsExactly(2L);
    }
}
