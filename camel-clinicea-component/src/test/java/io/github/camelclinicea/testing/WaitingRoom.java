/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves requests, and keeps every request waiting until the test opens the door. */
public final class WaitingRoom implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch door = new CountDownLatch(1);
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    public WaitingRoom() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Returns the queries of all requests so far, including those with a response. */
    public List<String> arrived() {
        return arrived;
    }

    public void open() {
        door.countDown();
    }

    private void answer(HttpExchange http) throws IOException {
        arrived.add(http.getRequestURI().getQuery());
        try {
            door.await();
        } catch (InterruptedException e) {
            http.close();
            return;
        }
        byte[] body = "{\"ID\":\"a1\"}".getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
