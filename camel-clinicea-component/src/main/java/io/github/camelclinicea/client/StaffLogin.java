/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.StopSignal;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The login of a staff member, which gets a token that is sent as a query parameter. All endpoints with the same login
 * share one instance. If several requests find that the token has expired, one of them logs in and the others wait for
 * its token or its failure. Otherwise a wrong password, sent by each of them, could lock the account. For the same
 * reason a refused login is not sent again before the time that {@link RefusalBackoff} says.
 */
public final class StaffLogin implements Credentials {
    /** The statuses of a server that refuses a wrong password, or a locked account. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 423);

    private final String apiKey;
    private final String username;
    private final String password;
    private final RefusalBackoff refusals;

    /** The login in flight, or the last one; cancelled if its client was stopped before it ended. */
    private CompletableFuture<String> latest = new CompletableFuture<>();

    private String lastToken;

    /**
     * Creates a login that has no token yet.
     *
     * @param apiKey the organisation's key, which is sent with the login only, secret; empty for none
     * @param username the staff member's login name, secret
     * @param password the password, secret
     */
    public StaffLogin(String apiKey, String username, String password) {
        this(apiKey, username, password, new RefusalBackoff(System::nanoTime, Clock.systemUTC()));
    }

    /** @param refusals remembers when the login was refused */
    StaffLogin(String apiKey, String username, String password, RefusalBackoff refusals) {
        this.refusals = refusals;
        this.apiKey = apiKey;
        this.username = username;
        this.password = password;
        latest.cancel(false);
    }

    String apiKey() {
        return apiKey;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    @Override
    public synchronized List<String> secrets() {
        return lastToken == null ? List.of(apiKey, username, password) : List.of(apiKey, username, password, lastToken);
    }

    /** Lets the next request log in, although the login was refused shortly before. */
    void forgetRefusal() {
        refusals.forget();
    }

    /** Requests a token. */
    @FunctionalInterface
    interface Login {
        String token() throws CliniceaException, InterruptedException;
    }

    /**
     * Returns a token that is newer than a refused one.
     *
     * @param refused the token that the server no longer accepts, or null if none was sent
     * @param login logs in, on the thread of one of the callers
     * @param stop ends the wait for another thread's login
     * @throws CliniceaException if the login failed, of this thread or of the one that it waited for, or was refused
     *     so shortly before that it is not sent
     * @throws InterruptedException if interrupted or stopped
     */
    String token(String refused, Login login, StopSignal stop) throws CliniceaException, InterruptedException {
        CompletableFuture<String> own = new CompletableFuture<>();
        while (true) {
            CompletableFuture<String> joined = join(refused, own);
            if (joined == own) {
                return logIn(own, login);
            }
            try {
                return stop.await(joined);
            } catch (CancellationException e) {
                // The client of the other thread was stopped, so one of the waiting threads logs in.
                continue;
            } catch (ExecutionException e) {
                throw shared((CliniceaException) e.getCause());
            }
        }
    }

    private synchronized CompletableFuture<String> join(String refused, CompletableFuture<String> own) {
        if (!isWorthJoining(refused)) {
            latest = own;
        }
        return latest;
    }

    private boolean isWorthJoining(String refused) {
        if (!latest.isDone()) {
            return true;
        }
        if (latest.isCancelled()) {
            return false;
        }
        boolean holdsLast = refused != null && refused.equals(lastToken);
        // A request that still holds the last token was sent before the failed login, and learns only now that the
        // token has expired. It shares that failure.
        return latest.isCompletedExceptionally() == holdsLast;
    }

    private String logIn(CompletableFuture<String> own, Login login) throws CliniceaException, InterruptedException {
        try {
            long sentAt = refusals.requireDue();
            String token = logIn(login, sentAt);
            synchronized (this) {
                lastToken = token;
            }
            own.complete(token);
            return token;
        } catch (CliniceaException e) {
            own.completeExceptionally(e);
            // The caller may add to its exception, which the others must not see.
            throw shared(e);
        } finally {
            own.cancel(false);
        }
    }

    private String logIn(Login login, long sentAt) throws CliniceaException, InterruptedException {
        try {
            String token = login.token();
            refusals.accepted(sentAt);
            return token;
        } catch (CliniceaException e) {
            if (isRefusal(e)) {
                refusals.refused(e, sentAt);
            }
            throw e;
        }
    }

    /** Returns whether the server judged the login. A response of success without a token does so, too. */
    private static boolean isRefusal(CliniceaException e) {
        int status = e.getHttpResponseCode();
        return REFUSALS.contains(status) || status >= 200 && status < 300 && !e.isRetryable();
    }

    /**
     * Returns an exception for each thread, with its own stack, because Camel adds to the exceptions of an exchange.
     */
    private static CliniceaException shared(CliniceaException e) {
        return e instanceof CliniceaBudgetException usedUp
                ? new CliniceaBudgetException(usedUp)
                : new CliniceaException(e, "");
    }

    @Override
    public String toString() {
        return "StaffLogin";
    }
}
