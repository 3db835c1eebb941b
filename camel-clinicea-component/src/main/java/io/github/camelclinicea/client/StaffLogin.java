/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.StopSignal;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A staff member's login, exchanged for a token that travels as a query parameter. One instance is shared by all
 * endpoints that log in alike. However many requests find the token expired, one of them logs in and the others wait
 * and get what it gets: the token, or the failure, since a wrong password that each of them tried could lock the
 * account.
 */
public final class StaffLogin implements Credentials {
    /** Where the login is (docs/design/wire.md, section 1, LIVE). */
    static final String PATH = "/api/v2/login/getTokenByStaffUsernamePwd";

    private final String apiKey;
    private final String username;
    private final String password;

    /** The login that is under way, or the last one; cancelled if whoever made it was stopped before it ended. */
    private CompletableFuture<String> latest = new CompletableFuture<>();

    private String lastToken;

    /**
     * @param apiKey the organisation's key, which goes along with the login only, secret; empty for none
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

    /** How a token is had. */
    @FunctionalInterface
    interface Login {
        String token() throws CliniceaException, InterruptedException;
    }

    /**
     * @param refused the token that the server no longer takes, or null if none was tried
     * @param login logs in, on the thread of one of those who want the token
     * @param stop ends the wait for the login of another
     * @return a token that was had after the refused one
     * @throws CliniceaException if the login failed, be it this caller's or that of another who was waited for
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
                // That another was stopped says nothing of the login: one of those who waited takes it up.
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
        // Whoever still holds the token from before a failure asked before it, and hears only now that it has expired.
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

    /** An exception of each thread's own, with its own stack: Camel hangs more on the ones it is given. */
    private static CliniceaException shared(CliniceaException e) {
        return new CliniceaException(
                e.getMessage(), e.getResource(), e.getOperation(), e.getHttpResponseCode(), e.isRetryable(), e);
    }

    @Override
    public String toString() {
        return "StaffLogin";
    }
}
