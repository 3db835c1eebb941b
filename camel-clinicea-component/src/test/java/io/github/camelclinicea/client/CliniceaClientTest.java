/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.testing.Clients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliniceaClientTest {
    private static final String KEY = "k3y-s3cret";
    private static final String PASSWORD = "pa55-s3cret";
    private static final String LOGIN =
            "/api/v2/login/getTokenByStaffUsernamePwd?apiKey=&loginUserName=doctor&pwd=" + PASSWORD;

    private record Sent(String method, String target, List<Parameter> headers, byte[] body) {}

    /** Returns the given responses in their order, and records the requests. */
    private static final class Script implements Transport {
        private final Queue<Object> answers = new ArrayDeque<>();
        private final List<Sent> sent = new ArrayList<>();

        Script then(int status, String body) {
            return then(status, body, null);
        }

        Script then(int status) {
            return then(status, "");
        }

        Script then(int status, String body, String retryAfter) {
            return then(new Response(status, body.getBytes(UTF_8), null, retryAfter));
        }

        Script then(Response answer) {
            answers.add(answer);
            return this;
        }

        Script then(IOException failure) {
            answers.add(failure);
            return this;
        }

        @Override
        public Response exchange(String method, String target, List<Parameter> headers, byte[] body)
                throws IOException {
            sent.add(new Sent(method, target, headers, body));
            Object answer = answers.remove();
            if (answer instanceof IOException failure) {
                throw failure;
            }
            return (Response) answer;
        }

        List<String> targets() {
            return sent.stream().map(Sent::target).toList();
        }
    }

    private final Script script = new Script();

    // ---- what is sent

    @Test
    void given_an_api_key_when_called_then_it_goes_in_each_header_named_and_nowhere_else() throws Exception {
        script.then(200, "{}");

        Response answer = keyClient(0).call(read(), sent -> sent);

        assertThat(answer.status()).isEqualTo(200);
        Sent sent = script.sent.get(0);
        assertThat(sent.method()).isEqualTo("GET");
        assertThat(sent.target()).isEqualTo("/api/v1/patients?search=Secret%20Smith");
        assertThat(sent.headers()).containsExactly(new Parameter("api", KEY), new Parameter("api_key", KEY));
        assertThat(sent.body()).isNull();
    }

    @Test
    void given_a_write_when_called_then_its_body_is_sent() throws Exception {
        script.then(201, "{}");

        keyClient(0).call(write("POST"), answer -> answer);

        assertThat(script.sent.get(0).method()).isEqualTo("POST");
        assertThat(script.sent.get(0).body()).asString(UTF_8).isEqualTo("{\"name\":\"Secret Smith\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void given_a_success_when_called_then_it_is_the_answer(int status) throws Exception {
        script.then(status, "x");

        assertThat(keyClient(0).call(read(), answer -> answer).status()).isEqualTo(status);
    }

    // ---- retry

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void given_a_passing_trouble_when_reading_then_it_is_asked_again(int status) throws Exception {
        script.then(status).then(status).then(200, "good");

        assertThat(keyClient(2).call(read(), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("good");
        assertThat(script.sent).hasSize(3);
    }

    @Test
    void given_a_broken_connection_when_reading_then_it_is_asked_again() throws Exception {
        script.then(new IOException("reset"))
                .then(new Transport.NotSentException(new ConnectException("refused")))
                .then(200, "good");

        assertThat(keyClient(2).call(read(), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("good");
    }

    @Test
    void given_a_trouble_that_lasts_when_reading_then_the_last_failure_is_thrown_after_all_retries() {
        script.then(503).then(new IOException("reset")).then(500);

        assertThatThrownBy(() -> keyClient(2).call(read(), answer -> answer))
                .isInstanceOfSatisfying(CliniceaException.class, e -> {
                    assertThat(e.getHttpResponseCode()).isEqualTo(500);
                    assertThat(e.isRetryable()).isTrue();
                    assertThat(e.getResource()).isEqualTo("patients");
                    assertThat(e.getOperation()).isEqualTo("find");
                });
        assertThat(script.sent).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 400, 401, 403, 404, 405, 410, 501})
    void given_a_refusal_when_reading_then_it_is_not_asked_again(int status) {
        script.then(status, "Secret Smith");

        assertThatThrownBy(() -> keyClient(3).call(read(), answer -> answer))
                .isInstanceOfSatisfying(CliniceaException.class, e -> {
                    assertThat(e.getHttpResponseCode()).isEqualTo(status);
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e).hasMessageContaining(Integer.toString(status));
                });
        assertThat(script.sent).hasSize(1);
    }

    @Test
    void given_a_redirect_when_called_then_the_message_says_it_is_not_followed() {
        script.then(302);

        assertThatThrownBy(() -> keyClient(3).call(read(), answer -> answer)).hasMessageContaining("redirect");
    }

    @Test
    void given_an_answer_too_large_when_reading_then_it_is_not_asked_again() {
        script.then(new Transport.TooLargeException("larger than maxResponseSize"));

        assertThatThrownBy(() -> keyClient(3).call(read(), answer -> answer))
                .hasMessageContaining("maxResponseSize")
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.isRetryable()).isFalse());
        assertThat(script.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void given_a_server_that_asks_for_more_than_the_cap_when_reading_then_it_fails_at_once(int status) {
        script.then(status, "", "3600");

        assertThatThrownBy(() -> keyClient(3).call(read(), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(status));
        assertThat(script.sent).hasSize(1);
    }

    @Test
    void given_a_server_that_asks_for_a_second_when_reading_then_it_is_given_it() throws Exception {
        script.then(429, "", "1").then(200, "good");
        long start = System.nanoTime();

        assertThat(keyClient(1).call(read(), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("good");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void given_a_server_whose_clock_is_behind_when_it_asks_for_a_date_then_it_is_not_asked_before_that()
            throws Exception {
        script.then(new Response(
                        429, new byte[0], Instant.parse("2020-01-01T00:00:00Z"), "Wed, 01 Jan 2020 00:00:01 GMT"))
                .then(200, "good");
        long start = System.nanoTime();

        assertThat(keyClient(1).call(read(), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("good");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void given_a_success_that_asks_for_a_wait_when_reading_then_it_is_the_answer_at_once() throws Exception {
        script.then(200, "good", "3600").then(204, "", "1");
        CliniceaClient client = keyClient(3);

        assertThat(client.call(read(), answer -> answer).body()).asString(UTF_8).isEqualTo("good");
        assertThat(client.call(read(), answer -> answer).status()).isEqualTo(204);
    }

    // ---- an answer that can be judged by its body only

    @Test
    void given_an_answer_that_cannot_be_read_in_passing_when_reading_then_it_is_asked_again() throws Exception {
        script.then(200, "cut of").then(503).then(200, "whole");

        String read = keyClient(2).call(read(), answer -> wholeOr(answer, true));

        assertThat(read).isEqualTo("whole");
        assertThat(script.sent).hasSize(3);
    }

    @Test
    void given_an_answer_that_cannot_be_read_ever_when_reading_then_it_is_not_asked_again() {
        script.then(200, "wrong");

        assertThatThrownBy(() -> keyClient(3).call(read(), answer -> wholeOr(answer, false)))
                .hasMessage("not whole");
        assertThat(script.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void given_an_answer_that_cannot_be_read_when_writing_then_it_is_never_sent_again(String method) {
        script.then(200, "cut of");

        assertThatThrownBy(() -> keyClient(3).call(write(method), answer -> wholeOr(answer, true)))
                .hasMessage("not whole");
        assertThat(script.sent).hasSize(1);
    }

    private static String wholeOr(Response answer, boolean retryable) throws CliniceaException {
        String body = new String(answer.body(), UTF_8);
        if (!body.equals("whole")) {
            throw new CliniceaException("not whole", "patients", "find", answer.status(), retryable, null);
        }
        return body;
    }

    @ParameterizedTest
    @CsvSource({"POST, 429", "POST, 500", "POST, 503", "PUT, 503", "PUT, 500", "DELETE, 503", "DELETE, 502"})
    void given_a_passing_trouble_when_writing_then_it_is_never_sent_again(String method, int status) {
        script.then(status);

        assertThatThrownBy(() -> keyClient(3).call(write(method), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(status));
        assertThat(script.sent).hasSize(1);
    }

    @Test
    void given_a_create_that_the_server_failed_over_when_called_then_it_is_not_said_to_be_worth_repeating() {
        script.then(500);

        assertThatThrownBy(() -> keyClient(3).call(write("POST"), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.isRetryable()).isFalse());
    }

    // ---- outcome unknown

    @Test
    void given_a_create_whose_answer_never_came_when_called_then_its_outcome_is_unknown_and_it_is_not_sent_again() {
        script.then(new IOException("reset"));

        assertThatThrownBy(() -> keyClient(3).call(write("POST"), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaOutcomeUnknownException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageContaining("unknown whether");
        assertThat(script.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void given_a_create_that_a_gateway_answers_when_called_then_its_outcome_is_unknown(int status) {
        script.then(status);

        assertThatThrownBy(() -> keyClient(3).call(write("POST"), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaOutcomeUnknownException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(status));
        assertThat(script.sent).hasSize(1);
    }

    @Test
    void given_a_create_whose_answer_ends_in_an_error_when_called_then_its_outcome_is_unknown() {
        script.then(200, "Smith");

        assertThatThrownBy(() -> keyClient(3).call(write("POST"), answer -> {
                    throw new StackOverflowError("Smith");
                }))
                .isInstanceOfSatisfying(
                        CliniceaOutcomeUnknownException.class,
                        e -> assertThat(e.getResponseText()).isEqualTo("Smith"))
                .hasMessageNotContaining("Smith")
                .hasNoCause();
    }

    @Test
    void given_a_create_that_was_never_sent_when_called_then_its_outcome_is_known() {
        script.then(new Transport.NotSentException(new ConnectException("refused")));

        assertThatThrownBy(() -> keyClient(3).call(write("POST"), answer -> answer))
                .isExactlyInstanceOf(CliniceaException.class)
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.isRetryable()).isTrue());
        assertThat(script.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void given_an_update_or_delete_whose_answer_never_came_when_called_then_it_may_be_repeated_by_the_caller(
            String method) {
        script.then(new IOException("reset"));

        assertThatThrownBy(() -> keyClient(3).call(write(method), answer -> answer))
                .isExactlyInstanceOf(CliniceaException.class)
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.isRetryable()).isTrue());
        assertThat(script.sent).hasSize(1);
    }

    // ---- staff login

    @Test
    void given_a_staff_login_when_called_then_it_logs_in_once_and_the_token_goes_with_each_call() throws Exception {
        script.then(200, "\"t1\"").then(200).then(200);
        CliniceaClient client = loginClient(0);

        client.call(read(), answer -> answer);
        client.call(read(), answer -> answer);

        assertThat(script.targets())
                .containsExactly(
                        LOGIN,
                        "/api/v1/patients?search=Secret%20Smith&api_key=t1",
                        "/api/v1/patients?search=Secret%20Smith&api_key=t1");
        assertThat(script.sent).allSatisfy(sent -> assertThat(sent.headers()).isEmpty());
    }

    @Test
    void given_an_expired_token_when_called_then_it_logs_in_anew_and_asks_again() throws Exception {
        script.then(200, "\"t1\"").then(401).then(200, "\"t2\"").then(200, "good");

        assertThat(loginClient(0).call(read(), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("good");
        assertThat(script.targets()).element(3).asString().endsWith("api_key=t2");
    }

    @Test
    void given_an_expired_token_when_creating_then_it_logs_in_anew_and_sends_what_was_refused() throws Exception {
        script.then(200, "\"t1\"").then(401).then(200, "\"t2\"").then(200, "made");

        assertThat(loginClient(0).call(write("POST"), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("made");
    }

    @Test
    void given_a_module_that_is_not_permitted_when_called_then_it_logs_in_anew_once_and_fails() {
        script.then(200, "\"t1\"").then(401).then(200, "\"t2\"").then(401);

        assertThatThrownBy(() -> loginClient(3).call(read(), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(401))
                .hasMessageContaining("username or password");
        assertThat(script.sent).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "\"\"", "\" \"", "{}", "{\"token\":\"t\"}", "7", "<html>", "[\"t\"]"})
    void given_a_login_that_answers_no_token_when_called_then_it_fails_and_the_call_is_not_sent(String body) {
        script.then(200, body);

        assertThatThrownBy(() -> loginClient(0).call(read(), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getResource()).isEqualTo("login"));
        assertThat(script.sent).hasSize(1);
    }

    @Test
    void given_a_wrong_password_when_called_then_it_is_tried_once() {
        script.then(401);

        assertThatThrownBy(() -> loginClient(3).call(read(), answer -> answer)).hasMessageContaining("password");
        assertThat(script.targets()).containsExactly(LOGIN);
    }

    @Test
    void given_a_login_that_fails_in_passing_when_reading_then_it_is_tried_again() throws Exception {
        script.then(503).then(new IOException("reset")).then(200, "\"t1\"").then(200, "good");

        assertThat(loginClient(2).call(read(), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("good");
        assertThat(script.targets()).startsWith(LOGIN, LOGIN, LOGIN).hasSize(4);
    }

    @Test
    void given_a_login_without_an_answer_when_creating_then_it_is_known_that_nothing_was_made() {
        script.then(new IOException("reset")).then(new IOException("reset"));

        assertThatThrownBy(() -> loginClient(1).call(write("POST"), answer -> answer))
                .isExactlyInstanceOf(CliniceaException.class)
                .hasMessageContaining("login");
        assertThat(script.targets()).containsExactly(LOGIN, LOGIN);
    }

    @Test
    void given_a_login_that_fails_in_passing_when_creating_then_only_the_login_is_sent_again() throws Exception {
        script.then(503).then(200, "\"t1\"").then(201, "made");

        assertThat(loginClient(1).call(write("POST"), answer -> answer).body())
                .asString(UTF_8)
                .isEqualTo("made");
        assertThat(script.sent).extracting(Sent::method).containsExactly("GET", "GET", "POST");
    }

    @Test
    void given_a_login_whose_trouble_lasts_when_reading_then_its_retries_are_not_multiplied_by_those_of_the_call() {
        script.then(503).then(503).then(503);

        assertThatThrownBy(() -> loginClient(2).call(read(), answer -> answer))
                .isInstanceOfSatisfying(CliniceaException.class, e -> {
                    assertThat(e.getResource()).isEqualTo("login");
                    assertThat(e.getHttpResponseCode()).isEqualTo(503);
                    assertThat(e.isRetryable()).isTrue();
                });
        assertThat(script.targets()).containsExactly(LOGIN, LOGIN, LOGIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void given_a_login_that_is_put_off_beyond_the_cap_when_reading_then_it_fails_at_once(int status) {
        script.then(status, "", "61");

        assertThatThrownBy(() -> loginClient(3).call(read(), answer -> answer)).hasMessageContaining("login");
        assertThat(script.targets()).containsExactly(LOGIN);
    }

    /** A server may report a wrong password as a page with status 200. */
    @Test
    void given_a_login_that_is_answered_by_a_page_when_reading_then_the_password_is_not_tried_again() {
        script.then(200, "<html>who are you?</html>");

        assertThatThrownBy(() -> loginClient(3).call(read(), answer -> answer)).hasMessageContaining("login");
        assertThat(script.targets()).containsExactly(LOGIN);
    }

    @Test
    void given_retries_before_and_after_a_renewal_when_reading_then_they_are_counted_together() {
        script.then(200, "\"t1\"").then(503).then(401).then(200, "\"t2\"").then(503);

        assertThatThrownBy(() -> loginClient(1).call(read(), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(503));
        assertThat(script.sent).hasSize(5);
    }

    @Test
    void given_a_token_that_is_refused_again_after_a_retry_when_reading_then_it_is_not_renewed_twice() {
        script.then(200, "\"t1\"").then(401).then(200, "\"t2\"").then(503).then(401);

        assertThatThrownBy(() -> loginClient(3).call(read(), answer -> answer))
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(401));
        assertThat(script.sent).hasSize(5);
    }

    @Test
    void given_many_threads_with_an_expired_token_when_they_call_then_one_logs_in_and_all_succeed() throws Exception {
        int threads = 16;
        AtomicInteger logins = new AtomicInteger();
        AtomicReference<String> valid = new AtomicReference<>();
        CyclicBarrier allRefused = new CyclicBarrier(threads);
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        Transport server = (method, target, headers, body) -> {
            if (target.startsWith(LoginRequest.PATH)) {
                valid.set("t" + logins.incrementAndGet());
                return new Response(200, ("\"" + valid.get() + "\"").getBytes(UTF_8), null, null);
            }
            boolean good = target.endsWith("api_key=" + valid.get()) && !target.endsWith("api_key=t1");
            if (!good) {
                refused.add(target);
                try {
                    allRefused.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
            return new Response(good ? 200 : 401, new byte[0], null, null);
        };
        StaffLogin shared = new StaffLogin("", "doctor", PASSWORD);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                CliniceaClient client = Clients.client(server, shared, policy(0));
                answers.add(pool.submit(() -> client.call(read(), answer -> answer)));
            }
            for (Future<Response> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(refused).hasSize(threads);
        assertThat(logins).hasValue(2);
    }

    // ---- nothing is given away

    @Test
    void given_any_failure_when_thrown_then_neither_key_nor_query_nor_body_is_in_it() {
        for (int status : List.of(302, 400, 401, 403, 404, 418, 429, 500, 503)) {
            for (String method : List.of("GET", "POST", "PUT")) {
                assertThatNothingIsGivenAway(new Script().then(status, "Secret Smith"), apiKey(), method);
                assertThatNothingIsGivenAway(
                        new Script().then(200, "\"t0ken\"").then(status, "Secret Smith"), login(), method);
            }
        }
        for (String answer : List.of("<html>Secret Smith", "{\"a\":\"Secret Smith\"}", "\"Secret Smith")) {
            assertThatNothingIsGivenAway(new Script().then(200, answer), login(), "GET");
        }
        assertThatNothingIsGivenAway(new Script().then(401, "Secret Smith"), login(), "GET");
    }

    private void assertThatNothingIsGivenAway(Script answers, Credentials credentials, String method) {
        Request call = method.equals("GET") ? read() : write(method);

        Throwable failure = catchThrowable(
                () -> Clients.client(answers, credentials, policy(0)).call(call, answer -> answer));

        assertThat(failure).as("%s %s", method, answers.sent).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .doesNotContain(KEY)
                .doesNotContain(PASSWORD)
                .doesNotContain("t0ken")
                .doesNotContain("Secret")
                .doesNotContain("Smith")
                .doesNotContain("doctor")
                .doesNotContain("?")
                .doesNotContain("search=");
    }

    @Test
    void given_what_holds_secrets_when_shown_then_they_are_not() {
        Parameter password = new Parameter("pwd", PASSWORD);
        RequestAuthentication authentication = new RequestAuthentication(List.of(password), List.of());
        assertThat(List.of(apiKey(), login(), read(), write("POST"), password, authentication)
                        .toString())
                .doesNotContain(KEY)
                .doesNotContain(PASSWORD)
                .doesNotContain("doctor")
                .doesNotContain("Secret");
        assertThat(new Response(200, "Secret".getBytes(UTF_8), null, null)).hasToString("HTTP 200");
    }

    // ---- stop

    @Test
    void given_a_wait_for_a_retry_when_the_client_is_closed_then_it_ends_at_once() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Transport busy = (method, target, headers, body) -> {
            asked.countDown();
            return new Response(503, new byte[0], null, "50");
        };
        CliniceaClient client = Clients.client(busy, apiKey(), policy(3));
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Throwable> failure = pool.submit(() -> catchThrowable(() -> client.call(read(), answer -> answer)));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            client.close();

            assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void given_a_wait_for_a_retry_when_its_thread_is_interrupted_then_it_ends_at_once() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch asked = new CountDownLatch(1);
        Transport busy = (method, target, headers, body) -> {
            asked.countDown();
            return new Response(503, new byte[0], null, "50");
        };
        Thread thread = new Thread(() -> failure.set(
                catchThrowable(() -> Clients.client(busy, apiKey(), policy(3)).call(read(), answer -> answer))));
        thread.start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();
        thread.join(10_000);

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }

    // ----

    private static ApiKey apiKey() {
        return new ApiKey(KEY, List.of("api", "api_key"));
    }

    private static StaffLogin login() {
        return new StaffLogin("", "doctor", PASSWORD);
    }

    private CliniceaClient keyClient(int maxRetries) {
        return Clients.client(script, apiKey(), policy(maxRetries));
    }

    private CliniceaClient loginClient(int maxRetries) {
        return Clients.client(script, login(), policy(maxRetries));
    }

    /** Returns a policy that repeats requests without waiting. */
    private static RetryPolicy policy(int maxRetries) {
        return new RetryPolicy(maxRetries, Duration.ofSeconds(60), Clock.systemUTC(), bound -> 0);
    }

    private static Request read() {
        return new Request(
                "patients", "find", "GET", "/api/v1/patients", List.of(new Parameter("search", "Secret Smith")), null);
    }

    private static Request write(String method) {
        return new Request(
                "patients",
                "save",
                method,
                "/api/v1/patients",
                List.of(new Parameter("search", "Secret Smith")),
                "{\"name\":\"Secret Smith\"}".getBytes(UTF_8));
    }
}
