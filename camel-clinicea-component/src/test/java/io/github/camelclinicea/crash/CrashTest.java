/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sync.SyncKeys;
import io.github.camelclinicea.testing.HttpClinic;
import io.github.camelclinicea.testing.HttpClinic.Arrival;
import io.github.camelclinicea.testing.HttpClinic.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a process at random moments and at each durable step of a poll. {@code -Dcrash.kills=50} kills more often than
 * the ordinary run; {@code -Dcrash.seed} repeats a run.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 2);
    private static final boolean ALL_FAILPOINTS = Boolean.getBoolean("crash.failpoints.all");
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int DELAY_MILLIS = 200;

    @TempDir
    Path folder;

    @Tag("proof")
    @Test
    void given_state_in_an_h2_file_when_killed_again_and_again_then_nothing_is_lost() throws Exception {
        killAgainAndAgain(Databases.h2(folder));
    }

    @Test
    void given_state_in_postgresql_when_killed_again_and_again_then_nothing_is_lost() throws Exception {
        killAgainAndAgain(Databases.postgres());
    }

    private void killAgainAndAgain(Databases database) throws Exception {
        Random random = new Random(SEED);
        try (HttpClinic clinic = new HttpClinic(SEED)) {
            clinic.add(800);
            Set<String> remembered = new HashSet<>();
            for (int kill = 0; kill < KILLS; kill++) {
                int arrived = clinic.arrivalCount();
                int until = arrived + 20 + random.nextInt(250);
                try (Child child = start(clinic, database, "none")) {
                    clinic.change(60);
                    clinic.add(40);
                    // The kill falls into a backlog, or into the idle time after it.
                    await().atMost(HttpClinic.PATIENCE)
                            .until(() -> clinic.arrivalCount() >= until || clinic.allArrived());
                    child.kill();
                }
                remembered = judge(remembered, clinic, database, arrived);
            }
            int arrived = clinic.arrivalCount();
            try (Child child = start(clinic, database, "none")) {
                await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
                clinic.awaitPolls(3);
                assertThat(child.alive()).isTrue();
            }
            judge(remembered, clinic, database, arrived);
            clinic.assertNewestLast("seed " + SEED);
        }
    }

    /** Returns the moments before and after each durable step of a poll. The first checkpoint adds six keys. */
    static Stream<String> failpoints() {
        if (!ALL_FAILPOINTS) {
            return Stream.of("after:add:@:1", "before:add:@:7");
        }
        List<String> steps = List.of(
                "add:#:1",
                "add:#:150",
                "add:@:1",
                "add:@:2",
                "add:@:3",
                "add:@:4",
                "add:@:5",
                "add:@:6",
                "add:@:7",
                "remove:@:1",
                "remove:#:1",
                "remove:#:150");
        return Stream.of("before", "after").flatMap(when -> steps.stream().map(step -> when + ":" + step));
    }

    @ParameterizedTest
    @MethodSource("failpoints")
    void given_a_durable_step_when_the_process_ends_there_then_nothing_is_lost(String failpoint) throws Exception {
        Databases database = Databases.h2(folder);
        try (HttpClinic clinic = new HttpClinic(SEED)) {
            clinic.add(250);
            try (Child child = start(clinic, database, failpoint)) {
                // Changes continue, so that a second checkpoint replaces the first one.
                await().atMost(HttpClinic.PATIENCE)
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> {
                            clinic.change(3);
                            return !child.alive();
                        });
            }
            Set<String> remembered = database.keys();
            int arrived = clinic.arrivalCount();
            clinic.change(30);
            try (Child child = start(clinic, database, "none")) {
                await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
                clinic.awaitPolls(3);
                assertThat(child.alive()).isTrue();
            }
            judge(remembered, clinic, database, arrived);
            clinic.assertNewestLast("seed " + SEED);
        }
    }

    private static Child start(HttpClinic clinic, Databases database, String failpoint) throws IOException {
        return Child.start("one", clinic.baseUrl(), database.jdbcUrl(), DELAY_MILLIS, failpoint);
    }

    /**
     * Checks the promises after the death of a process. Only the row in flight comes again, no row with a key does, and
     * the checkpoint is not newer than the arrivals.
     *
     * @param remembered the keys at the deaths of earlier processes
     * @param from the number of arrivals at the start of this process
     * @return all keys so far
     */
    private static Set<String> judge(Set<String> remembered, HttpClinic clinic, Databases database, int from)
            throws SQLException {
        Map<String, String> keys =
                clinic.history().stream().collect(Collectors.toMap(v -> v.id() + "/" + v.number(), Version::ledgerKey));
        List<Arrival> arrivals = clinic.arrivals();
        List<Arrival> recent = arrivals.subList(from, arrivals.size());
        assertThat(recent)
                .as("seed %d: rows delivered again though they were remembered", SEED)
                .noneMatch(arrival -> remembered.contains(keys.get(arrival.id() + "/" + arrival.number())));
        Set<Arrival> earlier = new HashSet<>(arrivals.subList(0, from));
        assertThat(recent.stream().filter(earlier::contains).toList())
                .as("seed %d: rows delivered again", SEED)
                .hasSizeLessThanOrEqualTo(1);
        Set<String> present = database.keys();
        clinic.assertCheckpointIsTrue(SyncKeys.checkpoint(HttpClinic.SYNC_ID, present));
        Set<String> all = new HashSet<>(remembered);
        all.addAll(present);
        return all;
    }
}
