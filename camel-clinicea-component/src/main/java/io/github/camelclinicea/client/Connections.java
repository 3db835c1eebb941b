/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.client.http.CamelHttpTransport;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;

/**
 * What the endpoints of one component share: a transport for all that reach their server alike, a staff login for all
 * that log in alike, and a budget of requests for all that use the same credential. Each is kept while a client uses it. Of
 * those that no client uses, the last few are kept: a route that makes an endpoint for each message must neither connect
 * each time nor forget its rate.
 */
public final class Connections implements AutoCloseable {
    private static final int UNUSED_TRANSPORTS = 10;
    private static final int UNUSED_CREDENTIALS = 1000;

    /**
     * A credential at a server. It is the same in whatever header it is sent. Its hash stands for it, so that no secret is kept
     * longer than an endpoint has it.
     */
    private record CredentialKey(URI baseUrl, ByteBuffer hash) {
        static CredentialKey of(URI baseUrl, Credentials credentials) {
            return new CredentialKey(
                    baseUrl,
                    credentials instanceof StaffLogin login
                            ? hash(login.apiKey(), login.username(), login.password())
                            : hash(((ApiKey) credentials).key()));
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
    private final SharedObjects<CredentialKey, RequestRateLimiter> budgets =
            new SharedObjects<>(UNUSED_CREDENTIALS, budget -> {});
    private ScheduledExecutorService timer;

    /** @param context the context whose threads and converters are used */
    public Connections(CamelContext context) {
        this.context = context;
    }

    /**
     * @param settings how the server is reached
     * @param given who sends; all who log in alike get one login
     * @param requests how often it may send; its limit holds for all who use the same credential there
     * @return a client; to be closed by whoever asked for it
     * @throws Exception if camel-http cannot be set up so
     */
    public synchronized CliniceaClient client(ConnectionSettings settings, Credentials given, RequestSettings requests)
            throws Exception {
        ConnectionSettings pool = withoutLimits(settings);
        CamelHttpTransport transport = transports.take(pool, () -> new CamelHttpTransport(context, pool, timer()));
        CredentialKey key = CredentialKey.of(settings.baseUrl(), given);
        Credentials credentials = given instanceof StaffLogin login ? logins.take(key, () -> login) : given;
        RequestRateLimiter budget = budgets.take(
                key, () -> new RequestRateLimiter(settings.baseUrl().getHost(), System::nanoTime));
        RetryPolicy policy = new RetryPolicy(
                requests.maxRetries(),
                requests.maxRetryWait(),
                Clock.systemUTC(),
                bound -> ThreadLocalRandom.current().nextLong(bound));
        Runnable closed = () -> {
            synchronized (this) {
                transports.giveBack(pool, transport);
                budgets.giveBack(key, budget);
                if (credentials instanceof StaffLogin login) {
                    logins.giveBack(key, login);
                }
            }
        };
        return new CliniceaClient(
                transport.session(settings.requestTimeout(), settings.maxResponseSize(), closed),
                credentials,
                budget,
                requests.requestsPerSecond(),
                policy,
                context::isStopping);
    }

    /** What is a limit of each request needs no connections of its own. */
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

    /** One for all transports. */
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
    synchronized int credentials() {
        return budgets.size();
    }

    /** Closes all connections and cuts off what is under way. */
    @Override
    public synchronized void close() {
        transports.clear();
        logins.clear();
        budgets.clear();
        if (timer != null) {
            context.getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
    }
}
