/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.sync.SyncKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Serves a clinic of patients that change, and receives a report of each delivery from the routes of child processes.
 * It knows both sides and outlives every kill.
 */
public final class HttpClinic implements AutoCloseable {
    public static final String SYNC_ID = "crash";
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PAGE_SIZE = 100;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    /** Holds one version of a patient. */
    public record Version(String id, int number, Instant stamp) {
        public String json() {
            return "{\"PatientID\":\"" + id + "\",\"Version\":" + number + ",\"DataStatusStr\":\"Modified\","
                    + "\"ModifiedDatetime\":\"" + modified() + "\"}";
        }

        public String modified() {
            return STAMP.format(LocalDateTime.ofInstant(stamp, ZoneOffset.UTC));
        }

        public String ledgerKey() {
            return SyncKeys.ledger(SYNC_ID, id, "Modified", modified(), json());
        }
    }

    /** Holds a version that arrived in a route. */
    public record Arrival(String node, String id, int number) {}

    /** Holds a node's request for the list. The node is null if the request does not name one. */
    public record Request(String node, Instant at) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final Map<String, Version> patients = new LinkedHashMap<>();
    private final List<Version> history = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Random random;
    private final List<Request> requests = new ArrayList<>();

    public HttpClinic(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/patients", this::list);
        server.createContext("/arrived", this::arrived);
        server.start();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public synchronized void add(int count) {
        for (int i = 0; i < count; i++) {
            put(new Version("p" + patients.size(), 1, now()));
        }
    }

    public synchronized void change(int count) {
        List<String> ids = new ArrayList<>(patients.keySet());
        for (int i = 0; i < count; i++) {
            Version old = patients.get(ids.get(random.nextInt(ids.size())));
            put(new Version(old.id(), old.number() + 1, now()));
        }
    }

    private void put(Version version) {
        patients.put(version.id(), version);
        history.add(version);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    public synchronized List<Version> history() {
        return List.copyOf(history);
    }

    public synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    public synchronized int arrivalCount() {
        return arrivals.size();
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns the number of each patient's version that arrived last. */
    public synchronized Map<String, Integer> lastArrived() {
        Map<String, Integer> last = new HashMap<>();
        arrivals.forEach(arrival -> last.put(arrival.id(), arrival.number()));
        return last;
    }

    public synchronized boolean allArrived() {
        Map<String, Integer> last = lastArrived();
        return patients.values().stream()
                .allMatch(v -> Integer.valueOf(v.number()).equals(last.get(v.id())));
    }

    /** Asserts that every version from before the checkpoint has arrived, or a newer one of its patient. */
    public synchronized void assertCheckpointIsTrue(Optional<Instant> checkpoint) {
        if (checkpoint.isEmpty()) {
            return;
        }
        Map<String, Integer> newest = newestArrived();
        assertThat(history)
                .as("versions older than the checkpoint %s that have not arrived", checkpoint.get())
                .noneMatch(version -> version.stamp().isBefore(checkpoint.get())
                        && newest.getOrDefault(version.id(), 0) < version.number());
    }

    /** Returns whether the newest version of each patient has arrived. It may not be the last arrival. */
    public synchronized boolean allArrivedOnce() {
        Map<String, Integer> newest = newestArrived();
        return patients.values().stream().allMatch(v -> newest.getOrDefault(v.id(), 0) == v.number());
    }

    private Map<String, Integer> newestArrived() {
        Map<String, Integer> newest = new HashMap<>();
        arrivals.forEach(arrival -> newest.merge(arrival.id(), arrival.number(), Math::max));
        return newest;
    }

    /**
     * Returns how often a node delivered a version after a newer one of the patient had arrived from any node.
     *
     * @param node a node
     * @param from the number of arrivals to skip
     */
    public synchronized long overtakenBy(String node, int from) {
        Map<String, Integer> newest = new HashMap<>();
        long overtaken = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrivals.get(i);
            int number = newest.merge(arrival.id(), arrival.number(), Math::max);
            overtaken += i >= from && arrival.node().equals(node) && arrival.number() < number ? 1 : 0;
        }
        return overtaken;
    }

    /**
     * Waits for three requests for each of the given polls. That is enough for every node that polls, and for a poll
     * that already runs.
     */
    public void awaitPolls(int polls) {
        int until = requests().size() + 3 * polls;
        await().atMost(PATIENCE).until(() -> requests().size() >= until);
    }

    /**
     * Asserts that the newest version of each patient arrived last, and that no node delivered an old version after a
     * newer one.
     */
    public synchronized void assertNewestLast(String what) {
        assertThat(lastArrived())
                .as("%s: the version of each patient that arrived last", what)
                .isEqualTo(patients.values().stream().collect(Collectors.toMap(Version::id, Version::number)));
        Map<String, Integer> newest = new HashMap<>();
        for (Arrival arrival : arrivals) {
            String patient = arrival.node() + " " + arrival.id();
            assertThat(arrival.number())
                    .as("%s: an old version of %s after a newer one", what, patient)
                    .isGreaterThanOrEqualTo(newest.getOrDefault(patient, 0));
            newest.put(patient, arrival.number());
        }
    }

    private void list(HttpExchange http) throws IOException {
        Map<String, String> query = query(http.getRequestURI());
        Instant since = LocalDateTime.parse(query.get("lastSyncDate")).toInstant(ZoneOffset.UTC);
        int page = Integer.parseInt(query.get("intPageNo"));
        String body;
        synchronized (this) {
            requests.add(new Request(query.get("node"), Instant.now()));
            body = patients.values().stream()
                    .filter(version -> !version.stamp().isBefore(since))
                    .sorted(Comparator.comparing(Version::stamp).thenComparing(Version::id))
                    .skip((long) page * PAGE_SIZE)
                    .limit(PAGE_SIZE)
                    .map(Version::json)
                    .collect(Collectors.joining(","));
        }
        answer(http, body.isEmpty() ? 204 : 200, body.isEmpty() ? "" : "[" + body + "]");
    }

    private void arrived(HttpExchange http) throws IOException {
        Map<String, String> query = query(http.getRequestURI());
        synchronized (this) {
            arrivals.add(new Arrival(query.get("node"), query.get("id"), Integer.parseInt(query.get("version"))));
        }
        answer(http, 204, "");
    }

    /** Responds. The JDK's server sets the Date from this machine's clock. */
    private static void answer(HttpExchange http, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            http.getResponseBody().write(body);
        }
        http.close();
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String pair : uri.getQuery().split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
