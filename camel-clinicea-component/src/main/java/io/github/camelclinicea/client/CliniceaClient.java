/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.client.blob.BlobStore;
import io.github.camelclinicea.client.budget.BudgetShare;
import io.github.camelclinicea.client.http.Attempts;
import io.github.camelclinicea.client.http.ObservedTransport;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.JsonDefect;
import io.github.camelclinicea.client.rate.RateLimitedTransport;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import io.github.camelclinicea.row.RequestListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends requests to Clinicea: adds the credentials, repeats reads after temporary failures, and converts every result
 * that is no success into a {@link CliniceaException}. Before a retry, and once after a 401, it asks for new
 * credentials. Used by any number of threads at once.
 */
public final class CliniceaClient implements AutoCloseable {

    /** The query parameter of a staff login's token (docs/design/wire.md, section 1). */
    private static final String TOKEN_PARAMETER = "api_key";

    private static final int UNAUTHORIZED = 401;

    private final Transport transport;
    private final Account.Source accounts;
    private final Function<Account, BudgetShare> budgets;
    private final double requestsPerSecond;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final RequestObserver observer;
    private final boolean showsServerMessages;

    private volatile Access access;
    private volatile boolean polls;

    /** The account at present, what sends requests at its rate, and the share in its budget. */
    private record Access(Account account, RateLimitedTransport requests, BudgetShare budget) {
        void leave() {
            requests.leave();
            budget.close();
        }
    }

    /**
     * Creates a client.
     *
     * @param transport sends the requests; closed with this client
     * @param credentials the credentials of each request
     * @param limiter limits the rate of all clients with these credentials
     * @param requestsPerSecond the limit that this client adds to the limiter, in requests a second; 0 for none
     * @param budget counts each attempt; closed with this client
     * @param retryPolicy decides when a read is repeated
     * @param contextStops returns whether the Camel context is being stopped, which ends all waits
     * @param observer is notified of all requests, logins included
     * @param showsServerMessages whether the message of an exception contains what the server says
     */
    public CliniceaClient(
            Transport transport,
            Credentials credentials,
            RequestRateLimiter limiter,
            double requestsPerSecond,
            BudgetShare budget,
            RetryPolicy retryPolicy,
            BooleanSupplier contextStops,
            RequestObserver observer,
            boolean showsServerMessages) {
        this(
                transport,
                new Account(credentials, limiter, null),
                null,
                same -> budget,
                requestsPerSecond,
                retryPolicy,
                contextStops,
                observer,
                showsServerMessages);
    }

    /**
     * Creates a client whose credentials may change.
     *
     * @param account the account at first
     * @param accounts gives the present account; null if it stays the same
     * @param budgets returns the share that this client takes in the budget of an account
     */
    CliniceaClient(
            Transport transport,
            Account account,
            Account.Source accounts,
            Function<Account, BudgetShare> budgets,
            double requestsPerSecond,
            RetryPolicy retryPolicy,
            BooleanSupplier contextStops,
            RequestObserver observer,
            boolean showsServerMessages) {
        this.transport = new ObservedTransport(transport, observer);
        this.showsServerMessages = showsServerMessages;
        this.accounts = accounts == null ? () -> account : accounts;
        this.budgets = budgets;
        this.requestsPerSecond = requestsPerSecond;
        this.retryPolicy = retryPolicy;
        this.stop = new StopSignal(contextStops);
        this.observer = observer;
        this.access = accessOf(account);
    }

    private Access accessOf(Account account) {
        BudgetShare budget = budgets.apply(account);
        if (polls) {
            budget.poll();
        }
        return new Access(
                account,
                new RateLimitedTransport(transport, account.limiter(), requestsPerSecond, retryPolicy, stop),
                budget);
    }

    /** Says that this client polls, so that the budget of its account is spread over its polls and those of others. */
    public synchronized void poll() {
        polls = true;
        access.budget().poll();
    }

    /**
     * Takes the present credentials of the endpoint. To be called before each poll and operation. From then on, the
     * former ones are never sent, not by a retry either.
     *
     * @return whether they are other ones than before
     * @throws CliniceaException if there are none
     */
    public synchronized boolean refreshCredentials() throws CliniceaException {
        Account present = accounts.get();
        Access before = access;
        if (present == before.account()) {
            return false;
        }
        access = accessOf(present);
        before.leave();
        if (stop.isGiven()) {
            // The close may have been for the account before.
            access.leave();
        }
        return true;
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
        Access used = access;
        try {
            return sendAs(sending);
        } catch (CliniceaException e) {
            boolean refused = e.getHttpResponseCode() == UNAUTHORIZED || Request.LOGIN.equals(e.getResource());
            if (!refused || !isRenewed(used)) {
                throw e;
            }
        }
        // The key was replaced meanwhile.
        return sendAs(sending);
    }

    /** Returns whether the credentials are other ones than those that were refused. */
    private synchronized boolean isRenewed(Access refused) {
        return access != refused || refreshIfPossible();
    }

    private boolean refreshIfPossible() {
        try {
            return refreshCredentials();
        } catch (CliniceaException e) {
            // The failure of the request says more.
            return false;
        }
    }

    private <T> T sendAs(Sending<T> sending) throws CliniceaException, InterruptedException {
        if (!(access.account().credentials() instanceof StaffLogin login)) {
            return sending.with(this::keyAuthentication);
        }
        String token = login.token(null, () -> logIn(login), stop);
        try {
            return sending.with(() -> tokenAuthentication(token));
        } catch (CliniceaException e) {
            if (e.getHttpResponseCode() != UNAUTHORIZED) {
                throw e;
            }
        }
        // The token may have expired, so it is renewed once. If it is refused again, the credentials are wrong.
        refreshIfPossible();
        StaffLogin present = access.account().credentials() instanceof StaffLogin other ? other : login;
        String renewed = present.token(present == login ? token : null, () -> logIn(present), stop);
        return sending.with(() -> tokenAuthentication(renewed));
    }

    private RequestAuthentication keyAuthentication() {
        return ((ApiKey) access.account().credentials()).authentication();
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
                Access used = access;
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
                addServerMessage(
                        failure, request, response, sent, used.account().credentials());
                lastFailure = failure;
                attempts.waitOrThrow(failure, request.readOnly() && failure.isRetryable(), refusal);
                observer.retried();
                if (refreshIfPossible() && isLogin()) {
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
                Access present;
                do {
                    present = access;
                    present.budget().take(request, stop);
                    sent = authentication.get();
                } while (present != access);
                return sent;
            } catch (CliniceaException e) {
                if (lastFailure != null) {
                    e.addSuppressed(lastFailure);
                }
                throw e;
            }
        }

        private boolean isLogin() {
            return Request.LOGIN.equals(request.resource());
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

    /** @param response the response that failed; null if none came */
    private static void addServerMessage(
            CliniceaException failure,
            Request request,
            Response response,
            RequestAuthentication authentication,
            Credentials credentials) {
        if (response != null) {
            List<String> secrets = Stream.of(authentication.headers(), authentication.query())
                    .flatMap(List::stream)
                    .map(Parameter::value)
                    .collect(Collectors.toCollection(ArrayList::new));
            secrets.addAll(credentials.secrets());
            ServerMessage message = ServerMessage.of(request, response, secrets);
            failure.setServerMessage(message.text(), message.savingErrorCode());
        }
    }

    /** Logs in by a read, which is repeated like any other, even if the request that needs the token is a create. */
    private String logIn(StaffLogin login) throws CliniceaException, InterruptedException {
        Request request = new Request(
                Request.LOGIN,
                "getTokenByStaffUsernamePwd",
                "GET",
                StaffLogin.PATH,
                List.of(
                        new Parameter("apiKey", login.apiKey()),
                        new Parameter("loginUserName", login.username()),
                        new Parameter("pwd", login.password())),
                null);
        // The token is read after the retries: a response without one may be a refusal, and a wrong password must not
        // be sent again.
        Response response =
                new Sending<>(request, success -> success, RequestListener.NONE).with(() -> RequestAuthentication.NONE);
        try {
            return token(request, response);
        } catch (CliniceaException e) {
            // Any other text of a success may be a token in a form of its own.
            if (response.status() >= 300 || startsWithObject(response.body())) {
                addServerMessage(e, request, response, RequestAuthentication.NONE, login);
            }
            throw e;
        }
    }

    private static boolean startsWithObject(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{");
    }

    private static String token(Request request, Response response) throws CliniceaException {
        JsonNode token = null;
        try {
            token = Json.read(request, response);
        } catch (CliniceaException e) {
            if (JsonDefect.isMarkup(response.body())) {
                throw e;
            }
            // Any other text may be the refusal of a wrong password.
        }
        if (token == null || !token.isTextual() || token.asText().isBlank()) {
            throw request.failure(
                    "Clinicea's response to the login is not a token; check username, password and baseUrl",
                    response.status(),
                    false,
                    null);
        }
        return token.asText();
    }

    /** Lets the next request log in, although the staff login was refused shortly before. */
    public void forgetRefusal() {
        if (access.account().credentials() instanceof StaffLogin login) {
            login.forgetRefusal();
        }
    }

    private static RequestAuthentication tokenAuthentication(String token) {
        return new RequestAuthentication(List.of(), List.of(new Parameter(TOKEN_PARAMETER, token)));
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
        return access.requests().credentialName();
    }

    /**
     * Returns the present limit of all clients with these credentials, in requests a second; infinite without a limit.
     */
    public double requestsPerSecond() {
        return access.requests().perSecond();
    }

    /** Returns this client's share in the budget of all clients with these credentials. */
    public BudgetShare budget() {
        return access.budget();
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
        Access last = access;
        last.budget().close();
        last.requests().close();
    }
}
