/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelclinicea.benchmarks.MillionRows.Backlog;
import io.github.camelclinicea.benchmarks.RowTemplate.Statuses;
import io.github.camelclinicea.benchmarks.SyncRounds.Rounds;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** Writes the page with the measurements, the machine, and the distance to the goals. */
final class Report {
    private final StringBuilder figures = new StringBuilder();
    private final StringBuilder details = new StringBuilder();
    private final double loadBefore = load();

    /** Adds the syncs without latency, whose rows are only counted. */
    void fastSyncs(int pages, Map<Peer, Rounds> found) {
        table("Whole syncs, 0 ms a page", pages, found, Benchmarks.LIMIT, Benchmarks.BY_HAND);
        Series asMap = found.get(Benchmarks.AS_MAP).speed();
        figure(
                "0 ms, `batching`, `bodyType=Map`, to the bare client",
                "at least 0.8",
                found.get(Benchmarks.IN_BATCHES)
                        .speed()
                        .over(found.get(Benchmarks.LIMIT).speed()),
                0.8);
        figure(
                "0 ms, row by row, `bodyType=Map`, to the bare client in a route",
                "at least 0.9",
                asMap.over(found.get(Benchmarks.LIMIT_OF_CAMEL).speed()),
                0.9);
    }

    /** Adds the syncs with latency, whose rows are only counted. */
    void slowSyncs(int latencyMillis, int pages, Map<Peer, Rounds> found) {
        table(text("Whole syncs, %d ms a page", latencyMillis), pages, found, Benchmarks.LIMIT, Benchmarks.BY_HAND);
        Series asMap = found.get(Benchmarks.AS_MAP).speed();
        String where = latencyMillis + " ms, 8 pages in flight, ";
        figure(
                where + "to the route by hand",
                "at least 7",
                asMap.over(found.get(Benchmarks.BY_HAND).speed()),
                7);
        figure(
                where + "to the bare client",
                "at least 0.9",
                asMap.over(found.get(Benchmarks.LIMIT).speed()),
                0.9);
        for (Peer peer : new Peer[] {Benchmarks.IN_H2, Benchmarks.IN_H2_DELAYED}) {
            String state = ((CliniceaRoute) peer).kind().text();
            Series inH2 = found.get(peer).speed();
            figure(where + "state " + state + " to state in memory", "more than 0.5", inH2.over(asMap), 0.5);
        }
    }

    /** Adds the syncs into one kind of database. */
    void intoDatabase(Database.Kind kind, Statuses statuses, int latencyMillis, int pages, Map<Peer, Rounds> found) {
        Peer limit = new BareDatabaseClient(kind);
        Peer byHand = new HandWrittenRoute(kind);
        table(
                text("Into %s, %s, %d ms a page", kind.text(), statuses.text(), latencyMillis),
                pages,
                found,
                limit,
                byHand);
        Series batches = found.get(new CliniceaIntoDatabase(kind, true)).speed();
        Series rows = found.get(new CliniceaIntoDatabase(kind, false)).speed();
        String where = "into " + kind.text() + ", " + statuses.text() + ", ";
        figure(
                where + "`batching` and `transacted`, to the bare client",
                "at least 0.6",
                batches.over(found.get(limit).speed()),
                0.6);
        figure(
                where + "`batching` and `transacted`, to the route by hand",
                "at least 8",
                batches.over(found.get(byHand).speed()),
                8);
        figure(
                where + "`transacted` row by row, to the route by hand",
                "at least 1.5",
                rows.over(found.get(byHand).speed()),
                1.5);
    }

    private void table(String title, int pages, Map<Peer, Rounds> found, Peer limitPeer, Peer byHandPeer) {
        details.append(text("""

                ## %s

                %d rounds.

                | | rows | pages in flight | rows/s | least to most | CPU µs a row | to the bare client | least to most | to the route by hand |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """, title, found.get(limitPeer).speed().values().length));
        Series limit = found.get(limitPeer).speed();
        Series byHand = found.get(byHandPeer).speed();
        found.forEach((peer, own) -> {
            Series toLimit = own.speed().over(limit);
            details.append(text(
                    "| %s | %,d | %d | %,.0f | %,.0f – %,.0f | %.1f | %.2f | %.2f – %.2f | %.2f |\n",
                    peer.name(),
                    pages / peer.fewerPages() * RowTemplate.ROWS,
                    peer.pagesInFlight(),
                    own.speed().median(),
                    own.speed().least(),
                    own.speed().most(),
                    own.cpu().median(),
                    toLimit.median(),
                    toLimit.least(),
                    toLimit.most(),
                    own.speed().over(byHand).median()));
        });
    }

    private void figure(String what, String toReach, Series ratio, double least) {
        figure(
                what,
                toReach,
                text("%.2f (%.2f – %.2f)", ratio.median(), ratio.least(), ratio.most()),
                ratio.median() >= least);
    }

    private void figure(String what, String toReach, String measured, boolean reached) {
        figures.append(text("| %s | %s | %s | %s |\n", what, toReach, measured, reached ? "yes" : "**no**"));
    }

    /**
     * Adds the cost of a key of the delivery ledger.
     *
     * @param micros the microseconds for a key, by the way of writing
     */
    void ledger(Map<String, Series> micros) {
        details.append("""

                ## A key of the ledger

                | | µs | least to most |
                | --- | --- | --- |
                """);
        micros.forEach((how, found) -> details.append(
                text("| %s | %.1f | %.1f – %.1f |\n", how, found.median(), found.least(), found.most())));
    }

    void idlePoll(IdlePoll poll) {
        figure("requests of an idle poll", "1", text("%.2f", poll.requests()), poll.requests() == 1);
        details.append(text("""

                ## An idle poll

                %.0f µs of CPU and %.1f kB allocated, all of the component's, the HTTP client's and Camel's work for one poll.
                """, poll.cpuMicros(), poll.kilobytes()));
    }

    /**
     * Adds the time of a start.
     *
     * @param millis the milliseconds of a context with the component, and then of one without
     */
    void startUp(Series[] millis) {
        details.append("""

                ## Start-up

                A context with one route, in a JVM that has just begun:

                | | ms to start | least to most |
                | --- | --- | --- |
                """);
        String[] names = {"`clinicea:`", "`timer:`"};
        for (int i = 0; i < names.length; i++) {
            details.append(text(
                    "| from %s | %.0f | %.0f – %.0f |\n",
                    names[i], millis[i].median(), millis[i].least(), millis[i].most()));
        }
    }

    /** Adds a backlog whose rows are counted. */
    void backlog(Backlog backlog) {
        speedOf(backlog);
        figure(
                "bytes of state a row while that reading is open",
                "at most 48",
                text("%.1f", backlog.stateBytesPerRow()),
                backlog.stateBytesPerRow() <= 48);
    }

    /** Adds what any backlog has: that it completed, and whether it became slower. */
    void speedOf(Backlog backlog) {
        String what =
                text("%,d rows in `%s`, %s", backlog.rows(), String.join(" ", MillionRows.SMALL_HEAP), backlog.way());
        figure(what, "completes", text("%,.0f rows/s", backlog.rowsPerSecond()), true);
        figure(
                "rows/s in its last tenth to its first",
                "at least 0.8",
                text("%.2f", backlog.lastOverFirst()),
                backlog.lastOverFirst() >= 0.8);
        details.append(text(
                """

                ## %s

                Rows a second in each tenth: %s.
                """,
                what,
                Arrays.stream(backlog.rowsPerSecondOfTenths())
                        .mapToObj(speed -> text("%,.0f", speed))
                        .collect(Collectors.joining("; "))));
    }

    void pageParse(Map<String, PageParse> found) {
        details.append("""

                ## A page of 100 rows, without a network (JMH)

                | | µs a page, undisturbed (10 % are below) | median | kB allocated |
                | --- | --- | --- | --- |
                """);
        Map<String, String> names = Map.of(
                "jacksonToMaps", "Jackson alone, to maps",
                "rows", "the component, to rows: id, status, stamp, version, bytes",
                "rowsToJson", "the same in one pass with `bodyType=Json`",
                "rowsToMaps", "the same in one pass with `bodyType=Map`");
        double jackson = found.get("jacksonToMaps").micros();
        double toJson = found.get("rowsToJson").micros();
        figure(
                "a page without network: Jackson's own to `Map`, to ours with `bodyType=Json`, in time",
                "more than 1",
                text("%.2f", jackson / toJson),
                jackson > toJson);
        found.forEach((method, parse) -> details.append(text(
                "| %s | %.0f | %.0f | %.0f |\n",
                names.get(method), parse.micros(), parse.median(), parse.kilobytes())));
    }

    void pageMemory(Map<String, double[]> multiples) {
        details.append("""

                ## The memory of a page of 32 MiB while it is read

                The smallest heap in which a JVM of its own reads the page, less that for an empty page, to the bytes of the page. It
                includes these bytes.

                | | without bodies | with `bodyType=Map` |
                | --- | --- | --- |
                """);
        multiples.forEach(
                (kind, multiple) -> details.append(text("| %s | %.1f | %.1f |\n", kind, multiple[0], multiple[1])));
        double most = multiples.values().stream()
                .flatMapToDouble(Arrays::stream)
                .max()
                .orElseThrow();
        figure("memory of a page while it is read, to its bytes", "at most 4", text("%.1f", most), most <= 4);
    }

    String details() {
        return details.toString();
    }

    String page() {
        return text(
                        """
                # Benchmarks

                `mvn -q -Pbenchmarks -pl camel-clinicea-benchmarks -am` makes this page in about half an hour. Run it on a machine that does
                nothing else, and compare ratios only. [Performance](performance.md) says what they mean.

                The server is a process of its own on the same machine. It has one thread, pages rendered beforehand, and a latency before each
                response. Rows have 40 fields and %,d bytes, 100 on a page. Every peer does the same for each row: it counts it, reads its id and
                status, and drops it if it was seen. All peers are measured in one process, by turns, after a warm-up, in several rounds. The tables
                have medians, and the least and the most. A ratio is taken within each round, so that a changing load matters less.

                - *bare client*: camel-http's HTTP client and Jackson to `Map`, with no framework, no order and no state over a restart
                - *bare client in a route*: the same client, whose rows go through a Camel route on one thread and in order, with no state over a
                  restart. It shows the cost of Camel and of the order, and has no target
                - *route by hand*: `timer` + `http` + `unmarshal` + `split` + `idempotentConsumer`
                - *Spring Integration*: a polled page number, HTTP gateway, splitter, `MetadataStoreSelector`

                Into a database, all peers save the rows that are not deleted, delete the others, and keep a key for each version in the
                same database:

                - *bare client*: each of its eight threads writes the page that it has read, in one transaction of JDBC batches, in no
                  order. The component has a transaction for each status on a page: one or four here
                - *route by hand*: the same route with a `JdbcMessageIdRepository` and `sql:`

                | | |
                | --- | --- |
                | Machine | %d cores, %.0f GB of memory, %s; load before %.1f, after %.1f |
                | Java | %s %s, heap of 1 GB |
                | Versions | Camel %s, Spring Integration %s, H2 %s |

                ## Targets

                | | target | measured | met |
                | --- | --- | --- | --- |
                """,
                        RowTemplate.firstPage().length / RowTemplate.ROWS,
                        Runtime.getRuntime().availableProcessors(),
                        system().getTotalMemorySize() / 1e9,
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        loadBefore,
                        load(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.version"),
                        version(CamelContext.class),
                        version(org.springframework.integration.dsl.IntegrationFlow.class),
                        version(org.h2.Driver.class))
                + figures
                + details;
    }

    private static String version(Class<?> of) {
        return of.getPackage().getImplementationVersion();
    }

    private static double load() {
        return system().getSystemLoadAverage();
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
