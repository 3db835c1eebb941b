/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.StopSignal;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The login of a staff member, which gets a token that is sent as a query parameter. All endpoints with the same login
 * share one instance. If several requests find that the token has expired, one of them logs in and the others wait for
 * its token or its failure. Otherwise a wrong password, sent by each of them, could lock the account.
 */
public final class StaffLogin implements Credentials {
    /** The path of the login (docs/design/wire.md, section 1, LIVE). */
    static final String PATH = "/api/v2/login/getTokenByStaffUsernamePwd";

    private final String apiKey;
    private final String username;
    private final String password;

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
     * @throws CliniceaException if the login failed, of this thread or of the one that it waited for
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
            String token = login.token();
            synchronized (this) {
                lastToken = token;
            }
            own.complete(token);
            return token;
        } catch (CliniceaException e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            own.cancel(false);
        }
    }

    /**
     * Returns an exception for each thread, with its own stack, because Camel adds to the exceptions of an exchange.
     */
    private static CliniceaException shared(CliniceaException e) {
        return new CliniceaException(
                e.getMessage(), e.getResource(), e.getOperation(), e.getHttpResponseCode(), e.isRetryable(), e);
    }

    @Override
    public String toString() {
        return "StaffLogin";
    }
}
