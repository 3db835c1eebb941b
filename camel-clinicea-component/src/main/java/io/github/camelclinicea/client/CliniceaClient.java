/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.client.blob.BlobStore;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.BudgetShare;
import io.github.camelclinicea.client.http.Attempts;
import io.github.camelclinicea.client.http.ObservedTransport;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.rate.RateLimitedTransport;
import io.github.camelclinicea.row.RequestListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends requests to Clinicea: adds the credentials, repeats reads after temporary failures, and converts every result
 * that is no success into a {@link CliniceaException}. Before a retry, and once after a 401, it asks for new
 * credentials. Used by any number of threads at once.
 */
public final class CliniceaClient implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;

    private final Transport transport;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final RequestObserver observer;
    private final boolean showsServerMessages;
    private final ClientAccess access;

    /**
     * Creates a client.
     *
     * @param transport sends the requests; closed with this client
     * @param account the account at first
     * @param accounts gives the present account, which may be another one each time
     * @param budget the limits that this client adds to the budget of its account
     * @param requestsPerSecond the limit that this client adds to the limiter of its account, in requests a second; 0
     *     for none
     * @param retryPolicy decides when a read is repeated
     * @param contextStops returns whether the Camel context is being stopped, which ends all waits
     * @param observer is notified of all requests, logins included
     * @param showsServerMessages whether the message of an exception contains what the server says
     */
    public CliniceaClient(
            Transport transport,
            Account account,
            Account.Source accounts,
            BudgetSettings budget,
            double requestsPerSecond,
            RetryPolicy retryPolicy,
            BooleanSupplier contextStops,
            RequestObserver observer,
            boolean showsServerMessages) {
        this.transport = new ObservedTransport(transport, observer);
        this.showsServerMessages = showsServerMessages;
        this.retryPolicy = retryPolicy;
        this.stop = new StopSignal(contextStops);
        this.observer = observer;
        this.access = new ClientAccess(
                account,
                accounts,
                budget,
                of -> new RateLimitedTransport(this.transport, of.limiter(), requestsPerSecond, retryPolicy, stop),
                stop);
    }

    /** Says that this client polls, so that the budget of its account is spread over its polls and those of others. */
    public void poll() {
        access.poll();
    }

    /**
     * Takes the present credentials of the endpoint. To be called before each poll and operation. From then on, the
     * former ones are never sent, not by a retry either.
     *
     * @return whether they are other ones than before
     * @throws CliniceaException if there are none
     */
    public boolean refreshCredentials() throws CliniceaException {
        return access.refresh();
    }

    /**
     * Converts a response into the result that the caller needs.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface ResponseHandler<T> {
        /**
         * Returns the result of a request.
         *
         * @param response a response with a status of success
         * @throws CliniceaException if it cannot be read. If the exception is retryable, a read is repeated
         */
        T handle(Response response) throws CliniceaException;
    }

    /**
     * Sends a request and returns the result of its response.
     *
     * @param <T> the type of the result
     * @param request the request
     * @param handler converts a response with a status of success
     * @throws CliniceaOutcomeUnknownException if a create was sent and its response never came
     * @throws CliniceaException if the request failed; reads were repeated as the retry policy says
     * @throws InterruptedException if the thread was interrupted or the client closed during a read, or before a write
     *     was sent
     */
    public <T> T call(Request request, ResponseHandler<T> handler) throws CliniceaException, InterruptedException {
        return call(request, handler, RequestListener.NONE);
    }

    /**
     * As {@link #call(Request, ResponseHandler)}, with a listener.
     *
     * @param <T> the type of the result
     * @param listener is notified of the requests that this takes, except for a login
     */
    public <T> T call(Request request, ResponseHandler<T> handler, RequestListener listener)
            throws CliniceaException, InterruptedException {
        try {
            return authenticated(new Sending<>(request, handler, listener));
        } catch (CliniceaException e) {
            if (showsServerMessages) {
                e.showServerMessage();
            }
            throw e;
        }
    }

    private <T> T authenticated(Sending<T> sending) throws CliniceaException, InterruptedException {
        ClientAccess.Access used = access.present();
        try {
            return sendAs(sending);
        } catch (CliniceaException e) {
            boolean refused = e.getHttpResponseCode() == UNAUTHORIZED || Request.LOGIN.equals(e.getResource());
            if (!refused || !access.isRenewed(used)) {
                throw e;
            }
        }
        // The key was replaced meanwhile.
        return sendAs(sending);
    }

    private <T> T sendAs(Sending<T> sending) throws CliniceaException, InterruptedException {
        if (!(access.credentials() instanceof StaffLogin login)) {
            return sending.with(this::keyAuthentication);
        }
        String token = login.token(null, () -> logIn(login), stop);
        try {
            return sending.with(() -> LoginRequest.authentication(token));
        } catch (CliniceaException e) {
            if (e.getHttpResponseCode() != UNAUTHORIZED) {
                throw e;
            }
        }
        // The token may have expired, so it is renewed once. If it is refused again, the credentials are wrong.
        access.refreshIfPossible();
        StaffLogin present = access.credentials() instanceof StaffLogin other ? other : login;
        String renewed = present.token(present == login ? token : null, () -> logIn(present), stop);
        return sending.with(() -> LoginRequest.authentication(renewed));
    }

    private RequestAuthentication keyAuthentication() {
        return ((ApiKey) access.credentials()).authentication();
    }

    /** Sends one request until it succeeds or may not be retried. A renewal of the token does not reset the retries. */
    private final class Sending<T> {
        private final Request request;
        private final ResponseHandler<T> handler;
        private final RequestListener listener;
        private final Attempts attempts = new Attempts(retryPolicy, stop);
        private CliniceaException lastFailure;
        private RequestAuthentication sent = RequestAuthentication.NONE;

        Sending(Request request, ResponseHandler<T> handler, RequestListener listener) {
            this.request = request;
            this.handler = handler;
            this.listener = listener;
        }

        /** @param authentication returns the present one, for each attempt */
        T with(Supplier<RequestAuthentication> authentication) throws CliniceaException, InterruptedException {
            while (true) {
                ClientAccess.Access used = access.present();
                CliniceaException failure;
                Response response = null;
                Response refusal = null;
                try {
                    response = used.requests().send(request, () -> admit(authentication), listener);
                    if (response.isSuccessful()) {
                        return handle(response);
                    }
                    failure = RequestFailures.refused(
                            request, response.status(), used.account().credentials());
                    refusal = response;
                } catch (CliniceaException e) {
                    if (response == null) {
                        throw e;
                    }
                    failure = e;
                } catch (IOException e) {
                    failure = RequestFailures.noResponse(request, e);
                }
                RequestFailures.addServerMessage(
                        failure, request, response, sent, used.account().credentials());
                lastFailure = failure;
                attempts.waitOrThrow(failure, request.readOnly() && failure.isRetryable(), refusal);
                observer.retried();
                if (access.refreshIfPossible() && request.isLogin()) {
                    // The request has the former key. The caller logs in with the present one.
                    throw failure;
                }
            }
        }

        /**
         * Counts an attempt for the account that it is sent with. If there must not be another one, the exception has
         * the failure of the last one.
         */
        private RequestAuthentication admit(Supplier<RequestAuthentication> authentication)
                throws CliniceaException, InterruptedException {
            try {
                ClientAccess.Access present;
                do {
                    present = access.present();
                    present.budget().take(request, stop);
                    sent = authentication.get();
                } while (present != access.present());
                return sent;
            } catch (CliniceaException e) {
                if (lastFailure != null) {
                    e.addSuppressed(lastFailure);
                }
                throw e;
            }
        }

        private T handle(Response response) throws CliniceaException {
            if (request.readOnly() && !response.isWhole()) {
                throw request.notConfirmed(
                        "has the status " + response.status() + ", which is not that of a complete response", response);
            }
            try {
                return handler.handle(response);
            } catch (RuntimeException | Error e) {
                if (request.readOnly()) {
                    throw e;
                }
                throw request.notConfirmed("could not be read: " + e.getClass().getName(), response);
            }
        }
    }

    private String logIn(StaffLogin login) throws CliniceaException, InterruptedException {
        Request request = LoginRequest.of(login);
        Response response =
                new Sending<>(request, success -> success, RequestListener.NONE).with(() -> RequestAuthentication.NONE);
        return LoginRequest.token(login, request, response);
    }

    /** Lets the next request log in, although the staff login was refused shortly before. */
    public void forgetRefusal() {
        if (access.credentials() instanceof StaffLogin login) {
            login.forgetRefusal();
        }
    }

    /**
     * Throws if the client is not open, for a caller that does other work between its requests.
     *
     * @throws InterruptedException if the client was closed, or its context is being stopped
     */
    public void requireOpen() throws InterruptedException {
        stop.throwIfGiven();
    }

    /** Returns the name of the credential, which does not contain it: the host, with a number if there are several. */
    public String credentialName() {
        return access.present().requests().credentialName();
    }

    /**
     * Returns the present limit of all clients with these credentials, in requests a second; infinite without a limit.
     */
    public double requestsPerSecond() {
        return access.present().requests().perSecond();
    }

    /** Returns this client's share in the budget of all clients with these credentials. */
    public BudgetShare budget() {
        return access.present().budget();
    }

    /** Returns false if the client was closed, or its context is being stopped. */
    public boolean isOpen() {
        return !stop.isGiven();
    }

    /**
     * Returns a blob store that uses this client's connections and retries. Its waits end when this client is closed.
     *
     * @param uploadTimeout the longest time for one attempt to store content
     */
    public BlobStore blobStore(Duration uploadTimeout) {
        return new BlobStore(transport, retryPolicy, stop, uploadTimeout);
    }

    /** Ends all waits for retries, logins and responses: a stop must not wait for a server that does not respond. */
    @Override
    public void close() {
        stop.give();
        access.close();
    }
}
