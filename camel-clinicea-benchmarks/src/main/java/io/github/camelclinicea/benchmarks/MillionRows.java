package io.github.camelclinicea.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Reads one backlog of a million rows, with the state in H2 with its default delay, in a JVM of its own with a small
 * heap. It prints the seconds of each tenth, and the bytes of state for a row during the reading.
 */
final class MillionRows {
    private static final int TENTHS = 10;

    /** The garbage collector that a JVM selects if it has little memory, as in a small container. */
    private static final List<String> SMALL_HEAP = List.of("-Xmx128m", "-XX:+UseSerialGC");

    /** The classes of the sync's state. The tables of versions are arrays of longs. */
    private static final String[] STATE_CLASSES = {"[J", "io.github.camelclinicea.sync."};

    private MillionRows() {}

    /**
     * Reads the list, in a JVM of its own.
     *
     * @param args the base URL of the list, and the number of its rows
     */
    public static void main(String[] args) throws Exception {
        Progress progress = new Progress(Long.parseLong(args[1]));
        try (Peer.Sync sync = new CliniceaRoute("Map", 8, State.Kind.H2_DELAYED).prepare(args[0], progress)) {
            progress.began();
            sync.run();
            progress.requireRows(progress.rows);
        }
        System.out.println(String.join(
                " ",
                Arrays.stream(progress.seconds).mapToObj(Double::toString).toArray(String[]::new)));
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
    record Backlog(long rows, String options, double[] secondsOfTenths, double stateBytesPerRow) {
        /** Returns the rows per second in the last tenth, divided by those in the first. */
        double lastOverFirst() {
            return secondsOfTenths[0] / secondsOfTenths[TENTHS - 1];
        }

        double rowsPerSecond() {
            return rows / Arrays.stream(secondsOfTenths).sum();
        }

        double[] rowsPerSecondOfTenths() {
            return Arrays.stream(secondsOfTenths).map(seconds -> rows / TENTHS / seconds).toArray();
        }
    }

    static Backlog run(ServerProcess server, int pages) throws IOException, InterruptedException {
        long rows = (long) pages * RowTemplate.ROWS;
        String[] lines =
                ChildJvm.run(SMALL_HEAP, MillionRows.class, server.list(0, pages), Long.toString(rows)).split("\n");
        double[] seconds = Arrays.stream(lines[0].split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Backlog(rows, String.join(" ", SMALL_HEAP), seconds, Double.parseDouble(lines[1]));
    }
}
