/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.BudgetShare;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.rate.RateLimitedTransport;
import java.util.function.Function;

/**
 * Holds the account of one client. If the credentials are replaced, the client leaves the limiter and the budget of the
 * former ones and joins those of the new ones. Thread-safe.
 *
 * <p>Specified by {@code ApiKeySupplierTest}.
 */
final class ClientAccess implements AutoCloseable {
    /** The account at present, what sends requests at its rate, and the share in its budget. */
    record Access(Account account, RateLimitedTransport requests, BudgetShare budget) {
        private void leave() {
            requests.leave();
            budget.close();
        }
    }

    private final Account.Source accounts;
    private final BudgetSettings budget;
    private final Function<Account, RateLimitedTransport> requests;
    private final StopSignal stop;

    private volatile Access present;
    private volatile boolean polls;

    /**
     * Joins the limiter and the budget of the first account.
     *
     * @param first the account at first
     * @param accounts gives the present account
     * @param budget the limits that this client adds to the budget of its account
     * @param requests returns what sends requests at the rate of an account
     * @param stop says that the client is closed
     */
    ClientAccess(
            Account first,
            Account.Source accounts,
            BudgetSettings budget,
            Function<Account, RateLimitedTransport> requests,
            StopSignal stop) {
        this.accounts = accounts;
        this.budget = budget;
        this.requests = requests;
        this.stop = stop;
        this.present = join(first);
    }

    private Access join(Account account) {
        BudgetShare share = new BudgetShare(account.budget(), budget);
        if (polls) {
            share.poll();
        }
        return new Access(account, requests.apply(account), share);
    }

    /** Returns the access at present. It is another object each time that the account was replaced. */
    Access present() {
        return present;
    }

    Credentials credentials() {
        return present.account().credentials();
    }

    /** Says that the client polls, so that the budget is spread over its polls and those of others. */
    synchronized void poll() {
        polls = true;
        present.budget().poll();
    }

    /**
     * Takes the present credentials.
     *
     * @return whether they are other ones than before
     * @throws CliniceaException if there are none
     */
    synchronized boolean refresh() throws CliniceaException {
        Account account = accounts.get();
        Access before = present;
        if (account == before.account()) {
            return false;
        }
        present = join(account);
        before.leave();
        if (stop.isGiven()) {
            // The close may have been for the account before.
            present.leave();
        }
        return true;
    }

    /** As {@link #refresh}, but keeps the credentials if there are none at present. */
    boolean refreshIfPossible() {
        try {
            return refresh();
        } catch (CliniceaException e) {
            // The failure of the request says more.
            return false;
        }
    }

    /** Returns whether the credentials are other ones than those that were refused. */
    synchronized boolean isRenewed(Access refused) {
        return present != refused || refreshIfPossible();
    }

    /** Leaves the limiter and the budget, and closes the transport. */
    @Override
    public void close() {
        Access last = present;
        last.budget().close();
        last.requests().close();
    }
}
