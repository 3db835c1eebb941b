/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.clinics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Serves all clinics, and identifies each by its key. Each clinic has the given number of patients, in pages of a
 * hundred.
 */
final class ClinicsServer implements AutoCloseable {
    private static final int PAGE_SIZE = 100;
    private static final Pattern PAGE = Pattern.compile("intPageNo=(\\d+)");
    private static final Pattern SINCE = Pattern.compile("lastSyncDate=([^&]+)");
    private static final String AT_FIRST = "2020-01-01T00:00:00";
    private static final String LATER = "2099-01-01T00:00:00";

    private final Map<String, List<String>> patients = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile String hanging;
    private volatile boolean asked;

    ClinicsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    void has(String key, int count) {
        patients.put(
                key,
                IntStream.range(0, count)
                        .mapToObj(number -> row(key, number, AT_FIRST))
                        .toList());
    }

    void getsOneMore(String key) {
        patients.computeIfPresent(
                key,
                (same, rows) -> Stream.concat(rows.stream(), Stream.of(row(key, rows.size(), LATER)))
                        .toList());
    }

    private static String row(String key, int number, String modified) {
        return "{\"PatientID\":\"" + key + "-" + number + "\",\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\""
                + modified + "\"}";
    }

    /** Lets this clinic's requests wait without a response from now on. */
    void hangs(String key) {
        hanging = key;
    }

    /** Returns whether the clinic that does not respond has received a request. */
    boolean hangsOnARequest() {
        return asked;
    }

    /** Returns how often the key was refused. */
    int refused(String key) {
        return refused.getOrDefault(key, 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestHeaders().getFirst("api_key");
            if (key.equals(hanging)) {
                asked = true;
                stopped.await(1, TimeUnit.MINUTES);
            } else if (!patients.containsKey(key)) {
                refused.merge(key, 1, Integer::sum);
                exchange.sendResponseHeaders(401, -1);
            } else {
                byte[] rows = page(key, exchange.getRequestURI().getRawQuery()).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, rows.length);
                exchange.getResponseBody().write(rows);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String page(String key, String query) {
        String since = find(SINCE, query);
        return patients.get(key).stream()
                .filter(row -> row.contains(LATER) || AT_FIRST.compareTo(since) >= 0)
                .skip(Long.parseLong(find(PAGE, query)) * PAGE_SIZE)
                .limit(PAGE_SIZE)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String find(Pattern parameter, String query) {
        Matcher found = parameter.matcher(query);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + parameter);
        }
        return found.group(1);
    }

    @Override
    public void close() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
