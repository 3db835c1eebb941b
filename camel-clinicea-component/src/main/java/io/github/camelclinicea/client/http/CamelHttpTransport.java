/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport: camel-http's endpoint makes and configures the HTTP client (connection pool, TLS, proxy), and requests go
 * straight to that client. No exchange passes through camel-http, so that no message header can change where a request
 * goes, no secret of a query reaches an endpoint URI, and a request can be cut off at any moment.
 */
public final class CamelHttpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(CamelHttpTransport.class);
    private static final String UPLOAD_TIMEOUT = "uploadTimeout";
    static final String USER_AGENT = "camel-clinicea";

    private final String baseUrl;
    private final ConnectionSettings settings;
    private final BoundedConnections connections = new BoundedConnections();
    private final HttpComponent ownComponent;
    private final ScheduledExecutorService timer;
    private final CamelContext context;
    private final Set<HttpUriRequestBase> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HttpEndpoint endpoint;
    private HttpClient client;

    /** A transport with a timer of its own. */
    public CamelHttpTransport(CamelContext context, ConnectionSettings settings) throws Exception {
        this(
                context,
                settings,
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(settings, "CliniceaTimeout"));
    }

    /**
     * @param settings how the server is reached; the limits of a session may be others
     * @param timer ends what takes too long
     */
    public CamelHttpTransport(CamelContext context, ConnectionSettings settings, ScheduledExecutorService timer)
            throws Exception {
        this.context = context;
        this.settings = settings;
        this.baseUrl = settings.baseUrl().toString().replaceFirst("/+$", "");
        this.ownComponent = settings.httpComponent() == null ? ownComponent(settings, connections) : null;
        this.timer = timer;
        open();
    }

    private void open() throws Exception {
        HttpEndpoint opened =
                endpoint(context, ownComponent == null ? settings.httpComponent() : ownComponent, settings);
        // A retry or a redirect of the HTTP client's own would bypass our caps and take the key elsewhere. A connection
        // that has shown a client certificate has a state, with which it would be good for no second request.
        opened.getClientBuilder()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .setRequestExecutor(new CleanConnections(connections));
        ContentEncodings.install(opened.getClientBuilder());
        HiddenQuery.install(opened.getClientBuilder());
        BlobRequests.install(opened.getClientBuilder());
        ServiceHelper.startService(opened);
        client = opened.getHttpClient();
        endpoint = opened;
    }

    /** Returns the HTTP client. An {@link Error} within it closes its pool of connections; then there is another one. */
    private synchronized HttpClient client() throws IOException {
        if (isPoolClosed() && !closed) {
            try {
                ServiceHelper.stopAndShutdownService(endpoint);
                open();
            } catch (Exception e) {
                throw new NotSentException(new IOException("the HTTP client could not be set up again", e));
            }
        }
        return client;
    }

    private synchronized boolean isPoolClosed() {
        return endpoint.getClientConnectionManager() instanceof PoolingHttpClientConnectionManager pool
                && pool.isClosed();
    }

    private static HttpComponent ownComponent(ConnectionSettings settings, BoundedConnections connections) {
        HttpComponent component = new BoundedHttpComponent(connections);
        component.setConnectTimeout(settings.connectTimeout().toMillis());
        component.setResponseTimeout(settings.responseTimeout().toMillis());
        component.setSslContextParameters(settings.sslContextParameters());
        component.setProxyHost(settings.proxyHost());
        component.setProxyPort(settings.proxyPort());
        // What is spoken with the proxy itself; camel-http would speak with it as with the server behind it.
        component.setProxyAuthScheme("http");
        return component;
    }

    private static HttpEndpoint endpoint(CamelContext context, HttpComponent component, ConnectionSettings settings)
            throws Exception {
        CamelContextAware.trySetCamelContext(component, context);
        ServiceHelper.startService(component);
        return (HttpEndpoint) component.createEndpoint(settings.baseUrl() + "?connectTimeout="
                + shorter(settings.connectTimeout(), component.getConnectTimeout()) + "&responseTimeout="
                + shorter(settings.responseTimeout(), component.getResponseTimeout()));
    }

    /** @return the shorter one in milliseconds, of which camel-http takes 0 for endless */
    private static long shorter(Duration ours, long componentMillis) {
        return componentMillis > 0 ? Math.min(ours.toMillis(), componentMillis) : ours.toMillis();
    }

    /**
     * Returns the same transport for one client, which can cut off its own requests without touching those of others.
     *
     * @param requestTimeout how long one request may take in all, body included
     * @param maxResponseSize the largest body in bytes, decompressed
     * @param closed run once when the client is closed
     */
    public Transport session(Duration requestTimeout, long maxResponseSize, Runnable closed) {
        return new Session(requestTimeout, maxResponseSize, closed);
    }

    private interface Sending {
        Response send() throws IOException;
    }

    private final class Session implements Transport {
        private final Set<HttpUriRequestBase> own = ConcurrentHashMap.newKeySet();
        private final Duration requestTimeout;
        private final long maxResponseSize;
        private final AtomicReference<Runnable> whenClosed;
        private volatile boolean ended;

        Session(Duration requestTimeout, long maxResponseSize, Runnable whenClosed) {
            this.requestTimeout = requestTimeout;
            this.maxResponseSize = maxResponseSize;
            this.whenClosed = new AtomicReference<>(whenClosed);
        }

        @Override
        public Response exchange(String method, String target, List<Parameter> headers, byte[] body)
                throws IOException {
            HttpUriRequestBase request = request(method, target, headers, body);
            return whileOpen(request, () -> CamelHttpTransport.this.exchange(request, requestTimeout, maxResponseSize));
        }

        @Override
        public Response put(URI blob, Content content, Duration timeout) throws IOException {
            HttpUriRequestBase request = BlobRequests.put(blob, content);
            return whileOpen(
                    request,
                    () -> CamelHttpTransport.this.exchange(
                            request, BlobRequests.context(request), UPLOAD_TIMEOUT, timeout, maxResponseSize));
        }

        private Response whileOpen(HttpUriRequestBase request, Sending sending) throws IOException {
            own.add(request);
            try {
                if (ended) {
                    throw new NotSentException(new IOException("the endpoint has been stopped"));
                }
                return sending.send();
            } finally {
                own.remove(request);
            }
        }

        @Override
        public void close() {
            ended = true;
            own.forEach(HttpUriRequestBase::cancel);
            Runnable first = whenClosed.getAndSet(null);
            if (first != null) {
                first.run();
            }
        }
    }

    @Override
    public Response exchange(String method, String target, List<Parameter> headers, byte[] body) throws IOException {
        return exchange(request(method, target, headers, body), settings.requestTimeout(), settings.maxResponseSize());
    }

    private HttpUriRequestBase request(String method, String target, List<Parameter> headers, byte[] body) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri(target));
        request.setHeader("Accept", "application/json");
        request.setHeader("User-Agent", USER_AGENT);
        headers.forEach(header -> request.setHeader(header.name(), header.value()));
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        }
        return request;
    }

    private Response exchange(HttpUriRequestBase request, Duration timeout, long maxResponseSize) throws IOException {
        return exchange(request, HiddenQuery.of(request), "requestTimeout", timeout, maxResponseSize);
    }

    private Response exchange(
            HttpUriRequestBase request, HttpContext how, String option, Duration timeout, long maxResponseSize)
            throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Future<?> bound = null;
        underWay.add(request);
        try {
            if (closed) {
                throw new NotSentException(new IOException("the endpoint has been stopped"));
            }
            bound = timer.schedule(
                    () -> {
                        late.set(true);
                        request.cancel();
                    },
                    timeout.toMillis(),
                    TimeUnit.MILLISECONDS);
            return send(request, how, maxResponseSize);
        } catch (IOException e) {
            throw TransportFailures.of(late.get() ? tooLate(option, timeout) : e, HiddenQuery.isWritten(how));
        } catch (RejectedExecutionException e) {
            throw new NotSentException(new IOException("the endpoint has been stopped", e));
        } catch (RuntimeException e) {
            // What the HTTP client makes of a cancel that comes while it takes or gives back a connection, among
            // others.
            Throwable why = request.isCancelled() ? new IOException("cut off by the stop of the endpoint") : e;
            throw TransportFailures.of(late.get() ? tooLate(option, timeout) : why, HiddenQuery.isWritten(how));
        } catch (Error e) {
            // Of a write it must be said that it may have been done.
            if (request.getMethod().equals("GET")) {
                throw e;
            }
            throw TransportFailures.of(e, HiddenQuery.isWritten(how));
        } finally {
            if (bound != null) {
                bound.cancel(false);
            }
            underWay.remove(request);
        }
    }

    private Response send(HttpUriRequestBase request, HttpContext how, long maxResponseSize) throws IOException {
        while (true) {
            try {
                return client().execute(request, how, response -> answer(request, response, maxResponseSize));
            } catch (CleanConnections.UnusableException e) {
                LOG.debug("{}: {}", settings.baseUrl().getHost(), e.getMessage());
                HiddenQuery.notWritten(how);
                if (e.isNewConnection()) {
                    throw e;
                }
                // That connection is closed now. The next one is another or a new one, so this comes to an end.
            }
        }
    }

    private static IOException tooLate(String option, Duration timeout) {
        return new SocketTimeoutException("no complete answer within " + option + " of " + timeout.toMillis() + " ms");
    }

    private URI uri(String target) {
        try {
            return URI.create(baseUrl + target);
        } catch (IllegalArgumentException e) {
            // Not passed on: its message quotes the query.
            throw new IllegalArgumentException("a request's path is not the path of a URL; check the path option");
        }
    }

    private static Response answer(HttpUriRequestBase request, ClassicHttpResponse response, long maxResponseSize)
            throws IOException {
        return new Response(
                response.getCode(),
                ResponseBody.read(request, response.getEntity(), maxResponseSize),
                RetryPolicy.httpDate(header(response, "Date")).orElse(null),
                header(response, "Retry-After"));
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Cuts off what is under way, too: a stop must not wait for a server that does not answer. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(HttpUriRequestBase::cancel);
        synchronized (this) {
            ServiceHelper.stopAndShutdownServices(endpoint, ownComponent);
        }
    }
}
