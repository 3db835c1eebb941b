/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.HttpClinic;
import io.github.camelclinicea.testing.HttpClinic.Request;
import io.github.camelclinicea.testing.TcpRelay;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the processes of a cluster. Each has its own relay to one database, and the clinic records which one polls. */
final class Cluster implements AutoCloseable {
    private final HttpClinic clinic;
    private final Databases database;
    private final Duration period;
    private final String electedBy;
    private final String gateUrl;
    private final Map<String, Child> nodes = new LinkedHashMap<>();
    private final Map<String, TcpRelay> ways = new LinkedHashMap<>();

    /**
     * Creates the cluster, without processes.
     *
     * @param period the time between two polls
     * @param electedBy the election, as {@link ClusterMain} takes it
     */
    Cluster(HttpClinic clinic, Databases database, Duration period, String electedBy) {
        this(clinic, database, period, electedBy, ClusterMain.NOT_TRANSACTED);
    }

    private Cluster(HttpClinic clinic, Databases database, Duration period, String electedBy, String gateUrl) {
        this.clinic = clinic;
        this.database = database;
        this.period = period;
        this.electedBy = electedBy;
        this.gateUrl = gateUrl;
    }

    /** Creates a cluster whose route is transacted and passes the gate at each step. */
    static Cluster transacted(HttpClinic clinic, Databases database, Duration period, String electedBy, Gate gate) {
        return new Cluster(clinic, database, period, electedBy, gate.url());
    }

    void start(String node) throws IOException {
        TcpRelay way = ways.get(node);
        if (way == null) {
            way = TcpRelay.ofBytes(database.port());
            ways.put(node, way);
        }
        String jdbcUrl = database.jdbcUrl().replace(":" + database.port() + "/", ":" + way.port() + "/")
                + "&socketTimeout=2&connectTimeout=2";
        nodes.put(
                node,
                Child.start(
                        ClusterMain.class,
                        node,
                        clinic.baseUrl(),
                        jdbcUrl,
                        Long.toString(period.toMillis()),
                        electedBy,
                        gateUrl));
    }

    Child node(String name) {
        return nodes.get(name);
    }

    TcpRelay way(String name) {
        return ways.get(name);
    }

    /** Returns the node that polled last. */
    String leader() {
        List<Request> requests = clinic.requests();
        return requests.isEmpty() ? null : requests.get(requests.size() - 1).node();
    }

    /** Returns the nodes that have requested the list since a moment. */
    Set<String> pollers(Instant since) {
        return clinic.requests().stream()
                .filter(request -> request.at().isAfter(since))
                .map(Request::node)
                .collect(Collectors.toSet());
    }

    /** Returns the time until another node had polled. */
    Duration awaitFailover(String from, Instant since, Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> pollers(since).stream().anyMatch(node -> !node.equals(from)));
        return Duration.between(
                since,
                clinic.requests().stream()
                        .filter(request ->
                                request.at().isAfter(since) && !request.node().equals(from))
                        .findFirst()
                        .orElseThrow()
                        .at());
    }

    @Override
    public void close() throws IOException {
        nodes.values().forEach(Child::close);
        for (TcpRelay way : ways.values()) {
            way.close();
        }
    }
}
