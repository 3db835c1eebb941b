/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.benchmarks.RowTemplate.Statuses;
import io.github.camelclinicea.benchmarks.SyncRounds.Rounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures everything, and prints and writes the page {@code docs/explanation/benchmarks.md}. With {@code --quick} it
 * only checks that everything works. It writes no page then, and its figures mean nothing. {@code --memory} prints only
 * the memory of a page, which does not depend on the load of the machine. {@code --database} prints only the syncs into
 * a database.
 */
public final class Benchmarks {
    static final Peer LIMIT = new BareClient(8);
    static final Peer LIMIT_OF_CAMEL = new BareClientWithRoute(8);
    static final Peer BY_HAND = new HandWrittenRoute(null);
    static final Peer SPRING = new SpringFlow();
    static final Peer AS_MAP = new CliniceaRoute("Map", 8, State.Kind.MEMORY, false);
    static final Peer IN_BATCHES = new CliniceaRoute("Map", 8, State.Kind.MEMORY, true);
    static final Peer AS_JSON = new CliniceaRoute("Json", 8, State.Kind.MEMORY, false);
    static final Peer IN_H2 = new CliniceaRoute("Map", 8, State.Kind.H2, false);
    static final Peer IN_H2_DELAYED = new CliniceaRoute("Map", 8, State.Kind.H2_DELAYED, false);

    private static final Path PAGE = Path.of("..", "docs", "explanation", "benchmarks.md");
    private static final int LATENCY_MILLIS = 50;
    private static final int LATENCY_WITH_DATABASE_MILLIS = 20;

    private Benchmarks() {}

    /**
     * Says how much is measured.
     *
     * @param rounds rounds of the quick measurements
     * @param slowRounds rounds of the syncs with latency
     * @param pages pages of a sync
     * @param polls idle polls
     * @param backlogPages pages of the large backlog
     */
    private record Amount(int rounds, int slowRounds, int pages, int polls, int backlogPages) {}

    public static void main(String[] args) throws Exception {
        Report report = new Report();
        if (List.of(args).contains("--memory")) {
            report.pageMemory(PageMemory.measure());
            System.out.println(report.details());
            return;
        }
        boolean quick = List.of(args).contains("--quick");
        Amount amount = quick ? new Amount(1, 1, 40, 100, 100) : new Amount(5, 5, 400, 2_000, 10_000);
        try (ServerProcess server = new ServerProcess()) {
            SyncRounds syncs = new SyncRounds(server, Statuses.MIXED);
            if (List.of(args).contains("--database")) {
                intoDatabases(server, amount, report);
                System.out.println(report.page());
                return;
            }
            List<Peer> fast = List.of(LIMIT, LIMIT_OF_CAMEL, IN_BATCHES, AS_MAP, AS_JSON, BY_HAND, SPRING);
            syncs.measure(fast, 0, amount.pages() * 2, quick ? 1 : 6);
            System.err.println("Warmed up.");
            Map<Peer, Rounds> without = syncs.measure(fast, 0, amount.pages() * 2, amount.rounds());
            report.fastSyncs(amount.pages() * 2, without);
            syncs.measure(List.of(IN_H2, IN_H2_DELAYED), 0, amount.pages(), quick ? 1 : 3);
            report.slowSyncs(
                    LATENCY_MILLIS,
                    amount.pages(),
                    syncs.measure(
                            List.of(LIMIT, AS_MAP, IN_H2, IN_H2_DELAYED, BY_HAND, SPRING),
                            LATENCY_MILLIS,
                            amount.pages(),
                            amount.slowRounds()));
            intoDatabases(server, amount, report);
            report.ledger(LedgerCost.measure(amount.polls(), amount.slowRounds()));
            report.idlePoll(IdlePoll.measure(server, amount.polls(), amount.polls()));
            report.startUp(StartUp.measure(server, amount.rounds()));
            report.backlog(MillionRows.rowByRow(server, amount.backlogPages()));
            report.speedOf(MillionRows.intoDatabase(server, amount.backlogPages()));
        }
        report.pageParse(PageParse.measure());
        report.pageMemory(PageMemory.measure());
        String page = report.page();
        System.out.println(page);
        if (!quick) {
            Files.writeString(PAGE, page);
        }
    }

    private static void intoDatabases(ServerProcess server, Amount amount, Report report) throws Exception {
        for (Database.Kind kind : Database.Kind.values()) {
            for (Statuses statuses : Statuses.values()) {
                intoDatabase(new SyncRounds(server, statuses), kind, statuses, amount, report);
            }
        }
    }

    private static void intoDatabase(
            SyncRounds syncs, Database.Kind kind, Statuses statuses, Amount amount, Report report) throws Exception {
        List<Peer> peers = List.of(
                new BareDatabaseClient(kind),
                new CliniceaIntoDatabase(kind, true),
                new CliniceaIntoDatabase(kind, false),
                new HandWrittenRoute(kind));
        syncs.measure(peers, LATENCY_WITH_DATABASE_MILLIS, amount.pages(), 1);
        report.intoDatabase(
                kind,
                statuses,
                LATENCY_WITH_DATABASE_MILLIS,
                amount.pages(),
                syncs.measure(peers, LATENCY_WITH_DATABASE_MILLIS, amount.pages(), amount.slowRounds()));
    }
}
