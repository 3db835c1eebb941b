/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.MovableClock;
import io.github.camelclinicea.testing.Warnings;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the notice of rows that a caller has taken and does not complete. */
class TakenRowsTest {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration LONGER = LIMIT.plusSeconds(1);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final MovableClock clock = new MovableClock("2026-06-01T12:00:00Z");
    private final Instant start = clock.instant();
    private final Warnings warnings = new Warnings(TakenRows.class);
    private final TakenRows taken = new TakenRows(() -> "patients", LIMIT, clock);

    @AfterEach
    void close() {
        warnings.close();
        BetweenPolls.stop(camel);
    }

    private Exchange take() {
        Exchange row = new DefaultExchange(camel);
        taken.took(row);
        return row;
    }

    private static void complete(Exchange row) {
        UnitOfWorkHelper.doneSynchronizations(row, row.getExchangeExtension().handoverCompletions());
    }

    @Test
    void given_a_row_that_is_not_completed_when_the_limit_has_passed_then_one_warning_says_since_when() {
        take();
        clock.advance(LIMIT);
        assertThat(taken.overdueSince()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(taken.overdueSince()).contains(start);
        assertThat(taken.overdueSince()).contains(start);
        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("Sync patients", "at 2026-06-01T12:00:00Z", "doneUoW", "aggregationStrategy");
    }

    @Test
    void given_a_row_that_is_not_completed_when_another_is_taken_later_then_that_warns() {
        take();
        clock.advance(LONGER);

        take();

        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_an_overdue_row_when_it_completes_then_the_next_oldest_counts() {
        Exchange first = take();
        clock.advance(Duration.ofSeconds(10));
        take();
        clock.advance(LONGER);
        assertThat(taken.overdueSince()).contains(start);

        complete(first);

        assertThat(taken.overdueSince()).contains(start.plusSeconds(10));
        assertThat(warnings.messages()).hasSize(2);
    }

    @Test
    void given_rows_that_complete_or_fail_when_the_limit_has_passed_then_none_is_overdue() {
        Exchange failed = take();
        failed.setException(new IllegalStateException("not yet"));
        complete(failed);
        Exchange source = take();
        Exchange target = new DefaultExchange(camel);
        source.getExchangeExtension().handoverCompletions(target);
        complete(target);

        clock.advance(LONGER);

        assertThat(taken.overdueSince()).isEmpty();
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_a_limit_of_zero_when_a_row_is_never_completed_then_it_is_not_overdue() {
        TakenRows unlimited = new TakenRows(() -> "patients", Duration.ZERO, clock);
        unlimited.took(new DefaultExchange(camel));

        clock.advance(Duration.ofDays(365));

        assertThat(unlimited.overdueSince()).isEmpty();
    }
}
