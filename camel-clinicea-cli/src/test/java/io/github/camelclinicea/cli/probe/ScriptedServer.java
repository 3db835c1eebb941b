/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Responds to each request as a test says, and keeps what was asked. */
final class ScriptedServer implements AutoCloseable {
    /** Responds to one request. */
    @FunctionalInterface
    interface Script {
        void response(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                script.response(exchange);
            }
        });
        server.start();
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Returns a page of rows with the ids of a range, each with a stamp a day after the one before. */
    static String page(String idField, int from, int to) {
        StringBuilder page = new StringBuilder("[");
        for (int i = from; i < to; i++) {
            page.append(i > from ? "," : "")
                    .append("{\"")
                    .append(idField)
                    .append("\":\"id-")
                    .append(1000 + i);
            page.append("\",\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\"");
            page.append(java.time.LocalDate.of(2017, 3, 1).plusDays(i))
                    .append("T10:00:00\",\"Name\":\"Zoë Invented\"}");
        }
        return page.append(']').toString();
    }

    /** Returns the value of a query parameter that is a whole number. */
    static int number(HttpExchange exchange, String parameter) {
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            if (pair.startsWith(parameter + "=")) {
                return Integer.parseInt(pair.substring(parameter.length() + 1));
            }
        }
        throw new IllegalArgumentException(parameter);
    }

    String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Returns the requests in their order, each with its method and target. */
    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
