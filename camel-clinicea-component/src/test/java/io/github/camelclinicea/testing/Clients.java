/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import io.github.camelclinicea.client.Account;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.Credentials;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.http.CamelHttpTransport;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import java.time.Clock;
import org.apache.camel.CamelContext;

/** Creates clients and transports that share nothing with others. */
public final class Clients {
    private Clients() {}

    /** Returns a transport with a timer of its own, which ends with the context. */
    public static CamelHttpTransport transport(CamelContext context, ConnectionSettings settings) throws Exception {
        return new CamelHttpTransport(
                context,
                settings,
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(settings, "CliniceaTimeout"));
    }

    /** Returns a client without a limit, in no context: only {@code close()} ends its waits. */
    public static CliniceaClient client(Transport transport, Credentials credentials, RetryPolicy retryPolicy) {
        Account account = account(credentials);
        return new CliniceaClient(
                transport,
                account,
                () -> account,
                BudgetSettings.NONE,
                0,
                retryPolicy,
                () -> false,
                RequestObserver.NONE,
                false);
    }

    /** Returns an account without a limit. */
    public static Account account(Credentials credentials) {
        return new Account(
                credentials,
                new RequestRateLimiter("the server", System::nanoTime),
                new RequestBudget("the server", "budget/", Clock.systemUTC(), Runnable::run));
    }
}
