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

/** Processes that each have a way of their own to one database, and what the clinic sees of who polls. */
final class Cluster implements AutoCloseable {
    private final HttpClinic clinic;
    private final Databases database;
    private final Duration period;
    private final String electedBy;
    private final Map<String, Child> nodes = new LinkedHashMap<>();
    private final Map<String, TcpRelay> ways = new LinkedHashMap<>();

    /**
     * @param period between two polls
     * @param electedBy what elects the leader, as {@link ClusterMain} has it
     */
    Cluster(HttpClinic clinic, Databases database, Duration period, String electedBy) {
        this.clinic = clinic;
        this.database = database;
        this.period = period;
        this.electedBy = electedBy;
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
                        electedBy));
    }

    Child node(String name) {
        return nodes.get(name);
    }

    TcpRelay way(String name) {
        return ways.get(name);
    }

    /** @return who polled last */
    String leader() {
        List<Request> requests = clinic.requests();
        return requests.isEmpty() ? null : requests.get(requests.size() - 1).node();
    }

    /** @return the nodes that have asked for the list since then */
    Set<String> pollers(Instant since) {
        return clinic.requests().stream()
                .filter(request -> request.at().isAfter(since))
                .map(Request::node)
                .collect(Collectors.toSet());
    }

    /** @return how long it was until one of the others had polled */
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
