package io.github.camelclinicea.client;

import java.io.IOException;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Sends no request on a connection on which something has arrived that nobody asked for. Otherwise it would be read as the
 * response to that request, and each later request would get the response of the one before it.
 */
final class CleanConnections extends HttpRequestExecutor {
    /** Nothing was sent, and the HTTP client closes the connection. */
    static final class BytesLeftException extends IOException {
        private static final long serialVersionUID = 1L;

        BytesLeftException() {
            super("the connection holds bytes that belong to no response");
        }
    }

    private final BoundedConnections connections;

    /** @param connections what made the connections; those of a user's own component are checked as far as they can be */
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
        if (connections.hasBytesLeft(connection) || hasArrived(connection)) {
            throw new BytesLeftException();
        }
        return super.execute(request, connection, informationCallback, context);
    }

    /** Asks without waiting. Over TLS only what is decrypted already is seen. */
    private static boolean hasArrived(HttpClientConnection connection) throws IOException {
        return connection instanceof ManagedHttpClientConnection managed
                && managed.getSocket() != null
                && managed.getSocket().getInputStream().available() > 0;
    }
}
