package io.github.camelclinicea.client;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Checks the connection of a create right before it is written, and takes a new one if the server has closed it or has sent
 * what nobody asked for. Otherwise nobody would know whether the create has reached the server; and a create is the one call
 * that is never repeated (wire-contract section 4). The HTTP client itself checks only connections that were idle for two
 * seconds.
 */
final class CheckedConnection implements ExecChainHandler {
    private static final String CHECK = "clinicea.check";
    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);

    private CheckedConnection() {}

    static void install(HttpClientBuilder builder) {
        builder.setRequestExecutor(new Executor());
        builder.addExecInterceptorBefore(
                ChainElement.CONNECT.name(), "clinicea-checked-connection", new CheckedConnection());
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!request.getMethod().equals("POST")) {
            return chain.proceed(request, scope);
        }
        // As it was before it was made ready for the first connection, its query left out.
        Header[] headers = request.getHeaders();
        String path = request.getPath();
        scope.clientContext.setAttribute(CHECK, true);
        try {
            return chain.proceed(request, scope);
        } catch (StaleException e) {
            scope.clientContext.removeAttribute(CHECK);
            request.setHeaders(headers);
            request.setPath(path);
            ExecRuntime runtime = scope.execRuntime;
            runtime.acquireEndpoint(
                    scope.exchangeId, scope.route, scope.clientContext.getUserToken(), scope.clientContext);
            if (runtime.isEndpointConnected()) {
                runtime.disconnectEndpoint();
            }
            return chain.proceed(request, scope);
        }
    }

    /** Nothing was written on the connection. */
    private static final class StaleException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Executor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback information,
                HttpContext context)
                throws IOException, HttpException {
            if (context.getAttribute(CHECK) != null && isStale(connection)) {
                throw new StaleException();
            }
            return super.execute(request, connection, information, context);
        }

        private static boolean isStale(HttpClientConnection connection) {
            try {
                return connection.isDataAvailable(AT_ONCE) || connection.isStale();
            } catch (IOException e) {
                return true;
            }
        }
    }
}
