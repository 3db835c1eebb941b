/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelclinicea.benchmarks.RowTemplate.Statuses;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures whole syncs. The peers take turns in each round, and each round starts with another peer, so that no peer
 * has an advantage from the machine's load.
 */
final class SyncRounds {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * Holds the measurements of one peer.
     *
     * @param speed rows per second
     * @param cpu microseconds of CPU a row, of all threads of this process, garbage collection included
     */
    record Rounds(Series speed, Series cpu) {}

    private final ServerProcess server;
    private final Statuses statuses;

    SyncRounds(ServerProcess server, Statuses statuses) {
        this.server = server;
        this.statuses = statuses;
    }

    /**
     * Measures all peers.
     *
     * @param latencyMillis the server's latency for a page
     * @param pages pages of the list; {@link Peer#fewerPages} divides them
     * @param rounds the number of syncs of each peer
     */
    Map<Peer, Rounds> measure(List<Peer> peers, int latencyMillis, int pages, int rounds) throws Exception {
        Map<Peer, Rounds> result = new LinkedHashMap<>();
        peers.forEach(
                peer -> result.put(peer, new Rounds(new Series(new double[rounds]), new Series(new double[rounds]))));
        for (int round = 0; round < rounds; round++) {
            List<Peer> turn = new ArrayList<>(peers);
            Collections.rotate(turn, round);
            for (Peer peer : turn) {
                Rounds own = result.get(peer);
                sync(peer, latencyMillis, pages, round, own);
                System.err.printf(
                        "%2d ms, round %d: %,9.0f rows/s, %5.1f us CPU a row: %s, %d in flight%n",
                        latencyMillis,
                        round + 1,
                        own.speed().values()[round],
                        own.cpu().values()[round],
                        peer.name(),
                        peer.pagesInFlight());
            }
        }
        return result;
    }

    private void sync(Peer peer, int latencyMillis, int pages, int round, Rounds own) throws Exception {
        Tally tally = new Tally();
        int ownPages = pages / peer.fewerPages();
        try (Peer.Sync sync = peer.prepare(server.list(latencyMillis, ownPages, statuses), tally)) {
            System.gc();
            long cpu = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            sync.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3;
            long rows = (long) ownPages * RowTemplate.ROWS;
            tally.requireRows(rows, statuses.deletedOf(rows));
            sync.check(rows, statuses.deletedOf(rows));
            own.speed().values()[round] = rows / seconds;
            own.cpu().values()[round] = micros / rows;
        }
    }
}
