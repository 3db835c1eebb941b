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
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests by the HTTP client that camel-http sets up, with its pool of connections, TLS and proxy. Requests go
 * straight to that client. No exchange passes through camel-http, so no message header can change where a request goes,
 * no secret of a query reaches an endpoint URI, and a request can be cancelled at any time.
 */
public final class CamelHttpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(CamelHttpTransport.class);
    private static final String UPLOAD_TIMEOUT = "uploadTimeout";

    private final String baseUrl;
    private final ConnectionSettings settings;
    private final PooledHttpClient client;
    private final ScheduledExecutorService timer;
    private final Set<HttpUriRequestBase> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates a transport.
     *
     * @param context starts and stops the HTTP client
     * @param settings the server and how to reach it; a session may have other limits
     * @param timer cancels requests that take too long
     * @throws Exception if camel-http refuses the settings
     */
    public CamelHttpTransport(CamelContext context, ConnectionSettings settings, ScheduledExecutorService timer)
            throws Exception {
        this.settings = settings;
        this.baseUrl = settings.baseUrl().toString().replaceFirst("/+$", "");
        this.timer = timer;
        this.client = new PooledHttpClient(context, settings);
    }

    /**
     * Returns a transport for one client, which can cancel its own requests without those of other clients.
     *
     * @param requestTimeout the longest time for one request, response body included
     * @param maxResponseSize the largest response body in bytes, decompressed
     * @param closed runs once when the session is closed
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
        inFlight.add(request);
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
            // The HTTP client throws one if a request is cancelled while it takes or returns a connection.
            Throwable why = request.isCancelled() ? new IOException("cut off by the stop of the endpoint") : e;
            throw TransportFailures.of(late.get() ? tooLate(option, timeout) : why, HiddenQuery.isWritten(how));
        } catch (Error e) {
            // The outcome of a write is unknown, and the exception must say so.
            if (request.getMethod().equals("GET")) {
                throw e;
            }
            throw TransportFailures.of(e, HiddenQuery.isWritten(how));
        } finally {
            if (bound != null) {
                bound.cancel(false);
            }
            inFlight.remove(request);
        }
    }

    private Response send(HttpUriRequestBase request, HttpContext how, long maxResponseSize) throws IOException {
        while (true) {
            try {
                return client.get().execute(request, how, response -> read(request, response, maxResponseSize));
            } catch (CleanConnections.UnusableException e) {
                LOG.debug("{}: {}", settings.baseUrl().getHost(), e.getMessage());
                HiddenQuery.notWritten(how);
                if (e.isNewConnection()) {
                    throw e;
                }
                // That connection is closed now. The next one is another or a new one, so the loop ends.
            }
        }
    }

    private static IOException tooLate(String option, Duration timeout) {
        return new SocketTimeoutException(
                "no complete response within " + option + " of " + timeout.toMillis() + " ms");
    }

    private URI uri(String target) {
        try {
            return URI.create(baseUrl + target);
        } catch (IllegalArgumentException e) {
            // Not the cause of the new exception: its message quotes the query.
            throw new IllegalArgumentException("a request's path is not the path of a URL; check the path option");
        }
    }

    private static Response read(HttpUriRequestBase request, ClassicHttpResponse response, long maxResponseSize)
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

    /** Closes all connections and cancels all requests: a stop must not wait for a server that does not respond. */
    @Override
    public void close() {
        closed = true;
        inFlight.forEach(HttpUriRequestBase::cancel);
        client.close();
    }
}
