/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a clinic of patients that were all added long ago. It accepts a limited number of requests of one key in any
 * second, and refuses the others with 429. It can be overloaded; then it refuses all requests with 503.
 */
public final class LimitedClinic implements AutoCloseable {
    public static final int PAGE_SIZE = 5;

    private static final String ADDED = "2020-01-01T00:00:00";

    /** Holds a request as the server received it, by its own clock. */
    public record Seen(String key, long nanos, int status) {
        public boolean refused() {
            return status == 429 || status == 503;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(48);
    private final int pages;
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Deque<Long>> taken = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private boolean overloaded;

    public LimitedClinic(int pages) throws IOException {
        this.pages = pages;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(StubClinicea.PATIENTS, this::list);
        server.start();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /**
     * Limits the requests of a key. Without a limit, all are accepted.
     *
     * @param perSecond the most requests in any second
     */
    public synchronized void limit(String key, int perSecond) {
        limits.put(key, perSecond);
    }

    public synchronized void overload(boolean now) {
        overloaded = now;
    }

    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Returns the requests between two moments, which count from the first request. */
    public synchronized List<Seen> seenBetween(Duration from, Duration to) {
        long first = seen.get(0).nanos();
        return seen.stream()
                .filter(one -> one.nanos() - first >= from.toNanos() && one.nanos() - first < to.toNanos())
                .toList();
    }

    private synchronized int statusFor(String key) {
        long now = System.nanoTime();
        int status = overloaded ? 503 : takes(key, now) ? 200 : 429;
        seen.add(new Seen(key, now, status));
        return status;
    }

    private boolean takes(String key, long now) {
        Deque<Long> lately = taken.computeIfAbsent(key, any -> new ArrayDeque<>());
        while (!lately.isEmpty()
                && now - lately.element() >= Duration.ofSeconds(1).toNanos()) {
            lately.remove();
        }
        return lately.size() < limits.getOrDefault(key, Integer.MAX_VALUE) && lately.add(now);
    }

    private void list(HttpExchange exchange) throws IOException {
        int status = statusFor(exchange.getRequestHeaders().getFirst("api_key"));
        exchange.getResponseHeaders()
                .add(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().atZone(ZoneOffset.UTC)));
        byte[] body = status == 200 ? page(exchange.getRequestURI()) : new byte[0];
        exchange.sendResponseHeaders(
                status == 200 && body.length == 0 ? 204 : status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] page(URI asked) {
        int number = Integer.parseInt(parameter(asked, "intPageNo"));
        if (number >= pages || parameter(asked, "lastSyncDate").compareTo(ADDED) > 0) {
            return new byte[0];
        }
        return StubClinicea.patients(number * PAGE_SIZE, PAGE_SIZE).getBytes(StandardCharsets.UTF_8);
    }

    private static String parameter(URI asked, String name) {
        for (String parameter : asked.getRawQuery().split("&")) {
            if (parameter.startsWith(name + "=")) {
                return parameter.substring(name.length() + 1);
            }
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
