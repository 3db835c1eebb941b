/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.client.blob.BlobStore;
import io.github.camelclinicea.client.http.Attempts;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.rate.RateLimitedTransport;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import io.github.camelclinicea.row.RequestListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes calls: adds the credentials, repeats reads that failed in passing, and turns everything that is not a success
 * into a {@link CliniceaException}. Used by any number of threads at once.
 */
public final class CliniceaClient implements AutoCloseable {

    /** What carries the token of a staff login (docs/design/wire.md, section 1). */
    private static final String TOKEN_PARAMETER = "api_key";

    private final Transport transport;
    private final Credentials credentials;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final RateLimitedTransport requests;

    /** A client of no context, with a budget of its own: only {@link #close()} ends its waiting. */
    public CliniceaClient(Transport transport, Credentials credentials, RetryPolicy retryPolicy) {
        this(
                transport,
                credentials,
                new RequestRateLimiter("the server", System::nanoTime),
                0,
                retryPolicy,
                () -> false);
    }

    /**
     * @param budget what all who use these credentials may send together
     * @param requestsPerSecond this client's part in its limit; 0 for none
     * @param contextStops whether the context is being stopped, which ends all waiting
     */
    public CliniceaClient(
            Transport transport,
            Credentials credentials,
            RequestRateLimiter budget,
            double requestsPerSecond,
            RetryPolicy retryPolicy,
            BooleanSupplier contextStops) {
        this.transport = transport;
        this.credentials = credentials;
        this.retryPolicy = retryPolicy;
        this.stop = new StopSignal(contextStops);
        this.requests = new RateLimitedTransport(transport, budget, requestsPerSecond, retryPolicy, stop);
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
        T read(Response answer) throws CliniceaException;
    }

    /**
     * Sends a request and reads its response.
     *
     * @param <T> what the response becomes
     * @param call the request
     * @param reading reads a response with a status of success; if it throws a retryable failure, a read is repeated
     * @return what the reading returned
     * @throws CliniceaOutcomeUnknownException if a create was sent and its response never came
     * @throws CliniceaException if it failed; reads were repeated as the retry policy says
     * @throws InterruptedException if the thread was interrupted or the client closed in the middle of a read, or
     *     before a write was sent
     */
    public <T> T call(Request call, Reading<T> reading) throws CliniceaException, InterruptedException {
        return call(call, reading, RequestListener.NONE);
    }

    /**
     * As {@link #call(Request, Reading)}.
     *
     * @param <T> what the response becomes
     * @param listener is notified of the requests that this takes, except for a login
     */
    public <T> T call(Request call, Reading<T> reading, RequestListener listener)
            throws CliniceaException, InterruptedException {
        Tries<T> tries = new Tries<>(call, reading, listener);
        if (credentials instanceof ApiKey key) {
            return tries.with(key.authentication());
        }
        StaffLogin login = (StaffLogin) credentials;
        String token = login.token(null, () -> logIn(login), stop);
        try {
            return tries.with(tokenAuthentication(token));
        } catch (CliniceaException e) {
            if (e.getHttpResponseCode() != 401) {
                throw e;
            }
        }
        // The token's life is not to be trusted. Once anew, then it is the credentials that are wrong.
        return tries.with(tokenAuthentication(login.token(token, () -> logIn(login), stop)));
    }

    /** One call, sent as often as it takes; retries are counted over a renewal of its token. */
    private final class Tries<T> {
        private final Request call;
        private final Reading<T> reading;
        private final RequestListener listener;
        private final Attempts attempts = new Attempts(retryPolicy, stop);

        Tries(Request call, Reading<T> reading, RequestListener listener) {
            this.call = call;
            this.reading = reading;
            this.listener = listener;
        }

        T with(RequestAuthentication authentication) throws CliniceaException, InterruptedException {
            while (true) {
                CliniceaException failure;
                Response refusal = null;
                try {
                    Response answer = requests.send(call, authentication, listener);
                    if (answer.successful()) {
                        return read(answer);
                    }
                    failure = RequestFailures.refused(call, answer.status(), credentials instanceof ApiKey);
                    refusal = answer;
                } catch (CliniceaException e) {
                    failure = e;
                } catch (IOException e) {
                    failure = RequestFailures.brokenDown(call, e);
                }
                attempts.waitOrThrow(failure, call.readOnly() && failure.isRetryable(), refusal);
            }
        }

        private T read(Response answer) throws CliniceaException {
            if (call.readOnly() && !answer.isWhole()) {
                throw call.notConfirmed(
                        "has the status " + answer.status() + ", which is not that of a complete response", answer);
            }
            try {
                return reading.read(answer);
            } catch (RuntimeException | Error e) {
                if (call.readOnly()) {
                    throw e;
                }
                throw call.notConfirmed("could not be read: " + e.getClass().getName(), answer);
            }
        }
    }

    /** A read like any other, so that it is repeated like one, also for a create that waits for it to be sent. */
    private String logIn(StaffLogin login) throws CliniceaException, InterruptedException {
        Request call = new Request(
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
        Response answer = new Tries<>(call, success -> success, RequestListener.NONE).with(RequestAuthentication.NONE);
        JsonNode token = Json.read(call, answer);
        if (token == null || !token.isTextual() || token.asText().isBlank()) {
            throw call.failure(
                    "Clinicea's answer to the login is not a token; check baseUrl", answer.status(), false, null);
        }
        return token.asText();
    }

    private static RequestAuthentication tokenAuthentication(String token) {
        return new RequestAuthentication(List.of(), List.of(new Parameter(TOKEN_PARAMETER, token)));
    }

    /**
     * For who makes many calls over a long time, with something else between them.
     *
     * @throws InterruptedException if the client was closed, or its context is being stopped
     */
    public void requireOpen() throws InterruptedException {
        stop.throwIfGiven();
    }

    /**
     * @return how many requests a second all who use these credentials may send at this moment; infinite for no limit
     */
    public double requestsPerSecond() {
        return requests.perSecond();
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
        requests.close();
    }
}
