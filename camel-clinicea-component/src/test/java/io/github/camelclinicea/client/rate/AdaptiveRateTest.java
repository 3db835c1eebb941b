/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelclinicea.client.rate.AdaptiveRate.Sent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptiveRateTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final AdaptiveRate pace = new AdaptiveRate();
    private long now = -3 * SECOND;

    private List<Sent> send(int count) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(pace.sent(now));
        }
        return sent;
    }

    private void refuse(List<Sent> sent) {
        sent.forEach(one -> pace.refused(one, now));
    }

    private double after(long nanos) {
        now += nanos;
        return pace.perSecond(now);
    }

    /** Reads the rate as often as requests would, and returns the last one. */
    private double afterMany(long nanos) {
        double last = 0;
        for (long passed = 0; passed < nanos; passed += 100 * MILLI) {
            last = after(100 * MILLI);
        }
        return last;
    }

    @Test
    void given_no_refusal_then_there_is_no_limit() {
        send(1_000);
        assertThat(after(SECOND)).isInfinite();
    }

    @Test
    void given_a_refusal_of_few_requests_then_their_pace_is_not_what_it_was_for() {
        refuse(send(4));
        assertThat(after(0)).isInfinite();
    }

    @Test
    void given_refusals_then_the_pace_is_a_little_less_than_what_was_taken_in_the_second_before() {
        send(100);
        now += SECOND + 1;
        send(20);
        now += 500 * MILLI;
        refuse(send(12));

        assertThat(after(0)).isCloseTo(18, within(1e-6));
    }

    @Test
    void given_refusals_within_a_second_then_it_is_cut_once_for_all_of_them() {
        send(20);
        refuse(send(1));
        double once = after(0);

        now += 10 * MILLI;
        refuse(send(1));

        assertThat(after(0)).isCloseTo(once, within(0.1));
    }

    @Test
    void given_a_server_that_refuses_all_then_the_pace_halves_with_each_second_down_to_one_in_two() {
        send(50);
        List<Double> bySecond = new ArrayList<>();
        for (int tenth = 0; tenth < 100; tenth++) {
            refuse(send(2));
            if (tenth % 10 == 9) {
                bySecond.add(after(0));
            }
            now += 100 * MILLI;
        }
        assertThat(bySecond.get(0)).isBetween(22.0, 45.0);
        for (int second = 1; second < 10; second++) {
            double before = bySecond.get(second - 1);
            assertThat(bySecond.get(second)).isBetween(0.45 * before, Math.max(0.6 * before, 0.51));
        }
        assertThat(bySecond.get(9)).isEqualTo(0.5);
    }

    @Test
    void given_a_pace_when_nothing_is_refused_then_it_grows_slowly_then_quickly_and_is_forgotten_after_a_minute() {
        send(20);
        refuse(send(1));
        assertThat(after(0)).isCloseTo(18, within(1e-6));

        assertThat(afterMany(7 * SECOND)).isBetween(19.0, 19.5);
        assertThat(afterMany(6 * SECOND)).as("five seconds of it quickly").isBetween(55.0, 75.0);
        assertThat(after(46 * SECOND)).isFinite();
        assertThat(after(SECOND)).isInfinite();
    }

    @Test
    void given_an_outage_of_two_seconds_when_it_is_over_then_most_of_the_pace_comes_back_within_seconds() {
        send(100);
        refuse(send(1));
        double before = after(0);
        for (int tenth = 0; tenth < 20; tenth++) {
            now += 100 * MILLI;
            refuse(send(1));
        }
        assertThat(after(0)).isLessThan(0.3 * before);

        assertThat(afterMany(6 * SECOND)).isGreaterThan(0.4 * before);
    }
}
