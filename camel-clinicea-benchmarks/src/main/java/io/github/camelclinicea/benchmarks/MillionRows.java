/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import static io.github.camelclinicea.benchmarks.Database.Kind.POSTGRESQL;
import static io.github.camelclinicea.benchmarks.RowTemplate.Statuses.MIXED;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Reads one backlog of a million rows in a JVM of its own with a small heap: row by row with the state in H2, or in
 * batches into PostgreSQL. It prints the seconds of each tenth, and the bytes of state for a row during the reading.
 */
final class MillionRows {
    private static final int TENTHS = 10;

    /** The garbage collector that a JVM selects if it has little memory, as in a small container. */
    static final List<String> SMALL_HEAP = List.of("-Xmx128m", "-XX:+UseSerialGC");

    /** The classes of the sync's state. The tables of versions are arrays of longs. */
    private static final String[] STATE_CLASSES = {"[J", "io.github.camelclinicea.sync."};

    private MillionRows() {}

    /**
     * Reads the list, in a JVM of its own.
     *
     * @param args the base URL of the list, the number of its rows, and the URL of the database if rows are written
     */
    public static void main(String[] args) throws Exception {
        Progress progress = new Progress(Long.parseLong(args[1]));
        try (Peer.Sync sync = args.length > 2
                ? new CliniceaIntoDatabase(POSTGRESQL, true)
                        .sync(Database.existing(POSTGRESQL, args[2]), args[0], progress)
                : new CliniceaRoute("Map", 8, State.Kind.H2_DELAYED, false).prepare(args[0], progress)) {
            progress.began();
            sync.run();
            progress.requireRows(progress.rows, MIXED.deletedOf(progress.rows));
        }
        System.out.println(String.join(
                " ", Arrays.stream(progress.seconds).mapToObj(Double::toString).toArray(String[]::new)));
        System.out.println((progress.stateAtEnd - progress.stateAtStart) / (double) progress.rows);
    }

    /** Notes the time of each tenth. Rows come on one thread. */
    private static final class Progress extends Tally {
        private final long rows;
        private final double[] seconds = new double[TENTHS];
        private long count;
        private long stateAtStart;
        private long stateAtEnd;
        private long tenthBegan;

        Progress(long rows) {
            this.rows = rows;
        }

        void began() {
            stateAtStart = stateBytes();
            tenthBegan = System.nanoTime();
        }

        @Override
        void row(String id, String status) {
            super.row(id, status);
            count++;
            if (count % (rows / TENTHS) == 0) {
                seconds[(int) (count * TENTHS / rows) - 1] = (System.nanoTime() - tenthBegan) / 1e9;
                if (count == rows) {
                    stateAtEnd = stateBytes();
                }
                tenthBegan = System.nanoTime();
            }
        }
    }

    private static long stateBytes() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length >= 4 && holdsState(columns[3]))
                    .mapToLong(columns -> Long.parseLong(columns[2]))
                    .sum();
        } catch (JMException e) {
            throw new IllegalStateException("this JVM gives no histogram of its heap", e);
        }
    }

    private static boolean holdsState(String className) {
        return Arrays.stream(STATE_CLASSES).anyMatch(className::startsWith);
    }

    /** Holds the measurements of a run. */
    record Backlog(long rows, String way, double[] secondsOfTenths, double stateBytesPerRow) {
        /** Returns the rows per second in the last tenth, divided by those in the first. */
        double lastOverFirst() {
            return secondsOfTenths[0] / secondsOfTenths[TENTHS - 1];
        }

        double rowsPerSecond() {
            return rows / Arrays.stream(secondsOfTenths).sum();
        }

        double[] rowsPerSecondOfTenths() {
            return Arrays.stream(secondsOfTenths)
                    .map(seconds -> rows / TENTHS / seconds)
                    .toArray();
        }
    }

    /** Reads a backlog row by row, with the state in H2. */
    static Backlog rowByRow(ServerProcess server, int pages) throws IOException, InterruptedException {
        return run("row by row, state in H2 with its default delay", pages, List.of(server.list(0, pages)));
    }

    /** Writes a backlog into PostgreSQL, with {@code batching} and {@code transacted}. */
    static Backlog intoDatabase(ServerProcess server, int pages) throws Exception {
        try (Database database = Database.open(POSTGRESQL)) {
            Backlog backlog = run(
                    "into PostgreSQL with `batching` and `transacted`",
                    pages,
                    List.of(server.list(0, pages), database.url()));
            database.requireVersions(backlog.rows(), MIXED.deletedOf(backlog.rows()));
            return backlog;
        }
    }

    private static Backlog run(String way, int pages, List<String> urls) throws IOException, InterruptedException {
        long rows = (long) pages * RowTemplate.ROWS;
        List<String> args = new ArrayList<>(urls);
        args.add(1, Long.toString(rows));
        String[] lines = ChildJvm.run(SMALL_HEAP, MillionRows.class, args.toArray(String[]::new))
                .split("\n");
        double[] seconds = Arrays.stream(lines[0].split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Backlog(rows, way, seconds, Double.parseDouble(lines[1]));
    }
}
