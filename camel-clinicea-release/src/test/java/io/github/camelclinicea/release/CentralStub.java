/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes uploads as the Publisher API of Maven Central does, on this machine. Each is valid at once: the tests look into
 * the bundle themselves.
 */
final class CentralStub implements AutoCloseable {
    private static final String DEPLOYMENT = "28570f16-da32-4c14-bd2e-c1acc0782365";

    private final HttpServer server;
    private final List<byte[]> bundles = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();

    private CentralStub(HttpServer server) {
        this.server = server;
    }

    static CentralStub start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CentralStub central = new CentralStub(server);
        server.createContext("/api/v1/publisher/upload", central::upload);
        server.createContext("/api/v1/publisher/status", central::status);
        server.start();
        return central;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Returns the bundles in the order of their arrival. */
    synchronized List<byte[]> bundles() {
        return List.copyOf(bundles);
    }

    /** Returns the query of each upload. */
    synchronized List<String> queries() {
        return List.copyOf(queries);
    }

    private synchronized void upload(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        queries.add(exchange.getRequestURI().getQuery());
        bundles.add(onlyPart(body));
        respond(exchange, 201, "text/plain", DEPLOYMENT);
    }

    private void status(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        respond(
                exchange,
                200,
                "application/json",
                "{\"deploymentId\":\"" + DEPLOYMENT + "\",\"deploymentName\":\"a name\","
                        + "\"deploymentState\":\"VALIDATED\",\"purls\":[]}");
    }

    /** Returns the content of a multipart body that has one part. */
    private static byte[] onlyPart(byte[] body) {
        // Each byte is one character, so that positions in the text are those in the body.
        String text = new String(body, ISO_8859_1);
        String boundary = text.substring(0, text.indexOf("\r\n"));
        int start = text.indexOf("\r\n\r\n") + 4;
        return Arrays.copyOfRange(body, start, text.indexOf("\r\n" + boundary, start));
    }

    private static void respond(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
