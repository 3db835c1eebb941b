/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.HttpClinic;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a process whose transacted route only ever inserts into a table without a key. At the end, the table has each
 * delivered version once. {@code -Dcrash.kills=50} kills more often than the ordinary run; {@code -Dcrash.seed} repeats
 * a run.
 */
class TransactedCrashTest {
    private static final int KILLS = Math.max(1, Integer.getInteger("crash.kills", 2) / 2);
    private static final boolean ALL = Boolean.getBoolean("crash.failpoints.all");
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    private static final String ROW_BY_ROW = "";
    private static final String BATCHES = "&batching=true";

    @TempDir
    Path folder;

    private Databases database(String name) throws IOException, SQLException {
        return name.equals("h2") ? Databases.h2(folder) : Databases.postgres();
    }

    /** Returns the databases with the options of the route. */
    static Stream<List<String>> routes() {
        return Stream.of("h2", "postgres")
                .flatMap(database -> Stream.of(ROW_BY_ROW, BATCHES).map(options -> List.of(database, options)))
                .filter(route -> ALL || route.equals(List.of("postgres", BATCHES)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void given_a_transacted_route_when_killed_again_and_again_then_each_version_takes_effect_once(List<String> route)
            throws Exception {
        Databases database = database(route.get(0));
        Random random = new Random(SEED);
        // A report is a row, or a page of them.
        int reports = route.get(1).equals(BATCHES) ? 4 : 250;
        try (HttpClinic clinic = new HttpClinic(SEED)) {
            clinic.add(600);
            for (int kill = 0; kill < KILLS; kill++) {
                int before = clinic.requests().size();
                int until = clinic.arrivalCount() + 1 + random.nextInt(reports);
                try (Child child = start(clinic, database, route.get(1), "none")) {
                    clinic.change(60);
                    clinic.add(240);
                    // The kill falls into a backlog, or into the idle time after it.
                    await().atMost(HttpClinic.PATIENCE)
                            .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
                            .until(() -> clinic.arrivalCount() >= until
                                    || clinic.requests().size() > before + 50);
                    assertThat(child.alive()).isTrue();
                    child.kill();
                }
                new LogTable(database).assertOnce(seed("after kill " + kill));
            }
            drain(clinic, database, route.get(1));
        }
    }

    /** Returns the steps with the database and the options of the route. */
    static Stream<List<String>> steps() {
        if (!ALL) {
            return Stream.of(
                    List.of("before-commit:2", "h2", BATCHES), List.of("after-commit:30", "postgres", ROW_BY_ROW));
        }
        return Stream.of("before-keys:", "before-commit:", "after-commit:")
                .flatMap(step -> Stream.of("1", "2").map(count -> step + count))
                .flatMap(step -> routes().map(route -> List.of(step, route.get(0), route.get(1))));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void given_a_step_of_a_transaction_when_the_process_ends_there_then_each_version_takes_effect_once(
            List<String> step) throws Exception {
        Databases database = database(step.get(1));
        try (HttpClinic clinic = new HttpClinic(SEED)) {
            clinic.add(250);
            try (Child child = start(clinic, database, step.get(2), step.get(0))) {
                assertThat(child.awaitEnd(HttpClinic.PATIENCE.toSeconds())).isTrue();
            }
            assertThat(new LogTable(database).assertOnce(seed("after the end of the process")))
                    .isEqualTo(committed(step));
            clinic.change(30);
            drain(clinic, database, step.get(2));
        }
    }

    /** Returns the number of rows that are committed when the process ends at a step; the page has 100. */
    private static int committed(List<String> step) {
        String[] parts = step.get(0).split(":");
        int transactions = Integer.parseInt(parts[1]) - (parts[0].startsWith("before") ? 1 : 0);
        return transactions * (step.get(2).equals(BATCHES) ? 100 : 1);
    }

    private static Child start(HttpClinic clinic, Databases database, String options, String end) throws IOException {
        return Child.start(TransactedChildMain.class, "tx", clinic.baseUrl(), database.jdbcUrl(), options, end);
    }

    /** Runs the route until it has nothing more to deliver, and checks the table. */
    private static void drain(HttpClinic clinic, Databases database, String options) throws Exception {
        try (Child child = start(clinic, database, options, "drained")) {
            assertThat(child.awaitEnd(HttpClinic.PATIENCE.toSeconds())).isTrue();
        }
        new LogTable(database).assertComplete(clinic, seed("at the end"));
    }

    private static String seed(String when) {
        return "seed " + SEED + ", " + when;
    }
}
