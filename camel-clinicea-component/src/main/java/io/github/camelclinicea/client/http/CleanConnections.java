/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends no request on a connection on which something has arrived that nobody asked for. Otherwise it would be read as
 * the response to that request, and each later request would get the response of the one before it.
 *
 * <p>Sends no create on a connection that the server has closed. Otherwise nobody would know whether the create has
 * reached the server; and a create is the one call that is never repeated (docs/design/wire.md, section 4). The HTTP
 * client itself checks only connections that were idle for two seconds.
 */
final class CleanConnections extends HttpRequestExecutor {
    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);

    /** Nothing was sent, and the HTTP client closes the connection. */
    static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean newConnection;

        UnusableException(boolean newConnection) {
            super(
                    newConnection
                            ? "the server sent something before it was asked"
                            : "the connection was closed by the server, or holds bytes that belong to no response");
            this.newConnection = newConnection;
        }

        /** Returns whether the connection had just been made, so that another one will be no better. */
        boolean isNewConnection() {
            return newConnection;
        }
    }

    private final BoundedConnections connections;

    /**
     * @param connections what made the connections; those of a user's own component are checked as far as they can be
     */
    CleanConnections(BoundedConnections connections) {
        this.connections = connections;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback informationCallback,
            HttpContext context)
            throws IOException, HttpException {
        if (connections.hasBytesLeft(connection)
                || hasArrived(connection)
                || request.getMethod().equals("POST") && isStale(connection)) {
            throw new UnusableException(isNew(connection));
        }
        return super.execute(request, connection, informationCallback, context);
    }

    private static boolean isNew(HttpClientConnection connection) {
        EndpointDetails details = connection.getEndpointDetails();
        return details == null || details.getRequestCount() == 0;
    }

    /** Asks without waiting. Over TLS only what is decrypted already is seen. */
    private static boolean hasArrived(HttpClientConnection connection) throws IOException {
        return connection instanceof ManagedHttpClientConnection managed
                && managed.getSocket() != null
                && managed.getSocket().getInputStream().available() > 0;
    }

    private static boolean isStale(HttpClientConnection connection) {
        try {
            return connection.isDataAvailable(AT_ONCE) || connection.isStale();
        } catch (IOException e) {
            return true;
        }
    }
}
