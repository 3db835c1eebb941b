/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.testing.HttpClinic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Holds the process that comes first to a step, so that the test can kill or freeze it exactly there. */
final class Gate implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** One wait for a process. */
    private record Hold(String step, CompletableFuture<String> node, CountDownLatch released) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Hold hold;

    Gate() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Holds the next process that comes to the step. */
    void hold(String step) {
        hold = new Hold(step, new CompletableFuture<>(), new CountDownLatch(1));
    }

    /** Waits until a process is held; returns its node. */
    String awaitHeld() throws Exception {
        return hold.node().get(HttpClinic.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Lets the process go on, if it lives. */
    void release() {
        hold.released().countDown();
    }

    private void pass(HttpExchange http) throws IOException {
        Hold present = hold;
        String[] nodeAndStep = http.getRequestURI().getPath().substring(1).split("/");
        if (present != null
                && present.step().equals(nodeAndStep[1])
                && present.node().complete(nodeAndStep[0])) {
            try {
                present.released().await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        http.sendResponseHeaders(204, -1);
        http.close();
    }

    /** Tells the gate at this URL that the node is at a step, and returns when it may go on. For child processes. */
    static void pass(String url, String node, String step) {
        try {
            CLIENT.send(
                    HttpRequest.newBuilder(URI.create(url + "/" + node + "/" + step))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException("no gate", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped at the gate", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
