/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sync.SyncKeys;
import io.github.camelclinicea.testing.HttpClinic;
import io.github.camelclinicea.testing.HttpClinic.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs three processes under {@code master:} and lets the leader fail. Prints the time until another process polled.
 * {@code -Dcluster.rounds=10} repeats each test. Part of the profile "proof".
 */
@Tag("proof")
@Tag("alone")
class ClusterTest {
    private static final List<String> NODES = List.of("north", "south", "east");
    private static final int ROUNDS = Integer.getInteger("cluster.rounds", 1);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int BACKLOG = 300;

    @TempDir
    Path folder;

    private TestingServer zookeeper;
    private Databases database;
    private HttpClinic clinic;

    /** Lets the leader fail. */
    private interface Blow {
        void strike(String leader) throws Exception;
    }

    @BeforeEach
    void startWhatAllNodesShare() throws Exception {
        zookeeper = new TestingServer();
        database = Databases.postgres();
        clinic = new HttpClinic(1);
    }

    @AfterEach
    void stopWhatAllNodesShare() throws Exception {
        clinic.close();
        zookeeper.close();
    }

    @Test
    void given_zookeeper_when_the_leader_is_killed_then_another_polls_within_two_periods() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Cluster nodes = withZooKeeper()) {
                failOver(
                        nodes, "ZooKeeper, killed", leader -> nodes.node(leader).kill());
            }
        }
    }

    @Tag("explore")
    @Test
    void given_zookeeper_when_the_leader_is_paused_past_its_session_and_resumed_then_nothing_is_lost()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Cluster nodes = withZooKeeper()) {
                String paused = failOver(
                        nodes, "ZooKeeper, paused", leader -> nodes.node(leader).pause());
                nodes.node(paused).resume();
                Instant resumed = Instant.now();
                int before = clinic.arrivalCount();
                clinic.change(50);
                // Until the leader has polled twice.
                await().atMost(HttpClinic.PATIENCE)
                        .until(() -> Instant.now().isAfter(resumed.plus(PERIOD.multipliedBy(2))));
                await().atMost(HttpClinic.PATIENCE).untilAsserted(() -> clinic.assertNewestLast("resumed"));
                judge();
                // The row in its route, and one that was on its way to the route.
                assertThat(clinic.overtakenBy(paused, before)).isLessThanOrEqualTo(2);
                System.out.println("ZooKeeper, " + paused + " resumed: polls by " + nodes.pollers(resumed));
            }
        }
    }

    @Test
    void given_zookeeper_when_the_leader_is_cut_off_from_the_database_then_another_polls_within_two_periods()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Cluster nodes = withZooKeeper()) {
                String cut = failOver(
                        nodes, "ZooKeeper, cut off", leader -> nodes.way(leader).cut());
                for (String node : NODES) {
                    if (!node.equals(cut)) {
                        nodes.node(node).kill();
                    }
                }
                nodes.way(cut).heal();
                clinic.change(50);
                await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
                judge();
            }
        }
    }

    @Tag("explore")
    @Test
    void given_a_lock_on_a_file_when_the_leader_is_killed_or_paused_then_only_its_death_frees_the_lock()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Cluster nodes = new Cluster(clinic, database, PERIOD, ClusterMain.FILE + folder)) {
                failOver(
                        nodes, "file lock, killed", leader -> nodes.node(leader).kill());
                String leader = nodes.leader();
                nodes.node(leader).pause();
                Instant paused = Instant.now();
                clinic.change(50);
                await().atMost(HttpClinic.PATIENCE)
                        .until(() -> Instant.now().isAfter(paused.plus(PERIOD.multipliedBy(2))));
                assertThat(nodes.pollers(paused.plusSeconds(1))).isEmpty();
                nodes.node(leader).kill();
                Duration took = nodes.awaitFailover(leader, Instant.now(), PERIOD.multipliedBy(2));
                System.out.println("file lock, paused, then killed: " + took.toMillis() + " ms");
                await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
                judge();
            }
        }
    }

    private Cluster withZooKeeper() {
        return new Cluster(clinic, database, PERIOD, ClusterMain.ZOOKEEPER + zookeeper.getConnectString());
    }

    /**
     * Lets the leader fail in the middle of a poll of several pages, so that rows are in flight.
     *
     * @return the node that led until then
     */
    private String failOver(Cluster nodes, String what, Blow blow) throws Exception {
        int before = clinic.arrivalCount();
        Instant begun = Instant.now();
        clinic.add(BACKLOG);
        for (String node : NODES) {
            nodes.start(node);
        }
        await().atMost(HttpClinic.PATIENCE).until(() -> clinic.arrivalCount() > before + BACKLOG / 3);
        clinic.change(50);
        String leader = nodes.leader();
        assertThat(nodes.pollers(begun)).containsExactly(leader);
        blow.strike(leader);
        Instant struck = Instant.now();
        List<Arrival> earlier = clinic.arrivals();
        Duration took = nodes.awaitFailover(leader, struck, PERIOD.multipliedBy(2));
        await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
        Duration all = Duration.between(struck, Instant.now());
        Set<Arrival> once = new HashSet<>(earlier);
        long again = clinic.arrivals().stream()
                .skip(earlier.size())
                .filter(once::contains)
                .count();
        System.out.printf(
                "%s: another polls after %d ms, all rows are there after %d ms, %d of them again%n",
                what, took.toMillis(), all.toMillis(), again);
        // The row in flight, and the one whose key could not be stored.
        assertThat(again).isLessThanOrEqualTo(2);
        judge();
        return leader;
    }

    private void judge() throws Exception {
        clinic.assertCheckpointIsTrue(SyncKeys.checkpoint(HttpClinic.SYNC_ID, database.keys()));
        clinic.assertNewestLast("cluster");
    }
}
