/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalBackoffTest {
    private final MovableClock clock = new MovableClock("2026-11-30T03:00:00.700Z");
    private final RefusalBackoff backoff = new RefusalBackoff(clock::nanoTime, clock);

    private static CliniceaException refusal(int status) {
        return new CliniceaException("the apiKey is wrong", "patients", "changes", status, false, null);
    }

    private CliniceaException refusedAttempt() {
        return catchThrowableOfType(CliniceaException.class, backoff::requireDue);
    }

    @Test
    void given_no_refusal_when_asked_then_the_credentials_may_be_sent() {
        assertThat(refusedAttempt()).isNull();
    }

    @Test
    void given_a_refusal_when_asked_within_a_minute_then_the_failure_says_when_and_why_and_when_next()
            throws Exception {
        CliniceaException first = refusal(403);
        first.setServerMessage("who?", 17);
        backoff.refused(first, backoff.requireDue());
        clock.advance(Duration.ofSeconds(59));

        CliniceaException failure = refusedAttempt();

        assertThat(failure)
                .hasMessage("the apiKey is wrong. Refused at 2026-11-30T03:00:01Z, next try at 2026-11-30T03:01:01Z")
                .hasNoCause();
        assertThat(failure).isNotSameAs(refusedAttempt());
        assertThat(failure.getHttpResponseCode()).isEqualTo(403);
        assertThat(failure.getResource()).isEqualTo("patients");
        assertThat(failure.getOperation()).isEqualTo("changes");
        assertThat(failure.getServerMessage()).isEqualTo("who?");
        assertThat(failure.getSavingErrorCode()).isEqualTo(17);
        assertThat(failure.isRetryable()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusedAttempt()).isNull();
    }

    @Test
    void given_refusals_in_a_row_when_polled_each_second_for_an_hour_then_the_waits_double_up_to_ten_minutes() {
        List<Long> tries = new ArrayList<>();
        for (long second = 0; second < 3_600; second++) {
            try {
                long sentAt = backoff.requireDue();
                tries.add(second);
                backoff.refused(refusal(401), sentAt);
            } catch (CliniceaException e) {
                assertThat(e).hasMessageContaining("next try at");
            }
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(tries).containsExactly(0L, 60L, 180L, 420L, 900L, 1_500L, 2_100L, 2_700L, 3_300L);
    }

    @Test
    void given_a_success_or_a_new_order_when_refused_again_then_the_waits_begin_again() throws Exception {
        for (Runnable end : List.<Runnable>of(() -> backoff.accepted(clock.nanoTime()), backoff::forget)) {
            backoff.refused(refusal(401), backoff.requireDue());
            clock.advance(Duration.ofMinutes(1));
            backoff.refused(refusal(401), backoff.requireDue());
            clock.advance(Duration.ofMillis(1));

            end.run();

            backoff.refused(refusal(401), backoff.requireDue());
            clock.advance(Duration.ofMinutes(1));
            assertThat(refusedAttempt()).isNull();
            backoff.forget();
        }
    }

    /** Pages are fetched ahead, so that several requests are under way when the first refusal comes. */
    @Test
    void given_requests_under_way_when_one_is_refused_then_the_others_neither_double_the_wait_nor_end_it()
            throws Exception {
        long sentAt = backoff.requireDue();
        clock.advance(Duration.ofMillis(10));
        backoff.refused(refusal(401), sentAt);
        clock.advance(Duration.ofMillis(10));
        backoff.refused(refusal(401), sentAt);
        backoff.accepted(sentAt);

        assertThat(refusedAttempt()).isNotNull();
        clock.advance(Duration.ofMinutes(1));
        assertThat(refusedAttempt()).isNull();
    }

    @Test
    void given_a_wall_clock_that_goes_back_when_asked_then_the_wait_is_no_longer() throws Exception {
        backoff.refused(refusal(401), backoff.requireDue());

        clock.setWallBack(Duration.ofDays(1));
        clock.advance(Duration.ofMinutes(1));

        assertThatCode(backoff::requireDue).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "401,patients,true",
        "403,patients,true",
        "400,patients,false",
        "404,patients,false",
        "0,patients,false",
        "407,patients,false",
        "429,patients,false",
        "500,patients,false",
        "401,login,false"
    })
    void given_a_failure_when_asked_then_only_a_refusal_of_the_credentials_for_a_request_counts(
            int status, String resource, boolean counts) {
        assertThat(RefusalBackoff.isRefusal(new CliniceaException("x", resource, "changes", status, false, null)))
                .isEqualTo(counts);
    }
}
