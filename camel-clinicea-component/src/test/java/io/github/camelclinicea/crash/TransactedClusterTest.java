/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.HttpClinic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs three processes under {@code master:} whose transacted route only ever inserts batches into a table without a
 * key. The leader is killed or frozen inside a batch, before its commit and after it. A frozen leader continues once
 * another one has taken over; with ZooKeeper both then poll. {@code -Dcluster.rounds=10} repeats all of it. Part of the
 * profile "proof".
 */
@Tag("proof")
@Tag("alone")
class TransactedClusterTest {
    private static final List<String> NODES = List.of("north", "south", "east");
    private static final int ROUNDS = Integer.getInteger("cluster.rounds", 1);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration TAKEOVER = Duration.ofSeconds(40);

    private TestingServer zookeeper;
    private HttpClinic clinic;
    private Gate gate;
    private LogTable log;
    private Cluster nodes;

    @BeforeEach
    void start() throws Exception {
        zookeeper = new TestingServer();
        clinic = new HttpClinic(1);
        gate = new Gate();
        // Without a timeout for idle transactions: a frozen leader can still commit when it continues.
        Databases database = Databases.postgresWithoutTimeout();
        log = new LogTable(database);
        nodes = Cluster.transacted(
                clinic, database, PERIOD, ClusterMain.ZOOKEEPER + zookeeper.getConnectString(), gate);
        clinic.add(250);
        for (String node : NODES) {
            nodes.start(node);
        }
        awaitNewest();
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
        gate.close();
        clinic.close();
        zookeeper.close();
    }

    @Test
    void given_a_leader_that_is_killed_in_a_batch_again_and_again_then_each_version_takes_effect_once()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (String step : List.of(ClusterMain.IN_BATCH, ClusterMain.BEFORE_COMMIT, ClusterMain.AFTER_COMMIT)) {
                String leader = awaitLeaderAt(step);
                nodes.node(leader).kill();
                Instant killed = Instant.now();
                gate.release();
                clinic.change(30);
                nodes.awaitFailover(leader, killed, TAKEOVER);
                awaitNewest();
                log.assertComplete(clinic, "killed " + step);
                nodes.start(leader);
            }
        }
    }

    @Test
    void given_a_frozen_leader_that_continues_when_another_has_taken_over_then_each_version_takes_effect_once()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (String step : List.of(ClusterMain.IN_BATCH, ClusterMain.BEFORE_COMMIT, ClusterMain.AFTER_COMMIT)) {
                String frozen = awaitLeaderAt(step);
                nodes.node(frozen).pause();
                Instant paused = Instant.now();
                gate.release();
                nodes.awaitFailover(frozen, paused, TAKEOVER);
                if (!step.equals(ClusterMain.BEFORE_COMMIT)) {
                    // Before its commit, the frozen leader has the locks that the other one waits for.
                    awaitNewest();
                    clinic.change(100);
                    awaitNewest();
                }
                nodes.node(frozen).resume();
                Instant resumed = Instant.now();
                for (int change = 0; change < 5; change++) {
                    clinic.change(60);
                    awaitNewest();
                }
                System.out.println("frozen " + step + ", polls afterwards by " + nodes.pollers(resumed));
                assertThat(nodes.node(frozen).alive()).isTrue();
                log.assertComplete(clinic, "frozen " + step);
                nodes.node(frozen).kill();
                nodes.start(frozen);
            }
        }
    }

    /** Changes patients and waits until the leader is at the step; returns it. */
    private String awaitLeaderAt(String step) throws Exception {
        gate.hold(step);
        clinic.change(60);
        clinic.add(150);
        return gate.awaitHeld();
    }

    /** On a busy machine, the leadership may pass on several times before a node has delivered all rows. */
    private void awaitNewest() {
        await().atMost(HttpClinic.PATIENCE.multipliedBy(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> log.hasNewest(clinic));
    }
}
