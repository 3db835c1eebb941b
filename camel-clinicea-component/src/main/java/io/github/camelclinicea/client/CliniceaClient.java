package io.github.camelclinicea.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls: adds the credentials, repeats reads that failed in passing, and turns everything that is not a success into
 * a {@link CliniceaException}. Used by any number of threads at once.
 */
public final class CliniceaClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaClient.class);

    /** What carries the token of a staff login (wire-contract section 1). */
    private static final String TOKEN_PARAMETER = "api_key";

    private final Transport transport;
    private final Credentials credentials;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;

    /** A client of no context: only {@link #close()} ends its waiting. */
    CliniceaClient(Transport transport, Credentials credentials, RetryPolicy retryPolicy) {
        this(transport, credentials, retryPolicy, () -> false);
    }

    /** @param contextStops whether the context is being stopped, which ends all waiting */
    CliniceaClient(
            Transport transport, Credentials credentials, RetryPolicy retryPolicy, BooleanSupplier contextStops) {
        this.transport = transport;
        this.credentials = credentials;
        this.retryPolicy = retryPolicy;
        this.stop = new StopSignal(contextStops);
    }

    /**
     * Makes of an answer what the caller wants of it.
     *
     * @param <T> what that is
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * @param answer a success
         * @return what it says
         * @throws CliniceaException if it cannot be read; it decides whether asking again may help
         */
        T read(WireAnswer answer) throws CliniceaException;
    }

    /**
     * @param call the call
     * @return its answer, with a status from 200 to 299
     * @throws CliniceaOutcomeUnknownException if a create was sent and its answer never came
     * @throws CliniceaException if it failed; reads have been repeated as the retry policy says
     * @throws InterruptedException if the thread was interrupted or the client closed in the middle of a read, or before a
     *     write was sent
     */
    public WireAnswer call(WireCall call) throws CliniceaException, InterruptedException {
        return call(call, answer -> answer);
    }

    /**
     * As {@link #call(WireCall)}, for those who can tell only by the body whether an answer is a good one.
     *
     * @param <T> what the answer becomes
     * @param reading reads the answer; if it fails with a failure that asking again may help, a read is repeated
     */
    public <T> T call(WireCall call, Reading<T> reading) throws CliniceaException, InterruptedException {
        Tries<T> tries = new Tries<>(call, reading);
        if (credentials instanceof ApiKey key) {
            return tries.with(key.proof());
        }
        StaffLogin login = (StaffLogin) credentials;
        if (call.query().stream().anyMatch(parameter -> parameter.name().equalsIgnoreCase(TOKEN_PARAMETER))) {
            throw new IllegalArgumentException(TOKEN_PARAMETER + " is the parameter of the staff login's token");
        }
        String token = login.token(null, () -> logIn(login), stop);
        try {
            return tries.with(tokenProof(token));
        } catch (CliniceaException e) {
            if (e.getHttpResponseCode() != 401) {
                throw e;
            }
        }
        // The token's life is not to be trusted. Once anew, then it is the credentials that are wrong.
        return tries.with(tokenProof(login.token(token, () -> logIn(login), stop)));
    }

    /** One call, sent as often as it takes; retries are counted over a renewal of its token. */
    private final class Tries<T> {
        private final WireCall call;
        private final Reading<T> reading;
        private int retries;

        Tries(WireCall call, Reading<T> reading) {
            this.call = call;
            this.reading = reading;
        }

        T with(Credentials.Proof proof) throws CliniceaException, InterruptedException {
            while (true) {
                CliniceaException failure;
                String retryAfter = null;
                try {
                    WireAnswer answer = send(call, proof);
                    if (answer.successful()) {
                        return reading.read(answer);
                    }
                    failure = refusal(call, answer.status());
                    retryAfter = answer.retryAfter();
                } catch (CliniceaException e) {
                    failure = e;
                } catch (IOException e) {
                    failure = breakdown(call, e);
                }
                waitOrThrow(failure, retryAfter);
            }
        }

        private void waitOrThrow(CliniceaException failure, String retryAfter)
                throws CliniceaException, InterruptedException {
            if (!call.readOnly() || !failure.isRetryable()) {
                throw failure;
            }
            stop.throwIfGiven();
            Duration wait = retryPolicy.wait(retries++, retryAfter).orElseThrow(() -> failure);
            LOG.debug("{}; trying again in {}", failure.getMessage(), wait);
            stop.sleep(wait);
        }
    }

    /** A read like any other, so that it is repeated like one, also for a create that waits for it to be sent. */
    private String logIn(StaffLogin login) throws CliniceaException, InterruptedException {
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
        // Read outside the tries: what is no token may be a refusal, and a wrong password is not to be tried again.
        WireAnswer answer = new Tries<>(call, success -> success).with(new Credentials.Proof(List.of(), List.of()));
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
        return new Credentials.Proof(List.of(), List.of(new Parameter(TOKEN_PARAMETER, token)));
    }

    private WireAnswer send(WireCall call, Credentials.Proof proof) throws IOException {
        List<Parameter> query = new ArrayList<>(call.query());
        query.addAll(proof.query());
        return transport.exchange(call.method(), call.path() + Encoding.query(query), proof.headers(), call.body());
    }

    private CliniceaException refusal(WireCall call, int status) {
        // A server or gateway that failed over a create may have made the record all the same.
        boolean mayBeDone = call.mayBeDone(status);
        if (call.creates() && mayBeDone) {
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
                    case 407 -> "the proxy demands credentials; give them to an httpComponent of your own";
                    case 429 -> "too many requests; poll less often";
                    default ->
                        status >= 300 && status < 400
                                ? "a redirect is not followed; set baseUrl to where the API really is"
                                : "the server failed or is overloaded";
                };
        return new CliniceaException(
                "Clinicea answered " + status + " to " + call + ": " + advice + (mayBeDone ? call.doubt() : ""),
                call.resource(),
                call.operation(),
                status,
                RetryPolicy.passing(status),
                mayBeDone,
                null);
    }

    private static CliniceaException breakdown(WireCall call, IOException e) {
        boolean sent = !(e instanceof Transport.NotSentException);
        if (call.creates() && sent) {
            return call.outcomeUnknown(0, e);
        }
        return new CliniceaException(
                "No answer from Clinicea to " + call + ": " + e.getMessage() + (sent ? call.doubt() : ""),
                call.resource(),
                call.operation(),
                0,
                !(e instanceof Transport.TooLargeException || e instanceof Transport.UntrustedException),
                sent && !call.readOnly(),
                e);
    }

    /**
     * For who makes many calls over a long time, with something else between them.
     *
     * @throws InterruptedException if the client was closed, or its context is being stopped
     */
    public void requireOpen() throws InterruptedException {
        stop.throwIfGiven();
    }

    /** @return false if the client was closed, or its context is being stopped */
    public boolean isOpen() {
        return !stop.isGiven();
    }

    /**
     * @param uploadTimeout how long one try to store a content may take
     * @return what stores contents by this client's connections and retries; it ends its waiting with this client
     */
    public BlobStore blobStore(Duration uploadTimeout) {
        return new BlobStore(transport, retryPolicy, stop, uploadTimeout);
    }

    /** Ends all waiting, for retries, logins and answers: a stop must not wait for a server that does not answer. */
    @Override
    public void close() {
        stop.give();
        transport.close();
    }
}
