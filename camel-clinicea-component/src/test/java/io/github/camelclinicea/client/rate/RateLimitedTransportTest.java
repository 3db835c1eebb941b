/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.row.RequestListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitedTransportTest {
    private static final Request CALL = new Request("patients", "changes", "GET", "/api/v1/patients", List.of(), null);
    private static final RequestAuthentication PROOF = new RequestAuthentication(List.of(), List.of());

    private long now;
    private final RequestRateLimiter budget = new RequestRateLimiter("clinic.test", () -> now);
    private final StopSignal stop = new StopSignal(() -> false);
    private final List<String> told = new ArrayList<>();
    private final RequestListener watch = new RequestListener() {
        @Override
        public void waiting() {
            told.add("waits");
        }

        @Override
        public void sent() {
            told.add("sent");
        }

        @Override
        public void answered(Duration took) {
            told.add("answered");
        }

        @Override
        public void refused(long sentAt) {
            told.add("refused");
        }
    };

    private RateLimitedTransport requests(Transport transport, double ownLimit) {
        RetryPolicy policy = new RetryPolicy(3, Duration.ofSeconds(60), Clock.systemUTC(), bound -> 0);
        return new RateLimitedTransport(transport, budget, ownLimit, policy, stop);
    }

    private static Transport answering(int status, String retryAfter) {
        return (method, target, headers, body) -> new Response(status, new byte[0], null, retryAfter);
    }

    private static Transport failing(IOException failure) {
        return (method, target, headers, body) -> {
            throw failure;
        };
    }

    private List<String> toldOf(Transport transport) {
        told.clear();
        Throwable failure = catchThrowable(() -> requests(transport, 0).send(CALL, () -> PROOF, watch));
        assertThat(failure == null || failure instanceof IOException).isTrue();
        return told;
    }

    @Test
    void given_an_answer_or_none_when_sent_then_the_watch_is_told_of_success_refusal_and_timeout_only() {
        assertThat(toldOf(answering(200, null))).containsExactly("sent", "answered");
        assertThat(toldOf(answering(204, null))).containsExactly("sent", "answered");
        assertThat(toldOf(answering(429, null))).containsExactly("sent", "refused");
        assertThat(toldOf(answering(503, null))).containsExactly("sent", "refused");
        assertThat(toldOf(answering(500, null))).containsExactly("sent");
        assertThat(toldOf(answering(401, null))).containsExactly("sent");
        assertThat(toldOf(failing(new SocketTimeoutException("late")))).containsExactly("sent", "refused");
        assertThat(toldOf(failing(new Transport.NotSentException(new SocketTimeoutException("late")))))
                .containsExactly("sent", "refused");
        assertThat(toldOf(failing(new Transport.NotSentException(new ConnectException("refused")))))
                .containsExactly("sent");
    }

    @Test
    void given_a_refusal_with_a_time_to_wait_when_another_comes_then_it_is_not_sent_before_that() {
        assertThat(toldOf(answering(429, "2"))).containsExactly("sent", "refused");

        RequestRateLimiter.Ticket next = budget.join();
        assertThat(budget.nanosToWait(next)).isEqualTo(Duration.ofSeconds(2).toNanos());
        now += Duration.ofSeconds(2).toNanos();
        assertThat(budget.nanosToWait(next)).isZero();
    }

    @Test
    void given_a_server_whose_clock_is_behind_when_it_refuses_until_a_date_then_all_wait_by_its_own_clock() {
        Instant serverTime = Instant.parse("2020-01-01T00:00:00Z");
        Transport refusing = (method, target, headers, body) ->
                new Response(429, new byte[0], serverTime, "Wed, 01 Jan 2020 00:00:02 GMT");

        assertThat(toldOf(refusing)).containsExactly("sent", "refused");

        assertThat(budget.nanosToWait(budget.join()))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void given_a_refusal_with_a_longer_time_than_is_waited_for_when_another_comes_then_it_is_sent() {
        assertThat(toldOf(answering(503, "61"))).containsExactly("sent", "refused");

        assertThat(budget.nanosToWait(budget.join())).isZero();
    }

    @Test
    void given_one_limit_for_two_when_one_is_closed_twice_then_the_other_s_holds() {
        RateLimitedTransport one = requests(answering(200, null), 7);
        RateLimitedTransport other = requests(answering(200, null), 7);

        one.close();
        one.close();
        assertThat(budget.perSecond()).isEqualTo(7);

        other.close();
        assertThat(budget.perSecond()).isInfinite();
    }

    @Test
    void given_a_write_that_waits_for_its_turn_when_the_client_is_closed_then_it_was_not_sent() throws Exception {
        List<String> sent = new ArrayList<>();
        RateLimitedTransport requests = requests(
                (method, target, headers, body) -> {
                    sent.add(method);
                    return new Response(200, new byte[0], null, null);
                },
                1);
        requests.send(CALL, () -> PROOF, watch);
        told.clear();
        stop.give();

        Throwable failure = catchThrowable(() -> requests.send(CALL, () -> PROOF, watch));

        assertThat(failure).isInstanceOf(InterruptedException.class);
        assertThat(sent).hasSize(1);
        assertThat(told).containsExactly("waits");
    }
}
