/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.budget.BudgetShare;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.http.CamelHttpTransport;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;

/**
 * Holds the objects that the endpoints of one component share. Endpoints with the same connection settings share a
 * transport. Endpoints with the same credential share a staff login, a rate limiter and a budget of requests. Each object is kept while a
 * client uses it. Of the unused ones, the last few are kept: a route that creates an endpoint for each message must
 * neither connect each time nor forget its rate.
 */
public final class Connections implements AutoCloseable {
    private static final int UNUSED_TRANSPORTS = 10;
    private static final int UNUSED_CREDENTIALS = 1000;
    /** The beginning of the keys of all budgets, which no sync has. */
    private static final String BUDGET_KEYS = "clinicea-budget/";

    private static final int NAME_BYTES = 16;

    /**
     * A credential at a server, in any header. Holds a hash of the credential, so that no secret is kept longer than
     * its endpoint exists.
     */
    private record CredentialKey(URI baseUrl, ByteBuffer hash) {
        static CredentialKey of(URI baseUrl, Credentials credentials) {
            return new CredentialKey(
                    baseUrl,
                    credentials instanceof StaffLogin login
                            ? hash(login.apiKey(), login.username(), login.password())
                            : hash(((ApiKey) credentials).key()));
        }

        /**
         * Returns the name of a credential in a repository, which outlives the process. It is made without the
         * password, which a hash of a short one would reveal to who tries many.
         */
        static String nameOf(URI baseUrl, Credentials credentials) {
            String server = baseUrl.toString().toLowerCase(Locale.ROOT);
            ByteBuffer hash = credentials instanceof StaffLogin login
                    ? hash("budget", server, login.apiKey(), login.username())
                    : hash("budget", server, ((ApiKey) credentials).key());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash.array(), NAME_BYTES));
        }

        private static ByteBuffer hash(String... parts) {
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                for (String part : parts) {
                    byte[] text = part.getBytes(StandardCharsets.UTF_8);
                    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
                    sha256.update(text);
                }
                return ByteBuffer.wrap(sha256.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return "CredentialKey";
        }
    }

    private final CamelContext context;
    private final SharedObjects<ConnectionSettings, CamelHttpTransport> transports =
            new SharedObjects<>(UNUSED_TRANSPORTS, CamelHttpTransport::close);
    private final SharedObjects<CredentialKey, StaffLogin> logins =
            new SharedObjects<>(UNUSED_CREDENTIALS, login -> {});
    private final SharedObjects<CredentialKey, RequestRateLimiter> limiters =
            new SharedObjects<>(UNUSED_CREDENTIALS, limiter -> {});
    private final SharedObjects<CredentialKey, RequestBudget> budgets =
            new SharedObjects<>(UNUSED_CREDENTIALS, budget -> {});
    private final Map<String, Integer> credentialsOfHost = new HashMap<>();
    private ScheduledExecutorService timer;
    /** Keep the counts of budgets; null until an endpoint sets one. */
    private volatile ExecutorService budgetThreads;

    /**
     * Creates an empty set of connections.
     *
     * @param context starts the HTTP clients and their threads
     */
    public Connections(CamelContext context) {
        this.context = context;
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
        startToCount(budget);
        ConnectionSettings pool = withoutLimits(settings);
        CamelHttpTransport transport = take(pool);
        CurrentAccount account = new CurrentAccount(settings.baseUrl(), source);
        Account first = account.orUnknown();
        RetryPolicy policy = new RetryPolicy(
                requests.maxRetries(),
                requests.maxRetryWait(),
                Clock.systemUTC(),
                bound -> ThreadLocalRandom.current().nextLong(bound));
        Runnable closed = () -> {
            synchronized (this) {
                transports.giveBack(pool, transport);
                account.close();
            }
        };
        return new CliniceaClient(
                transport.session(settings.requestTimeout(), settings.maxResponseSize(), closed),
                first,
                account::get,
                same -> new BudgetShare(same.budget(), budget),
                requests.requestsPerSecond(),
                policy,
                context::isStopping,
                observer,
                requests.serverMessageInException());
    }

    private synchronized CamelHttpTransport take(ConnectionSettings pool) throws Exception {
        return transports.take(pool, () -> new CamelHttpTransport(context, pool, timer()));
    }

    /** The account of one client. It follows the credentials, and with them the token and the limiter. */
    private final class CurrentAccount {
        private final URI baseUrl;
        private final CredentialsSource source;
        private volatile Credentials given;
        private volatile Account account;
        /** The key of the account; null while there are no credentials. */
        private CredentialKey key;

        private boolean closed;

        CurrentAccount(URI baseUrl, CredentialsSource source) {
            this.baseUrl = baseUrl;
            this.source = source;
            // Shared with no client. A poll or operation asks for the present one before it sends anything.
            this.account = new Account(
                    new ApiKey("", List.of("api_key"), null),
                    new RequestRateLimiter(baseUrl.getHost(), System::nanoTime),
                    new RequestBudget(baseUrl.getHost(), BUDGET_KEYS + "none/", Clock.systemUTC(), Runnable::run));
        }

        Account orUnknown() {
            try {
                return get();
            } catch (CliniceaException e) {
                return account;
            }
        }

        Account get() throws CliniceaException {
            // Outside the lock: it may be the user's code.
            Credentials present = source.get();
            if (present != given) {
                follow(present);
            }
            return account;
        }

        private void follow(Credentials present) {
            CredentialKey next = CredentialKey.of(baseUrl, present);
            synchronized (Connections.this) {
                if (!next.equals(key) && !closed) {
                    String name = key == null ? null : account.limiter().credentialName();
                    giveBack();
                    key = next;
                    account = take(present, name);
                }
                given = present;
            }
        }

        private Account take(Credentials present, String nameBefore) {
            RequestRateLimiter limiter = limiters.take(
                    key,
                    () -> new RequestRateLimiter(
                            nameBefore == null ? newName(baseUrl.getHost()) : nameBefore, System::nanoTime));
            RequestBudget budget = budgets.take(
                    key,
                    () -> new RequestBudget(
                            limiter.credentialName(),
                            BUDGET_KEYS + CredentialKey.nameOf(baseUrl, present) + "/",
                            Clock.systemUTC(),
                            Connections.this::count));
            return new Account(
                    present instanceof StaffLogin login ? logins.take(key, () -> login) : present, limiter, budget);
        }

        private void giveBack() {
            if (key != null) {
                limiters.giveBack(key, account.limiter());
                budgets.giveBack(key, account.budget());
                if (account.credentials() instanceof StaffLogin login) {
                    logins.giveBack(key, login);
                }
            }
        }

        void close() {
            giveBack();
            closed = true;
        }
    }

    /** Returns a name for a credential: the host, and a number if it is not the first one of its host. */
    private String newName(String host) {
        int number = credentialsOfHost.merge(host, 1, Integer::sum);
        return number == 1 ? host : host + "-" + number;
    }

    /** Returns the limiters of the credentials that clients use at present. */
    public synchronized List<RequestRateLimiter> limiters() {
        return limiters.used();
    }

    /** Returns the budgets of the credentials that clients use at present. */
    public synchronized List<RequestBudget> budgets() {
        return budgets.used();
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

    private synchronized void startToCount(BudgetSettings budget) {
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

    /** Returns how many transports there are. */
    synchronized int transports() {
        return transports.size();
    }

    /** Returns how many credentials are remembered. */
    synchronized int credentials() {
        return limiters.size();
    }

    /** Closes all connections and cancels all requests. */
    @Override
    public synchronized void close() {
        transports.clear();
        logins.clear();
        limiters.clear();
        budgets.clear();
        if (budgetThreads != null) {
            context.getExecutorServiceManager().shutdownNow(budgetThreads);
            budgetThreads = null;
        }
        if (timer != null) {
            context.getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
    }
}
