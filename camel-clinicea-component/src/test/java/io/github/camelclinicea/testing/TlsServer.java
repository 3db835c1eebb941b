/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Serves a clinic of one patient behind TLS, and a blob store. */
public final class TlsServer implements AutoCloseable {
    private static final String PATIENT = "{\"PatientID\":\"p1\",\"ID\":\"p1\",\"DataStatusStr\":\"Added\"}";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> peers = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<Integer> connections = ConcurrentHashMap.newKeySet();

    /**
     * Starts the server.
     *
     * @param identity the certificate that it shows, by its name in {@link Certificates}
     * @param demanding whether it demands a certificate of clients
     */
    public TlsServer(String identity, boolean demanding) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = Certificates.server(identity);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = tls.getDefaultSSLParameters();
                ssl.setNeedClientAuth(demanding);
                parameters.setSSLParameters(ssl);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer((HttpsExchange) exchange));
        server.start();
    }

    private void answer(HttpsExchange http) throws IOException {
        requests.add(http.getRequestMethod() + " " + http.getRequestURI());
        connections.add(http.getRemoteAddress().getPort());
        try {
            peers.add(http.getSSLSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
            peers.add("");
        }
        String own = answers.get(http.getRequestURI().getPath());
        if (own != null) {
            answer(http, 200, own);
            return;
        }
        if (http.getRequestMethod().equals("PUT")) {
            http.getRequestBody().readAllBytes();
            answer(http, 201, "");
            return;
        }
        String query = http.getRequestURI().getRawQuery();
        if (query != null && query.contains("intPageNo=0")) {
            answer(http, 200, "[" + PATIENT + "]");
        } else if (query != null && query.contains("intPageNo=")) {
            answer(http, 204, "");
        } else {
            answer(http, 200, PATIENT);
        }
    }

    private static void answer(HttpExchange http, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            http.getResponseBody().write(body);
        }
        http.close();
    }

    /** Sets the response for a path. */
    public void serve(String path, String json) {
        answers.put(path, json);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String baseUrl() {
        return "https://localhost:" + port();
    }

    /** Returns the method and target of each request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the number of connections that requests came on. */
    public int connections() {
        return connections.size();
    }

    /** Returns the name in the client certificate of each request; empty if there was none. */
    public List<String> peers() {
        return List.copyOf(peers);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
