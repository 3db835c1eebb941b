/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

/**
 * Sets up the HTTP client and its pool of connections through an endpoint of camel-http, and sets them up again if the
 * client has closed its pool. Used by any number of threads.
 *
 * <p>Specified by {@code CamelHttpTransportTest}.
 */
final class PooledHttpClient implements AutoCloseable {
    private final CamelContext context;
    private final ConnectionSettings settings;
    private final BoundedConnections connections = new BoundedConnections();
    private final HttpComponent ownComponent;

    private HttpEndpoint endpoint;
    private HttpClient client;
    private boolean closed;

    /**
     * Sets up a client.
     *
     * @throws Exception if camel-http refuses the settings
     */
    PooledHttpClient(CamelContext context, ConnectionSettings settings) throws Exception {
        this.context = context;
        this.settings = settings;
        this.ownComponent = settings.httpComponent() == null ? ownComponent() : null;
        open();
    }

    private void open() throws Exception {
        HttpEndpoint opened = createEndpoint(ownComponent == null ? settings.httpComponent() : ownComponent);
        // A retry or a redirect by the HTTP client would bypass our limits and send the key elsewhere. A connection
        // that has shown a client certificate has a state, and would not be used for a second request.
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

    private HttpComponent ownComponent() {
        HttpComponent component = new BoundedHttpComponent(connections);
        component.setConnectTimeout(settings.connectTimeout().toMillis());
        component.setResponseTimeout(settings.responseTimeout().toMillis());
        component.setSslContextParameters(settings.sslContextParameters());
        component.setProxyHost(settings.proxyHost());
        component.setProxyPort(settings.proxyPort());
        // The scheme of the proxy itself. By default, camel-http takes that of the server behind the proxy.
        component.setProxyAuthScheme("http");
        return component;
    }

    private HttpEndpoint createEndpoint(HttpComponent component) throws Exception {
        CamelContextAware.trySetCamelContext(component, context);
        ServiceHelper.startService(component);
        return (HttpEndpoint) component.createEndpoint(settings.baseUrl() + "?connectTimeout="
                + shorter(settings.connectTimeout(), component.getConnectTimeout()) + "&responseTimeout="
                + shorter(settings.responseTimeout(), component.getResponseTimeout()));
    }

    /** Returns the shorter timeout in milliseconds. For camel-http, 0 is a timeout without end. */
    private static long shorter(Duration ours, long componentMillis) {
        return componentMillis > 0 ? Math.min(ours.toMillis(), componentMillis) : ours.toMillis();
    }

    /**
     * Returns the HTTP client. If an {@link Error} within it has closed its pool of connections, this is another
     * client.
     *
     * @throws Transport.NotSentException if the client could not be set up again
     */
    synchronized HttpClient get() throws IOException {
        if (isPoolClosed() && !closed) {
            try {
                ServiceHelper.stopAndShutdownService(endpoint);
                open();
            } catch (Exception e) {
                throw new Transport.NotSentException(new IOException("the HTTP client could not be set up again", e));
            }
        }
        return client;
    }

    private boolean isPoolClosed() {
        return endpoint.getClientConnectionManager() instanceof PoolingHttpClientConnectionManager pool
                && pool.isClosed();
    }

    @Override
    public synchronized void close() {
        closed = true;
        ServiceHelper.stopAndShutdownServices(endpoint, ownComponent);
    }
}
