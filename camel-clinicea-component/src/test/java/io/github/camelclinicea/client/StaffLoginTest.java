/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.testing.Clients;
import io.github.camelclinicea.testing.MovableClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that many threads share one login, for each of its outcomes. */
@Timeout(60)
class StaffLoginTest {
    private static final int THREADS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Is a server whose login waits until the test lets it continue, with the response that the test wants. */
    private static final class Clinic implements Transport {
        private final AtomicInteger logins = new AtomicInteger();
        private final Set<String> valid = ConcurrentHashMap.newKeySet();
        private final CountDownLatch mayLogIn = new CountDownLatch(1);
        private volatile int loginStatus = 200;
        private volatile CyclicBarrier refusals = new CyclicBarrier(1);

        @Override
        public Response exchange(String method, String target, List<Parameter> headers, byte[] body)
                throws IOException {
            try {
                return target.startsWith(LoginRequest.PATH) ? logIn() : read(target);
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        private Response logIn() throws Exception {
            String token = "t" + logins.incrementAndGet();
            assertThat(mayLogIn.await(30, TimeUnit.SECONDS)).isTrue();
            if (loginStatus == 200) {
                valid.add(token);
            }
            return new Response(loginStatus, ("\"" + token + "\"").getBytes(UTF_8), null, null);
        }

        private Response read(String target) throws Exception {
            if (valid.contains(target.substring(target.lastIndexOf('=') + 1))) {
                return new Response(200, new byte[0], null, null);
            }
            refusals.await(30, TimeUnit.SECONDS);
            return new Response(401, new byte[0], null, null);
        }
    }

    private final Clinic clinic = new Clinic();
    private final MovableClock clock = new MovableClock("2026-11-30T03:00:00Z");
    private final StaffLogin shared = new StaffLogin("", "doctor", "pa55", new RefusalBackoff(clock::nanoTime, clock));
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final Set<Thread> inCalls = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void given_many_who_wait_for_a_login_when_its_password_is_wrong_then_it_was_tried_once_and_all_fail_alike()
            throws Exception {
        clinic.loginStatus = 401;
        List<Future<Throwable>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(callOf(client()));
        }
        awaitWaiting(THREADS);

        clinic.mayLogIn.countDown();

        List<Throwable> failures = new ArrayList<>();
        for (Future<Throwable> call : calls) {
            failures.add(call.get(30, TimeUnit.SECONDS));
        }
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(CliniceaException.class, e -> {
                            assertThat(e.getHttpResponseCode()).isEqualTo(401);
                            assertThat(e.getResource()).isEqualTo("login");
                            assertThat(e.isRetryable()).isFalse();
                        })
                        .hasMessageContaining("password is wrong"));
        assertThat(failures).as("an exception of its own for each").doesNotHaveDuplicates();
        assertThat(clinic.logins).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 423})
    void given_a_login_that_was_refused_when_called_within_a_minute_then_it_is_not_sent_and_later_it_is(int status)
            throws Exception {
        clinic.mayLogIn.countDown();
        clinic.loginStatus = status;
        assertThatThrownBy(() -> client().call(read(), answer -> answer)).isInstanceOf(CliniceaException.class);
        clinic.loginStatus = 200;
        clock.advance(Duration.ofSeconds(59));

        assertThatThrownBy(() -> client().call(read(), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(status))
                .hasMessageContaining(status + " to login")
                .hasMessageEndingWith("Refused at 2026-11-30T03:00:00Z, next try at 2026-11-30T03:01:00Z");
        assertThat(clinic.logins).hasValue(1);
        clock.advance(Duration.ofSeconds(1));

        assertThat(client().call(read(), answer -> answer).status()).isEqualTo(200);
        assertThat(clinic.logins).hasValue(2);
    }

    @Test
    void given_a_login_that_was_refused_when_it_is_asked_for_at_once_then_it_is_sent() throws Exception {
        clinic.mayLogIn.countDown();
        clinic.loginStatus = 401;
        CliniceaClient client = client();
        assertThatThrownBy(() -> client.call(read(), answer -> answer)).isInstanceOf(CliniceaException.class);
        clinic.loginStatus = 200;

        client.forgetRefusal();

        assertThat(client.call(read(), answer -> answer).status()).isEqualTo(200);
    }

    @Test
    void given_many_calls_with_a_wrong_password_when_they_come_for_an_hour_then_few_logins_are_sent() {
        clinic.mayLogIn.countDown();
        clinic.loginStatus = 401;

        for (int second = 0; second < 3_600; second++) {
            assertThatThrownBy(() -> client().call(read(), answer -> answer)).hasMessageContaining("password is wrong");
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(clinic.logins).hasValue(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 500, 503})
    void given_a_login_that_failed_for_another_reason_when_called_later_then_it_is_sent_again(int status)
            throws Exception {
        clinic.mayLogIn.countDown();
        clinic.loginStatus = status;
        assertThatThrownBy(() -> client().call(read(), answer -> answer)).isInstanceOf(CliniceaException.class);
        clinic.loginStatus = 200;

        assertThat(client().call(read(), answer -> answer).status()).isEqualTo(200);

        assertThat(clinic.logins).hasValue(2);
    }

    /** Camel lets exchanges finish before it stops a producer, and one of them may be about to send its request. */
    @Test
    void given_a_token_that_is_there_when_the_context_is_stopping_then_a_call_still_goes_through() throws Exception {
        clinic.mayLogIn.countDown();
        client().call(read(), answer -> answer);

        Account account = Clients.account(shared);
        CliniceaClient stopping = new CliniceaClient(
                clinic,
                account,
                () -> account,
                BudgetSettings.NONE,
                0,
                policy(0),
                () -> true,
                RequestObserver.NONE,
                false);

        assertThat(stopping.call(read(), answer -> answer).status()).isEqualTo(200);
    }

    /** All have sent the old token. Some receive its refusal only when another has already failed to renew it. */
    @Test
    void given_many_with_an_expired_token_when_it_cannot_be_renewed_then_that_was_tried_once() throws Exception {
        clinic.mayLogIn.countDown();
        client().call(read(), answer -> answer);
        clinic.valid.clear();
        clinic.loginStatus = 401;
        clinic.refusals = new CyclicBarrier(THREADS);
        List<Future<Throwable>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(callOf(client()));
        }

        for (Future<Throwable> call : calls) {
            assertThat(call.get(30, TimeUnit.SECONDS)).hasMessageContaining("password is wrong");
        }

        assertThat(clinic.logins).hasValue(2);
    }

    @Test
    void given_a_wait_for_the_login_of_another_when_its_client_is_closed_then_it_ends_and_the_login_goes_on()
            throws Exception {
        Future<Throwable> leader = callOf(client());
        awaitLogins(1);
        CliniceaClient waiting = client();
        Future<Throwable> waiter = callOf(waiting);
        awaitWaiting(2);

        waiting.close();

        assertThat(waiter.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        clinic.mayLogIn.countDown();
        assertThat(leader.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(clinic.logins).hasValue(1);
    }

    @Test
    void given_a_wait_for_the_login_of_another_when_its_thread_is_interrupted_then_it_ends() throws Exception {
        Future<Throwable> leader = callOf(client());
        awaitLogins(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread waiter = new Thread(() -> failure.set(catchThrowable(() -> client().call(read(), answer -> answer))));
        waiter.start();
        await().atMost(PATIENCE).until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

        waiter.interrupt();
        waiter.join(10_000);

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        clinic.mayLogIn.countDown();
        assertThat(leader.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(clinic.logins).hasValue(1);
    }

    /** A route that is stopped during the login must not fail the others that wait for it. */
    @Test
    void given_those_who_wait_for_a_login_when_the_one_who_makes_it_is_stopped_then_one_of_them_takes_it_up()
            throws Exception {
        Transport busyAtFirst = (method, target, headers, body) -> {
            if (clinic.logins.get() == 0) {
                clinic.logins.incrementAndGet();
                return new Response(503, new byte[0], null, "50");
            }
            return clinic.exchange(method, target, headers, body);
        };
        CliniceaClient stopped = Clients.client(busyAtFirst, shared, policy(3));
        Future<Throwable> leader = callOf(stopped);
        awaitLogins(1);
        List<Future<Throwable>> waiters = new ArrayList<>();
        for (int i = 1; i < THREADS; i++) {
            waiters.add(callOf(client()));
        }
        awaitWaiting(THREADS);

        stopped.close();
        clinic.mayLogIn.countDown();

        assertThat(leader.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        for (Future<Throwable> waiter : waiters) {
            assertThat(waiter.get(30, TimeUnit.SECONDS)).isNull();
        }
        assertThat(clinic.logins).hasValue(2);
    }

    // ----

    private CliniceaClient client() {
        return Clients.client(clinic, shared, policy(0));
    }

    private static RetryPolicy policy(int maxRetries) {
        return new RetryPolicy(maxRetries, Duration.ofSeconds(60), Clock.systemUTC(), bound -> 0);
    }

    private static Request read() {
        return new Request("patients", "changes", "GET", "/api/v1/patients", List.of(), null);
    }

    /** Returns the exception of the call, or null. */
    private Future<Throwable> callOf(CliniceaClient client) {
        return pool.submit(() -> {
            inCalls.add(Thread.currentThread());
            return catchThrowable(() -> client.call(read(), answer -> answer));
        });
    }

    private void awaitLogins(int count) {
        await().atMost(PATIENCE).until(() -> clinic.logins.get() == count);
    }

    /**
     * Waits until the given number of threads waits for the login: for the server's response, or for the thread that
     * has sent the request.
     */
    private void awaitWaiting(int threads) {
        await().atMost(PATIENCE)
                .until(() -> inCalls.stream()
                                .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                                .count()
                        >= threads);
    }
}
