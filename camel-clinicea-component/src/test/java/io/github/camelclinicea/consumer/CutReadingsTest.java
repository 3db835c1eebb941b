/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.testing.Warnings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CutReadingsTest {
    private final CutReadings readings = new CutReadings(() -> "sync");

    private static CliniceaBudgetException usedUp(String option, String resetsAt) {
        return new CliniceaBudgetException("used up", "patients", "changes", option, Instant.parse(resetsAt));
    }

    private void cutOn(int day, long requests) {
        readings.cut(usedUp("requestsPerDay", "2026-12-0" + (day + 1) + "T00:00:00Z"), requests);
    }

    @Test
    void given_two_days_when_both_cut_the_reading_then_it_warns_once_and_says_what_to_raise() {
        try (Warnings warnings = new Warnings(CutReadings.class)) {
            cutOn(1, 5);
            cutOn(1, 2);
            assertThat(readings.reason()).as("one day").isEmpty();

            cutOn(2, 7);
            cutOn(3, 6);

            assertThat(readings.reason()).contains("one reading needs more than 7 requests: raise requestsPerDay");
            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("Route sync", "more than 7 requests", "raise requestsPerDay");
        }
    }

    @Test
    void given_a_reading_that_ended_when_a_later_one_is_cut_then_there_is_no_reason() {
        cutOn(1, 5);
        readings.ended();
        cutOn(2, 5);
        assertThat(readings.reason()).isEmpty();

        cutOn(3, 5);
        assertThat(readings.reason()).isPresent();
        readings.ended();
        assertThat(readings.reason()).isEmpty();
    }

    /** Others have used the budget up. */
    @Test
    void given_readings_without_a_request_when_they_are_cut_then_that_proves_nothing() {
        cutOn(1, 0);
        cutOn(2, 0);
        cutOn(3, 4);
        assertThat(readings.reason()).isEmpty();
    }

    @Test
    void given_a_day_and_then_the_month_when_they_cut_a_reading_then_these_are_not_two_periods_of_one_budget() {
        cutOn(1, 5);
        readings.cut(usedUp("requestsPerMonth", "2027-01-01T00:00:00Z"), 5);
        assertThat(readings.reason()).isEmpty();

        readings.cut(usedUp("requestsPerMonth", "2027-02-01T00:00:00Z"), 9);

        assertThat(readings.reason()).contains("one reading needs more than 9 requests: raise requestsPerMonth");
    }
}
