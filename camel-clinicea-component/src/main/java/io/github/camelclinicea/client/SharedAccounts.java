/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;

/**
 * Holds the accounts of a component's clients. Clients with the same credential at a server share a staff login, a rate
 * limiter and a budget of requests. Thread-safe.
 *
 * <p>Specified by {@code ConnectionsTest} and {@code ApiKeySupplierTest}.
 */
final class SharedAccounts implements AutoCloseable {
    private static final int UNUSED_CREDENTIALS = 1000;
    /** The beginning of the keys of all budgets, which no sync has. */
    private static final String BUDGET_KEYS = "clinicea-budget/";

    private final CamelContext context;
    private final SharedObjects<CredentialKey, StaffLogin> logins =
            new SharedObjects<>(UNUSED_CREDENTIALS, login -> {});
    private final SharedObjects<CredentialKey, RequestRateLimiter> limiters =
            new SharedObjects<>(UNUSED_CREDENTIALS, limiter -> {});
    private final SharedObjects<CredentialKey, RequestBudget> budgets =
            new SharedObjects<>(UNUSED_CREDENTIALS, budget -> {});
    private final Map<String, Integer> credentialsOfHost = new HashMap<>();
    /** Keep the counts of budgets; null until an endpoint sets one. */
    private volatile ExecutorService budgetThreads;

    /** @param context starts the threads that keep the counts of budgets */
    SharedAccounts(CamelContext context) {
        this.context = context;
    }

    /**
     * Returns an account that is shared with no client, for one that has no credentials yet. A poll or operation asks
     * for the present one before it sends anything.
     */
    static Account ofNobody(URI baseUrl) {
        return new Account(
                new ApiKey("", List.of("api_key"), null),
                new RequestRateLimiter(baseUrl.getHost(), System::nanoTime),
                new RequestBudget(baseUrl.getHost(), BUDGET_KEYS + "none/", Clock.systemUTC(), Runnable::run));
    }

    /**
     * Returns the account of credentials for one more client, which gives it back.
     *
     * @param key the key of the credentials
     * @param nameBefore the name of the credential that the client had before; null if it had none
     */
    synchronized Account take(CredentialKey key, Credentials credentials, String nameBefore) {
        RequestRateLimiter limiter = limiters.take(
                key,
                () -> new RequestRateLimiter(
                        nameBefore == null ? newName(key.baseUrl().getHost()) : nameBefore, System::nanoTime));
        RequestBudget budget = budgets.take(
                key,
                () -> new RequestBudget(
                        limiter.credentialName(),
                        BUDGET_KEYS + CredentialKey.nameOf(key.baseUrl(), credentials) + "/",
                        Clock.systemUTC(),
                        this::count));
        return new Account(
                credentials instanceof StaffLogin login ? logins.take(key, () -> login) : credentials, limiter, budget);
    }

    synchronized void giveBack(CredentialKey key, Account account) {
        limiters.giveBack(key, account.limiter());
        budgets.giveBack(key, account.budget());
        if (account.credentials() instanceof StaffLogin login) {
            logins.giveBack(key, login);
        }
    }

    /** Returns a name for a credential: the host, and a number if it is not the first one of its host. */
    private String newName(String host) {
        int number = credentialsOfHost.merge(host, 1, Integer::sum);
        return number == 1 ? host : host + "-" + number;
    }

    /** Starts the threads that keep the count, unless the budget has no limit or they run. */
    synchronized void startToCount(BudgetSettings budget) {
        if (budgetThreads == null && budget.isSet()) {
            budgetThreads = context.getExecutorServiceManager().newCachedThreadPool(this, "CliniceaBudget");
        }
    }

    private void count(Runnable task) {
        ExecutorService present = budgetThreads;
        if (present == null) {
            throw new RejectedExecutionException("The connections are closed");
        }
        present.execute(task);
    }

    /** Returns the limiters of the credentials that clients use at present. */
    synchronized List<RequestRateLimiter> limiters() {
        return limiters.used();
    }

    /** Returns the budgets of the credentials that clients use at present. */
    synchronized List<RequestBudget> budgets() {
        return budgets.used();
    }

    /** Returns how many credentials are remembered. */
    synchronized int size() {
        return limiters.size();
    }

    @Override
    public synchronized void close() {
        logins.clear();
        limiters.clear();
        budgets.clear();
        if (budgetThreads != null) {
            context.getExecutorServiceManager().shutdownNow(budgetThreads);
            budgetThreads = null;
        }
    }
}
