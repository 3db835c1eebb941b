/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.Credentials;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.BudgetShare;
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
        return new CliniceaClient(
                transport,
                credentials,
                new RequestRateLimiter("the server", System::nanoTime),
                0,
                noBudget(),
                retryPolicy,
                () -> false,
                RequestObserver.NONE,
                false);
    }

    /** Returns a share of a budget without limits. */
    public static BudgetShare noBudget() {
        return new BudgetShare(
                new RequestBudget("the server", "budget/", Clock.systemUTC(), Runnable::run), BudgetSettings.NONE);
    }
}
