/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.HttpClinic;
import io.github.camelclinicea.testing.HttpClinic.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** A line of the table. */
    private record Line(String id, int version, String stamp, String content) {}

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
                assertOnce(lines(database), "after kill " + kill);
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
            List<Line> atDeath = lines(database);
            assertOnce(atDeath, "after the end of the process");
            assertThat(atDeath).hasSize(committed(step));
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
        List<Line> lines = lines(database);
        assertOnce(lines, "at the end");
        Map<String, Integer> newest = new HashMap<>();
        for (Line line : lines) {
            assertThat(line.version())
                    .as("seed %d: an older version of %s after a newer one", SEED, line.id())
                    .isGreaterThan(newest.getOrDefault(line.id(), 0));
            newest.put(line.id(), line.version());
        }
        Map<String, Integer> listed = new HashMap<>();
        clinic.history().forEach(version -> listed.put(version.id(), version.number()));
        assertThat(newest).as("seed %d: the last version of each patient", SEED).isEqualTo(listed);
        Map<String, Version> history = new HashMap<>();
        clinic.history().forEach(version -> history.put(version.id() + "/" + version.number(), version));
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.stamp())
                        .isEqualTo(history.get(line.id() + "/" + line.version()).modified()));
    }

    private static void assertOnce(List<Line> lines, String when) {
        assertThat(lines).as("seed %d, %s", SEED, when).doesNotHaveDuplicates();
    }

    /** Returns the table in the order of the inserts. Call it only while no process has an H2 file open. */
    private static List<Line> lines(Databases database) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            connection.createStatement().execute(TransactedChildMain.CREATE_LOG);
            ResultSet rows = connection
                    .createStatement()
                    .executeQuery("SELECT id, version, stamp, content FROM log ORDER BY seq");
            while (rows.next()) {
                lines.add(new Line(rows.getString(1), rows.getInt(2), rows.getString(3), rows.getString(4)));
            }
        }
        return lines;
    }
}
