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
 * Refuses to send a request on a connection that holds unexpected bytes. They would be read as the response to that
 * request, and each later request would get the response to the one before it.
 *
 * <p>Refuses to send a create on a connection that the server has closed. Otherwise it would be unknown whether the
 * create has reached the server, and a create is the one request that is never repeated (docs/design/wire.md, section
 * 4). The HTTP client itself checks only connections that were idle for two seconds.
 *
 * <p>Specified by {@code CamelHttpTransportTest}.
 */
final class CleanConnections extends HttpRequestExecutor {
    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);

    /** Reports that nothing was sent. The HTTP client closes the connection. */
    static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean newConnection;

        UnusableException(boolean newConnection) {
            super(
                    newConnection
                            ? "the server sent bytes before the first request"
                            : "the connection was closed by the server, or holds bytes that belong to no response");
            this.newConnection = newConnection;
        }

        /** Returns whether the connection was new, so that another one would be no better. */
        boolean isNewConnection() {
            return newConnection;
        }
    }

    private final BoundedConnections connections;

    /**
     * Creates the executor of a client's requests.
     *
     * @param connections the factory of the connections. Connections of a user's own component are checked as far as
     *     possible
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

    /** Returns whether bytes have arrived, without waiting. Over TLS, only bytes that are already decrypted count. */
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
