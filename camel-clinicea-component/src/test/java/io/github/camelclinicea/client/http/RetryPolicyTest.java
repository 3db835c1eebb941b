/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final LongUnaryOperator HIGHEST = bound -> bound - 1;
    private static final LongUnaryOperator LOWEST = bound -> 0;
    private static final Duration CAP = Duration.ofSeconds(60);

    private final RetryPolicy policy = new RetryPolicy(3, CAP, NOON, HIGHEST);

    private static Response asking(String retryAfter) {
        return new Response(503, new byte[0], null, retryAfter);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "' 7 ', 7", "60, 60", "007, 7"})
    void given_seconds_when_the_server_asks_for_them_then_they_are_waited(String asked, long seconds) {
        assertThat(policy.wait(0, asking(asked))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "61",
                "3600",
                "999999999",
                "99999999999999999999999",
                "Mon, 23 Nov 2026 12:01:01 GMT",
                "Mon Nov 23 12:01:01 2026"
            })
    void given_more_than_the_cap_when_the_server_asks_for_it_then_there_is_no_retry(String asked) {
        assertThat(policy.wait(0, asking(asked))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Mon, 23 Nov 2026 12:00:10 GMT', 10",
        "'Mon, 23 Nov 2026 12:01:00 GMT', 60",
        "'Monday, 23-Nov-26 12:00:10 GMT', 10",
        "'Mon Nov 23 12:00:10 2026', 10",
    })
    void given_a_date_when_the_server_asks_for_it_then_the_wait_lasts_until_then(String asked, long seconds) {
        assertThat(policy.wait(0, asking(asked))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        // The server's clock is 30 s behind, 1 h ahead and a day behind. The fourth line has another date format.
        "2026-11-23T11:59:30Z, 'Mon, 23 Nov 2026 11:59:40 GMT', 10",
        "2026-11-23T13:00:00Z, 'Mon, 23 Nov 2026 13:00:10 GMT', 10",
        "2026-11-22T12:00:00Z, 'Sun, 22 Nov 2026 12:00:10 GMT', 10",
        "2026-11-23T11:59:30Z, 'Mon Nov 23 11:59:40 2026', 10",
        "2026-11-23T11:59:30Z, 10, 10",
    })
    void given_a_server_whose_clock_differs_when_it_asks_for_a_date_then_that_is_measured_by_its_own_clock(
            String serverTime, String asked, long seconds) {
        Response answer = new Response(429, new byte[0], Instant.parse(serverTime), asked);

        assertThat(policy.wait(0, answer)).contains(Duration.ofSeconds(seconds));
        assertThat(policy.pause(answer)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "Mon, 23 Nov 2026 12:00:00 GMT",
                "Mon, 23 Nov 2026 11:59:00 GMT",
                "Sat, 01 Jan 2000 00:00:00 GMT"
            })
    void given_a_server_that_asks_for_no_wait_when_waiting_then_it_is_as_if_nothing_had_been_asked_for(String asked) {
        Response answer = new Response(429, new byte[0], NOON.instant(), asked);

        assertThat(policy.wait(0, answer)).contains(Duration.ofMillis(500));
        assertThat(policy.wait(2, answer)).contains(Duration.ofMillis(2000));
        assertThat(policy.pause(answer)).isZero();
    }

    @Test
    void given_a_date_beyond_the_cap_by_the_servers_clock_when_it_asks_for_it_then_there_is_no_retry_and_no_pause() {
        Response answer =
                new Response(429, new byte[0], Instant.parse("2026-11-23T11:59:30Z"), "Mon, 23 Nov 2026 12:00:31 GMT");

        assertThat(policy.wait(0, answer)).isEmpty();
        assertThat(policy.pause(answer)).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "\u0001",
                "-5",
                "1.5",
                "soon",
                "10 s",
                "2026-11-23T12:00:10Z",
                "Sun, 23 Nov 2026 12:00:10 GMT",
                "Sunday, 23-Nov-26 12:00:10 GMT",
                "Sun Nov 23 12:00:10 2026",
                "Mon Nov 23 12:00:10 2026 GMT",
                "Mon, 23 Nov 2026 12:00:10",
                "٣"
            })
    void given_nothing_that_can_be_read_when_waiting_then_it_is_as_if_nothing_had_been_asked_for(String asked) {
        assertThat(policy.wait(0, asking(asked))).contains(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "63, 60000", "1000000, 60000"})
    void given_each_further_retry_when_waiting_then_the_ceiling_doubles_up_to_the_cap(int retries, long millis) {
        assertThat(new RetryPolicy(Integer.MAX_VALUE, CAP, NOON, HIGHEST).wait(retries, null))
                .contains(Duration.ofMillis(millis));
        assertThat(new RetryPolicy(Integer.MAX_VALUE, CAP, NOON, LOWEST).wait(retries, null))
                .contains(Duration.ZERO);
    }

    @Property
    void given_any_number_of_retries_when_waiting_then_the_jitter_stays_within_its_bounds(
            @ForAll @IntRange(max = 2_000_000) int retries, @ForAll @IntRange(max = 100_000) int capMillis) {
        RetryPolicy jittered = new RetryPolicy(
                Integer.MAX_VALUE, Duration.ofMillis(capMillis), NOON, new java.util.Random(retries)::nextLong);

        assertThat(jittered.wait(retries, null).orElseThrow()).isBetween(Duration.ZERO, Duration.ofMillis(capMillis));
    }

    @Test
    void given_all_retries_made_when_another_is_asked_for_then_there_is_none_whatever_the_server_says() {
        assertThat(policy.wait(2, asking("1"))).isPresent();
        assertThat(policy.wait(3, asking("1"))).isEmpty();
        assertThat(policy.wait(3, null)).isEmpty();
        assertThat(new RetryPolicy(0, CAP, NOON, LOWEST).wait(0, asking("0"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429, true",
        "500, true",
        "502, true",
        "503, true",
        "504, true",
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "501, false",
        "302, false",
        "200, false",
    })
    void given_a_status_when_judged_then_only_a_passing_trouble_is_worth_a_retry(int status, boolean passing) {
        assertThat(RetryPolicy.isTemporary(status)).isEqualTo(passing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                " Sun, 06 Nov 1994 08:49:37 GMT ",
            })
    void given_a_date_in_any_form_of_http_when_read_then_it_is_that_moment(String date) {
        assertThat(RetryPolicy.httpDate(date)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @Test
    void given_what_is_no_date_when_read_then_it_is_nothing() {
        assertThat(RetryPolicy.httpDate(null)).isEmpty();
        assertThat(RetryPolicy.httpDate("yesterday")).isEmpty();
    }
}
