package io.github.camelclinicea.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls: adds the credentials, repeats reads that failed in passing, and turns everything that is not a success into
 * a {@link CliniceaException}. Used by any number of threads at once.
 */
public final class CliniceaClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaClient.class);

    private final Transport transport;
    private final Credentials credentials;
    private final RetryPolicy retryPolicy;
    private final CountDownLatch closed = new CountDownLatch(1);

    CliniceaClient(Transport transport, Credentials credentials, RetryPolicy retryPolicy) {
        this.transport = transport;
        this.credentials = credentials;
        this.retryPolicy = retryPolicy;
    }

    /**
     * @param call the call
     * @return its answer, with a status from 200 to 299
     * @throws CliniceaOutcomeUnknownException if a create was sent and its answer never came
     * @throws CliniceaException if it failed; reads have been repeated as the retry policy says
     * @throws InterruptedException if the thread was interrupted, or the client closed, while waiting for a retry
     */
    public WireAnswer call(WireCall call) throws CliniceaException, InterruptedException {
        for (int retries = 0; ; retries++) {
            CliniceaException failure;
            String retryAfter = null;
            try {
                WireAnswer answer = authenticated(call);
                if (answer.successful()) {
                    return answer;
                }
                failure = refusal(call, answer.status());
                retryAfter = answer.retryAfter();
            } catch (CliniceaException e) {
                failure = e;
            } catch (IOException e) {
                failure = breakdown(call, e);
            }
            Optional<Duration> wait =
                    call.readOnly() && failure.isRetryable() ? retryPolicy.wait(retries, retryAfter) : Optional.empty();
            if (wait.isEmpty()) {
                throw failure;
            }
            LOG.debug("{}; trying again in {}", failure.getMessage(), wait.get());
            pause(wait.get());
        }
    }

    private WireAnswer authenticated(WireCall call) throws IOException, CliniceaException {
        if (credentials instanceof ApiKey key) {
            return send(call, key.proof());
        }
        StaffLogin login = (StaffLogin) credentials;
        String token = token(login, null);
        WireAnswer answer = send(call, tokenProof(token));
        if (answer.status() != 401) {
            return answer;
        }
        // The token's life is not to be trusted. Once anew, then it is the credentials that are wrong.
        return send(call, tokenProof(token(login, token)));
    }

    private String token(StaffLogin login, String refused) throws CliniceaException {
        try {
            return login.token(refused, () -> logIn(login));
        } catch (CliniceaException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String logIn(StaffLogin login) throws CliniceaException {
        WireCall call = new WireCall(
                "login",
                "getTokenByStaffUsernamePwd",
                "GET",
                StaffLogin.PATH,
                List.of(
                        new Parameter("apiKey", login.apiKey()),
                        new Parameter("loginUserName", login.username()),
                        new Parameter("pwd", login.password())),
                null);
        WireAnswer answer;
        try {
            answer = send(call, new Credentials.Proof(List.of(), List.of()));
        } catch (IOException e) {
            // Said of the login here, since of a create that waits for it the outcome is known: it was not sent.
            throw breakdown(call, e);
        }
        if (!answer.successful()) {
            throw refusal(call, answer.status());
        }
        JsonNode token = Json.read(call, answer);
        if (token == null || !token.isTextual() || token.asText().isBlank()) {
            throw new CliniceaException(
                    "Clinicea's answer to the login is not a token; check baseUrl",
                    call.resource(),
                    call.operation(),
                    answer.status(),
                    false,
                    null);
        }
        return token.asText();
    }

    private static Credentials.Proof tokenProof(String token) {
        return new Credentials.Proof(List.of(), List.of(new Parameter("api_key", token)));
    }

    private WireAnswer send(WireCall call, Credentials.Proof proof) throws IOException {
        List<Parameter> query = new ArrayList<>(call.query());
        query.addAll(proof.query());
        return transport.exchange(call.method(), call.path() + Encoding.query(query), proof.headers(), call.body());
    }

    private CliniceaException refusal(WireCall call, int status) {
        // A server or gateway that failed over a create may have made the record all the same.
        if (call.creates() && (status == 500 || status == 502 || status == 504)) {
            return call.outcomeUnknown(status, null);
        }
        String advice =
                switch (status) {
                    case 400 -> "the request is ill-formed for it; check the parameters";
                    case 401 ->
                        credentials instanceof ApiKey
                                ? "the apiKey is wrong, or its role may not use this module"
                                : "username or password is wrong, or the staff member's role may not use this module";
                    case 403 -> "the credentials do not allow it";
                    case 404 -> "there is nothing at this path; check path and baseUrl";
                    case 429 -> "too many requests; poll less often";
                    default ->
                        status >= 300 && status < 400
                                ? "a redirect is not followed; set baseUrl to where the API really is"
                                : "the server failed or is overloaded";
                };
        return new CliniceaException(
                "Clinicea answered " + status + " to " + call + ": " + advice,
                call.resource(),
                call.operation(),
                status,
                RetryPolicy.passing(status),
                null);
    }

    private static CliniceaException breakdown(WireCall call, IOException e) {
        if (call.creates() && !(e instanceof Transport.NotSentException)) {
            return call.outcomeUnknown(0, e);
        }
        return new CliniceaException(
                "No answer from Clinicea to " + call + ": " + e.getMessage(),
                call.resource(),
                call.operation(),
                0,
                !(e instanceof Transport.TooLargeException),
                e);
    }

    private void pause(Duration wait) throws InterruptedException {
        if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the Clinicea client was closed while waiting for a retry");
        }
    }

    /** Ends all waiting, for retries and for answers: a stop must not wait for a server that does not answer. */
    @Override
    public void close() {
        closed.countDown();
        transport.close();
    }
}
