/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.hawtio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves Hawtio to a browser, and passes its requests for Jolokia on to the application. Hawtio's own server does the
 * same.
 */
final class HawtioServer implements AutoCloseable {
    private static final String CONTEXT = "/hawtio/";
    private static final Path FILES = Path.of("target/console");
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html",
            "js",
            "text/javascript",
            "css",
            "text/css",
            "svg",
            "image/svg+xml",
            "json",
            "application/json");

    /** The answers of a Hawtio without a login, plugins and connections of its own. */
    private static final Map<String, String> SETTINGS = Map.of(
            "user", "\"operator\"",
            "plugin", "[]",
            "proxy/enabled", "false",
            "keycloak/enabled", "false",
            "auth/config/login", "[]",
            "auth/config/oidc", "{}",
            "auth/config/session-timeout", "{\"timeout\": -1}",
            "hawtconfig.json", "{}");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI jolokia;

    /**
     * @param jolokia the address of Jolokia in the application
     */
    HawtioServer(URI jolokia) throws IOException {
        this.jolokia = jolokia;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(CONTEXT, this::answer);
        server.start();
    }

    /** Returns the address for a browser. */
    String url() {
        return "http://localhost:" + server.getAddress().getPort() + CONTEXT;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(CONTEXT.length());
        if (path.startsWith("jolokia")) {
            passOn(exchange);
        } else if (SETTINGS.containsKey(path)) {
            respond(exchange, 200, "json", SETTINGS.get(path).getBytes(StandardCharsets.UTF_8));
        } else {
            Path file = FILES.resolve(path).normalize();
            boolean served = file.startsWith(FILES) && Files.isRegularFile(file);
            Path sent = served ? file : FILES.resolve("index.html");
            String name = sent.getFileName().toString();
            respond(exchange, 200, name.substring(name.lastIndexOf('.') + 1), Files.readAllBytes(sent));
        }
    }

    private void passOn(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestURI().toString().substring((CONTEXT + "jolokia").length());
        HttpRequest.Builder passedOn = HttpRequest.newBuilder(URI.create(jolokia + request))
                .header("Content-Type", "application/json")
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        passedOn.header("Origin", origin == null ? "http://localhost" : origin);
        try {
            HttpResponse<byte[]> response = client.send(passedOn.build(), HttpResponse.BodyHandlers.ofByteArray());
            respond(exchange, response.statusCode(), "json", response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", TYPES.getOrDefault(type, "application/octet-stream"));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
