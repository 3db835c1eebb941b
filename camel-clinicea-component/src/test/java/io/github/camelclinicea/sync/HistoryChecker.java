/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares the server's history with the deliveries, by the promises of docs/design/sync.md, section 1.
 *
 * <p>The promises do not cover these cases:
 *
 * <ul>
 * <li>A server may show rows of one stamp in another order at each request. If a page ends between such rows, promises
 *     1, 2 and 4 do not hold for the rest of the scenario.
 * <li>A version that a row had before, equal in bytes and stamp, may stay undelivered if another process had delivered
 *     it, before a restart or on another node. This process cannot find the key of the other one. See
 *     {@link #leftByAnotherProcess}.
 * <li>If the server's clock is earlier than the checkpoint, the list is requested since an earlier moment. Keys of that
 *     time may be removed already, so rows may come again.
 * <li>The route overwrote a version, and another user restored it, equal in bytes and stamp, before the next poll. The
 *     list shows no difference between the two polls.
 * <li>Siblings, which are rows of one record, may come again if one of them changed. A held sibling comes again even if
 *     it is the one that changed, because the list does not show which of them did.
 * <li>Two nodes may deliver a row twice. If one polls during the other's poll, the order holds for each node
 *     separately.
 * <li>Each version of a row without an id is a record of its own, so there is no order.
 * <li>A status that depends on the since-parameter makes a new version each time it changes. So promises 1, 3 and 4 are
 *     checked by content alone. After a restart, a content that came with both statuses may come once more. See
 *     {@link #leftUnderAnotherStatus}.
 * </ul>
 */
final class HistoryChecker {
    /** Says how many nodes may poll. */
    enum Nodes {
        ONE,
        IN_TURN,
        INTERLEAVED
    }

    /** Holds the deliveries of one row. */
    private static final class RowLog {
        private final Map<Object, Integer> place = new HashMap<>();
        /** For each content, the node that last finished it, by the version it was shown as. */
        private final Map<String, Map<RowVersion, Object>> doneBy = new HashMap<>();

        private int lastPlace;
        private String lastKey;
        private Object lastNode;
        private boolean lastKeyDone;
        private RowVersion lastVersion;
        /** The contents that the route wrote, and whether the last of them is the latest that it knows. */
        private final Set<String> written = new HashSet<>();

        private boolean lastWasWritten;
        private boolean lastVersionRemembered;
    }

    private final HostileServer server;
    private final VirtualTime time;
    private final CommittedEffects effects;
    private final Nodes nodes;
    private final boolean deletedWanted;
    /** By row. Siblings are separate rows. */
    private final Map<String, RowLog> rows = new HashMap<>();

    private final Map<Object, Set<Delivery>> inFlight = new HashMap<>();
    /** The last delivery of each version. */
    private final Map<String, Delivery> byVersion = new HashMap<>();

    private final List<Supplier<String>> log = new ArrayList<>();
    private Instant from;
    private int deliveries;
    private AssertionError violation;

    HistoryChecker(HostileServer server, VirtualTime time, Nodes nodes, boolean deletedWanted) {
        this.server = server;
        this.time = time;
        this.effects = new CommittedEffects(server, time);
        this.nodes = nodes;
        this.deletedWanted = deletedWanted;
    }

    /** Keeps a finding until {@link #check()}. An Error thrown in the route would only fail the row. */
    private void fail(String what) {
        AssertionError found = new AssertionError(what);
        if (violation == null) {
            violation = found;
        }
        throw found;
    }

    /**
     * Reports the findings.
     *
     * @throws AssertionError if a promise was broken
     */
    void check() {
        if (violation != null) {
            throw violation;
        }
    }

    void startsFrom(Instant syncFrom) {
        from = syncFrom;
    }

    /** Adds a readable line to the log of the scenario. */
    void note(String line) {
        note(() -> line);
    }

    void note(Supplier<String> line) {
        long at = time.now();
        log.add(() -> Instant.ofEpochMilli(at) + " " + line.get());
    }

    String story() {
        return log.stream().map(Supplier::get).collect(Collectors.joining("\n", "\n", "\n"));
    }

    int deliveries() {
        return deliveries;
    }

    static String key(Delivery delivery) {
        return key(delivery.row());
    }

    /** Returns the content of a row without its spelling, which is what a user compares. */
    static String key(Row row) {
        String content = new String(row.content(), StandardCharsets.UTF_8);
        int spelling = content.indexOf(HostileServer.SPELLING);
        return spelling < 0 ? content : content.substring(0, spelling);
    }

    private static String withoutSibling(String key) {
        return key.endsWith(HostileServer.SIBLING) ? key.substring(0, key.length() - 1) : key;
    }

    private static String logOf(String key) {
        return row(key) + (key.endsWith(HostileServer.SIBLING) ? HostileServer.SIBLING : "");
    }

    private Set<Delivery> inFlight(Object node) {
        return inFlight.computeIfAbsent(node, none -> new HashSet<>());
    }

    private RowLog log(Delivery delivery) {
        return rows.computeIfAbsent(logOf(key(delivery)), row -> new RowLog());
    }

    private static int row(String key) {
        return Integer.parseInt(key.substring(0, key.indexOf(':')));
    }

    /**
     * Records that the route gets rows together. Rows of one record may share a batch.
     */
    void handedOver(Object node, List<Delivery> together) {
        Set<Delivery> before = Set.copyOf(inFlight(node));
        together.forEach(delivery -> handedOver(node, delivery, before));
    }

    private void handedOver(Object node, Delivery delivery, Set<Delivery> before) {
        deliveries++;
        String key = key(delivery);
        RowLog row = log(delivery);
        note(() -> node + " delivers " + key + " " + delivery.row().status());
        if (server.traits().ids()) {
            if (server.traits().lies().siblings() == 0 || delivery.attempt() == 1) {
                checkOrder(node, row, key);
            }
            if (before.stream().anyMatch(other -> row(key(other)) == row(key))) {
                fail("two versions of a row in flight together: " + key + story());
            }
        }
        inFlight(node).add(delivery);
        byVersion.put(delivery.row().version().text(), delivery);
        checkDuplicate(node, row, delivery.row().version(), key);
        if (!key.equals(row.lastKey)) {
            row.lastKeyDone = false;
        }
        if (!delivery.row().version().equals(row.lastVersion)) {
            row.lastVersionRemembered = false;
        }
        row.lastKey = key;
        row.lastWasWritten = false;
        row.lastNode = node;
        row.lastVersion = delivery.row().version();
    }

    /** Checks promise 3: the deliveries follow the row's history in order, and never go back. */
    private void checkOrder(Object node, RowLog row, String key) {
        Object whose = nodes == Nodes.INTERLEAVED ? node : this;
        int at = place(key, row.place.getOrDefault(whose, 0));
        if (at < 0) {
            fail("an older version after a newer one: " + key + " of "
                    + server.history().get(row(key)) + story());
        }
        row.place.put(whose, at);
    }

    /** Returns the place in the row's history of a version that is delivered now; -1 if there is none. */
    private int place(String key, int from) {
        List<Version> history = server.history().get(row(key));
        for (int at = from; at < history.size(); at++) {
            if (history.get(at).key().equals(withoutSibling(key))
                    && history.get(at).visible() <= time.now()) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Checks promise 2. A version that the row returns to after another one is a new version, although it looks the
     * same.
     */
    private void checkDuplicate(Object node, RowLog row, RowVersion version, String key) {
        if (nodes != Nodes.ONE
                || server.cutTies()
                || server.clockBehind()
                || server.traits().lies().siblings() > 0) {
            return;
        }
        if (version.equals(row.lastVersion) && row.lastVersionRemembered) {
            int again = place(key, row.lastPlace + 1);
            if (again < 0 && !leftUnderAnotherStatus(node, row, version, key)) {
                fail("delivered twice: " + key + story());
            }
            row.lastPlace = Math.max(row.lastPlace, again);
            row.lastVersionRemembered = false;
        } else {
            row.lastPlace = Math.max(0, place(key, server.traits().ids() ? row.lastPlace : 0));
        }
    }

    /**
     * Returns whether an earlier process left a key for the same content with another status. A process that reads the
     * row with that status first takes it as known, and this status as a later change.
     */
    private boolean leftUnderAnotherStatus(Object node, RowLog row, RowVersion version, String key) {
        return server.traits().relativeStatus()
                && !node.equals(row.lastNode)
                && row.doneBy.getOrDefault(key, Map.of()).entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(version)
                                && !other.getValue().equals(node));
    }

    /** Records that the route finished a row without failure, independent of the delivery ledger. */
    void done(Object node, Delivery delivery) {
        RowLog row = log(delivery);
        note(() -> node + " is through with " + key(delivery));
        row.doneBy
                .computeIfAbsent(key(delivery), content -> new HashMap<>())
                .put(delivery.row().version(), node);
        row.lastKeyDone |= key(delivery).equals(row.lastKey);
        inFlight(node).remove(delivery);
    }

    /**
     * Records that an operator skipped a held version, which counts as done from then on.
     *
     * @param kept whether the repository has kept it, so that the version must not come again
     */
    void skipped(Object node, HeldRow held, boolean kept) {
        Delivery delivery = byVersion.get(held.version());
        RowLog row = log(delivery);
        note(() -> "an operator skips " + key(delivery) + " on " + node);
        row.doneBy
                .computeIfAbsent(key(delivery), content -> new HashMap<>())
                .put(delivery.row().version(), node);
        row.lastKeyDone |= key(delivery).equals(row.lastKey);
        if (kept && inFlight(node).stream().noneMatch(other -> other.row().equals(delivery.row()))) {
            remembered(delivery);
        }
    }

    /** Records that a transaction committed the route's effect of a row, and checks promise 7. */
    void committed(Object node, Delivery delivery) {
        done(node, delivery);
        remembered(delivery);
        if (!effects.add(key(delivery)) && !server.cutTies() && !server.clockBehind()) {
            fail("took effect twice, or after a newer version: " + key(delivery) + story());
        }
    }

    void remembered(Delivery delivery) {
        RowLog row = log(delivery);
        row.lastVersionRemembered |= delivery.row().version().equals(row.lastVersion);
    }

    void failed(Object node, Delivery delivery) {
        note(node + " fails on " + key(delivery));
        inFlight(node).remove(delivery);
    }

    void ended(Object node) {
        note(node + " ends");
        inFlight.remove(node);
    }

    /** Checks promise 4: all rows that will not be listed again were delivered. Runs each time the checkpoint moves. */
    void checkpointIs(Instant timestamp) {
        note("checkpoint " + timestamp);
        if (reorderedAtWill()) {
            return;
        }
        for (List<Version> history : server.history()) {
            Version latest = history.get(history.size() - 1);
            boolean listedAgain = server.traits().inclusive()
                    ? latest.stamp() >= timestamp.toEpochMilli()
                    : latest.stamp() > timestamp.toEpochMilli();
            if (!listedAgain && !workedOff(latest)) {
                fail("the checkpoint " + timestamp + " lies: " + latest + " was not delivered" + story());
            }
        }
    }

    /** Checks promise 1, after all changes have settled. */
    void nothingIsLost() {
        check();
        if (!reorderedAtWill()) {
            assertThat(lost()).as(() -> "lost" + story()).isEmpty();
        }
    }

    /** Returns the latest version of each row for which it did not arrive or did not arrive last. */
    List<Version> lost() {
        return server.history().stream()
                .map(history -> history.get(history.size() - 1))
                .filter(latest -> !workedOff(latest))
                .toList();
    }

    private boolean reorderedAtWill() {
        return server.traits().order() == Order.TIES && server.cutTies();
    }

    private boolean workedOff(Version latest) {
        return rowWorkedOff(latest) && (!server.hasSibling(latest.row()) || rowWorkedOff(latest.sibling()));
    }

    private boolean rowWorkedOff(Version latest) {
        RowLog row = rows.get(logOf(latest.key()));
        boolean due = (server.traits().inclusive()
                        ? latest.stamp() >= from.toEpochMilli()
                        : latest.stamp() > from.toEpochMilli())
                && (deletedWanted || !latest.deleted());
        if (!due) {
            return true;
        }
        if (row == null) {
            return false;
        }
        if (nodes == Nodes.INTERLEAVED || !server.traits().ids()) {
            return row.doneBy.containsKey(latest.key());
        }
        return latest.key().equals(row.lastKey) && row.lastKeyDone
                || effects.isLast(latest.key())
                || leftByAnotherProcess(row, latest)
                || writtenOver(row, latest);
    }

    /**
     * Records that the route wrote a version. Whether its echo is dropped or delivered, no older version may come after
     * it.
     */
    void marked(Row version) {
        String key = key(version);
        RowLog row = rows.computeIfAbsent(logOf(key), none -> new RowLog());
        note(() -> "the route wrote and marked " + key + " " + version.status());
        checkOrder(this, row, key);
        row.lastPlace = row.place.get(this);
        row.lastKey = key;
        row.lastKeyDone = true;
        row.written.add(key);
        row.lastWasWritten = true;
        row.lastNode = this;
        row.lastVersion = version.version();
        row.lastVersionRemembered = false;
    }

    private static boolean writtenOver(RowLog row, Version latest) {
        return row.lastWasWritten && (row.written.contains(latest.key()) || row.doneBy.containsKey(latest.key()));
    }

    private static boolean leftByAnotherProcess(RowLog row, Version latest) {
        return row.doneBy.getOrDefault(latest.key(), Map.of()).values().stream()
                .anyMatch(node -> !node.equals(row.lastNode));
    }

    /**
     * Returns, for promise 5, the number of pages with rows that the route has not finished. Held rows have their own
     * limit.
     */
    long pagesHeld(Object node) {
        return inFlight(node).stream()
                .filter(delivery -> delivery.attempt() == 1)
                .map(delivery -> server.fetchOf(delivery.row()))
                .distinct()
                .count();
    }
}
