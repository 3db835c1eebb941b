/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.http.CamelHttpTransport;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;

/**
 * Holds the objects that the endpoints of one component share. Endpoints with the same connection settings share a
 * transport. Endpoints with the same credential share an account. Each object is kept while a client uses it. Of the
 * unused ones, the last few are kept: a route that creates an endpoint for each message must neither connect each time
 * nor forget its rate.
 */
public final class Connections implements AutoCloseable {
    private static final int UNUSED_TRANSPORTS = 10;

    private final CamelContext context;
    private final SharedObjects<ConnectionSettings, CamelHttpTransport> transports =
            new SharedObjects<>(UNUSED_TRANSPORTS, CamelHttpTransport::close);
    private final SharedAccounts accounts;
    private ScheduledExecutorService timer;

    /**
     * Creates an empty set of connections.
     *
     * @param context starts the HTTP clients and their threads
     */
    public Connections(CamelContext context) {
        this.context = context;
        this.accounts = new SharedAccounts(context);
    }

    /**
     * Returns a client, which the caller closes.
     *
     * @param settings the server and how to reach it
     * @param source gives the credentials; all clients with the same staff login share one token
     * @param requests retries and rate. The limit applies to all clients with the same credential at this server
     * @param budget the budget for all clients with the same credential at this server
     * @param observer is notified of all requests of the client
     * @throws Exception if camel-http refuses the settings
     */
    public CliniceaClient client(
            ConnectionSettings settings,
            CredentialsSource source,
            RequestSettings requests,
            BudgetSettings budget,
            RequestObserver observer)
            throws Exception {
        accounts.startToCount(budget);
        ConnectionSettings pool = withoutLimits(settings);
        CamelHttpTransport transport = take(pool);
        CurrentAccount account = new CurrentAccount(settings.baseUrl(), source, accounts);
        RetryPolicy policy = new RetryPolicy(
                requests.maxRetries(),
                requests.maxRetryWait(),
                Clock.systemUTC(),
                bound -> ThreadLocalRandom.current().nextLong(bound));
        Runnable closed = () -> {
            giveBack(pool, transport);
            account.close();
        };
        return new CliniceaClient(
                transport.session(settings.requestTimeout(), settings.maxResponseSize(), closed),
                account.orLast(),
                account,
                budget,
                requests.requestsPerSecond(),
                policy,
                context::isStopping,
                observer,
                requests.serverMessageInException());
    }

    private synchronized CamelHttpTransport take(ConnectionSettings pool) throws Exception {
        return transports.take(pool, () -> new CamelHttpTransport(context, pool, timer()));
    }

    private synchronized void giveBack(ConnectionSettings pool, CamelHttpTransport transport) {
        transports.giveBack(pool, transport);
    }

    /** Returns the limiters of the credentials that clients use at present. */
    public List<RequestRateLimiter> limiters() {
        return accounts.limiters();
    }

    /** Returns the budgets of the credentials that clients use at present. */
    public List<RequestBudget> budgets() {
        return accounts.budgets();
    }

    /** Returns the settings without the limits of a single request, which need no connections of their own. */
    private static ConnectionSettings withoutLimits(ConnectionSettings settings) {
        return new ConnectionSettings(
                settings.baseUrl(),
                settings.connectTimeout(),
                settings.responseTimeout(),
                Duration.ZERO,
                0,
                settings.httpComponent(),
                settings.sslContextParameters(),
                settings.proxyHost(),
                settings.proxyPort());
    }

    /** Returns the timer of all transports. */
    private ScheduledExecutorService timer() {
        if (timer == null) {
            timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "CliniceaTimeout");
        }
        return timer;
    }

    /** Returns how many transports there are. */
    synchronized int transports() {
        return transports.size();
    }

    /** Returns how many credentials are remembered. */
    int credentials() {
        return accounts.size();
    }

    /** Closes all connections and cancels all requests. */
    @Override
    public synchronized void close() {
        transports.clear();
        accounts.close();
        if (timer != null) {
            context.getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
    }
}
