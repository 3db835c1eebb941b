/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.BudgetShare;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollSpreadTest {
    private final MovableClock clock = new MovableClock("2026-12-01T00:00:00Z");
    private final RequestBudget budget = new RequestBudget("clinic.example", "b/", clock, Runnable::run);
    private BudgetShare share;

    private PollSpread spread(long perDay) {
        share = new BudgetShare(budget, new BudgetSettings(perDay, 0, null, null));
        share.poll();
        return new PollSpread(() -> share, clock::nanoTime, clock);
    }

    private void poll(PollSpread spread, int requests) throws Exception {
        assertThat(spread.putsOff()).isFalse();
        for (int i = 0; i < requests; i++) {
            share.take(new Request("patients", "changes", "GET", "/x", List.of(), null), new StopSignal(() -> false));
        }
        spread.ended(requests);
    }

    @Test
    void given_no_budget_when_polls_are_due_then_none_is_put_off() throws Exception {
        PollSpread spread = spread(0);
        for (int i = 0; i < 5; i++) {
            poll(spread, 3);
        }
        assertThat(spread.putOffUntil()).isNull();
    }

    @Test
    void given_no_client_yet_when_asked_then_no_poll_is_put_off() {
        assertThat(new PollSpread(() -> null, clock::nanoTime, clock).putOffUntil())
                .isNull();
    }

    @Test
    void given_a_budget_of_a_request_every_two_minutes_when_a_poll_ended_then_the_next_waits_as_long()
            throws Exception {
        PollSpread spread = spread(720);
        poll(spread, 1);

        assertThat(spread.putsOff()).isTrue();
        assertThat(spread.putOffUntil())
                .isBetween(clock.instant().plusSeconds(120), clock.instant().plusSeconds(121));
        clock.advance(Duration.ofSeconds(119));
        assertThat(spread.putsOff()).isTrue();
        clock.advance(Duration.ofSeconds(2));
        poll(spread, 1);
        assertThat(spread.putsOff()).isTrue();
    }

    @Test
    void given_a_backlog_when_it_was_read_then_the_next_poll_is_not_expected_to_take_as_much() throws Exception {
        PollSpread spread = spread(1_440);
        poll(spread, 720);

        clock.advance(Duration.ofSeconds(121));
        poll(spread, 3);
        clock.advance(Duration.ofSeconds(121));
        poll(spread, 3);

        assertThat(spread.putOffUntil())
                .as("three requests each, from now on")
                .isAfter(clock.instant().plusSeconds(350));
    }

    @Test
    void given_a_poll_that_was_requested_when_it_is_due_then_it_is_not_put_off_and_the_next_one_is() throws Exception {
        PollSpread spread = spread(24);
        poll(spread, 1);
        assertThat(spread.putsOff()).isTrue();

        spread.request();

        assertThat(spread.putOffUntil()).isNull();
        poll(spread, 1);
        assertThat(spread.putsOff()).isTrue();
    }

    @Test
    void given_a_used_up_budget_when_a_poll_is_due_or_requested_then_it_waits_for_the_next_day() throws Exception {
        PollSpread spread = spread(10);
        poll(spread, 10);
        clock.advance(Duration.ofHours(23));
        spread.request();

        assertThat(spread.putsOff()).isTrue();
        assertThat(spread.putOffUntil()).isEqualTo(Instant.parse("2026-12-02T00:00:00Z"));
        clock.advance(Duration.ofHours(1));
        assertThat(spread.putsOff()).isFalse();
    }

    @Test
    void given_a_clock_that_is_set_back_when_a_poll_is_due_then_the_time_since_the_last_one_still_counts()
            throws Exception {
        PollSpread spread = spread(1_440);
        clock.advance(Duration.ofHours(2));
        poll(spread, 1);
        clock.setWallBack(Duration.ofHours(1));
        assertThat(spread.putsOff()).isTrue();

        clock.advance(Duration.ofSeconds(70));

        assertThat(spread.putsOff()).isFalse();
    }
}
