package io.github.camelclinicea.client;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;

/**
 * What the endpoints of one component share: a transport for all that reach their server alike, a staff login for all
 * that log in alike, and a budget of requests for all that use the same credential.
 */
public final class Connections implements AutoCloseable {
    /** Of how the server is reached only which one it is: its token is good for all who log in alike. */
    private record LoginKey(URI baseUrl, String apiKey, String username, String password) {
        @Override
        public String toString() {
            return "LoginKey";
        }
    }

    /** A budget is the credential's, in whatever header it is sent; a staff login is one object for all who log in alike. */
    private record BudgetKey(URI baseUrl, Object credential) {
        @Override
        public String toString() {
            return "BudgetKey";
        }
    }

    private final CamelContext context;
    private final Map<ConnectionSettings, CamelHttpTransport> transports = new HashMap<>();
    private final Map<LoginKey, StaffLogin> logins = new HashMap<>();
    private final Map<BudgetKey, RequestBudget> budgets = new HashMap<>();

    /** @param context the context whose threads and converters are used */
    public Connections(CamelContext context) {
        this.context = context;
    }

    /**
     * @param settings how the server is reached
     * @param apiKey the organisation's key, which goes along with the login; empty for none
     * @param username the staff member's login name
     * @param password the password
     * @return the login, one and the same for all who ask alike
     */
    public synchronized StaffLogin staffLogin(
            ConnectionSettings settings, String apiKey, String username, String password) {
        return logins.computeIfAbsent(
                new LoginKey(settings.baseUrl(), apiKey, username, password),
                key -> new StaffLogin(apiKey, username, password));
    }

    /**
     * @param settings how the server is reached
     * @param credentials who sends
     * @param requests how often it may send; its limit holds for all who use the same credential there
     * @return a client; to be closed by whoever asked for it
     * @throws Exception if camel-http cannot be set up so
     */
    public synchronized CliniceaClient client(
            ConnectionSettings settings, Credentials credentials, RequestSettings requests) throws Exception {
        CamelHttpTransport transport = transports.get(settings);
        if (transport == null) {
            transport = new CamelHttpTransport(context, settings);
            transports.put(settings, transport);
        }
        RetryPolicy policy = new RetryPolicy(
                requests.maxRetries(),
                requests.maxRetryWait(),
                Clock.systemUTC(),
                bound -> ThreadLocalRandom.current().nextLong(bound));
        return new CliniceaClient(
                transport.session(),
                credentials,
                budget(settings.baseUrl(), credentials),
                requests.requestsPerSecond(),
                policy,
                context::isStopping);
    }

    private RequestBudget budget(URI baseUrl, Credentials credentials) {
        return budgets.computeIfAbsent(
                new BudgetKey(baseUrl, credentials instanceof ApiKey key ? key.key() : credentials),
                key -> new RequestBudget(baseUrl.getHost(), System::nanoTime));
    }

    /** Closes all connections and cuts off what is under way. */
    @Override
    public synchronized void close() {
        transports.values().forEach(CamelHttpTransport::close);
        transports.clear();
        logins.clear();
        budgets.clear();
    }
}
