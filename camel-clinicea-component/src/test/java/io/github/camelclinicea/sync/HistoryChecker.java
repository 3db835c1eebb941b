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
 * The one oracle: the server's history on one side, what was delivered on the other, and the promises of
 * docs/design/sync.md, section 1 between them.
 *
 * <p>What the promises do not cover, as narrowly as it can be said:
 *
 * <ul>
 *   <li>Once a page ended between two rows of one stamp that the server shows in another order at each request, it has
 *       reordered at will: promises 1, 2 and 4 are off for the rest of the scenario.
 *   <li>A version that a row had before, to the byte and the stamp, may stay undelivered if another process (before a
 *       restart, or on another node) had delivered it: the key that this one left cannot be found. See {@link
 *       #leftByAnotherProcess}.
 *   <li>Where the server's clock was earlier than the checkpoint, the list is asked for since an earlier moment, whose
 *       keys may have been trimmed: rows may come again.
 *   <li>A version that the route wrote over, and that another restored to the byte and the stamp before the next poll:
 *       from one poll to the next the list shows no difference.
 *   <li>Siblings, rows of one record, may come again where one of them changed; and one that is held comes again though
 *       it may be the one that changed, since nothing tells which of them did.
 *   <li>Two nodes may deliver twice. If one polls in the middle of the other's poll, order holds for each by itself.
 *   <li>A row without an id is a record of its own in each version, so that there is no order to keep.
 *   <li>A status that depends on the since-parameter makes a new version each time that it is another; what is compared
 *       here for promises 1, 3 and 4 is therefore the content alone. After a restart, a content that came under both
 *       statuses before may come once more: see {@link #leftUnderAnotherStatus}.
 * </ul>
 */
final class HistoryChecker {
    /** How many may poll. */
    enum Nodes {
        ONE,
        IN_TURN,
        INTERLEAVED
    }

    /** What is known of one row's deliveries. */
    private static final class RowLog {
        private final Map<Object, Integer> place = new HashMap<>();
        /** For each content, who was last through with it in each of the versions that it was shown as. */
        private final Map<String, Map<RowVersion, Object>> doneBy = new HashMap<>();

        private int lastPlace;
        private String lastKey;
        private Object lastNode;
        private boolean lastKeyDone;
        private RowVersion lastVersion;
        /** What the route wrote of it, and whether that is the last that it knows. */
        private final Set<String> written = new HashSet<>();

        private boolean lastWasWritten;
        private boolean lastVersionRemembered;
    }

    private final HostileServer server;
    private final VirtualTime time;
    private final Nodes nodes;
    private final boolean deletedWanted;
    /** By row, siblings by themselves. */
    private final Map<String, RowLog> rows = new HashMap<>();

    private final Map<Object, Set<Delivery>> inFlight = new HashMap<>();
    private final List<Supplier<String>> log = new ArrayList<>();
    private Instant from;
    private int deliveries;
    private AssertionError violation;

    HistoryChecker(HostileServer server, VirtualTime time, Nodes nodes, boolean deletedWanted) {
        this.server = server;
        this.time = time;
        this.nodes = nodes;
        this.deletedWanted = deletedWanted;
    }

    /**
     * An Error in the route is a failed row to the sync, so that what is found there must be kept until it is asked
     * for.
     */
    private void fail(String what) {
        AssertionError found = new AssertionError(what);
        if (violation == null) {
            violation = found;
        }
        throw found;
    }

    /** @throws AssertionError if a promise has been broken */
    void check() {
        if (violation != null) {
            throw violation;
        }
    }

    void startsFrom(Instant syncFrom) {
        from = syncFrom;
    }

    /** A readable line for whoever has to find out what happened. */
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

    /** The content of a row without its spelling: what makes it the same one to a user. */
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

    void handedOver(Object node, Delivery delivery) {
        deliveries++;
        String key = key(delivery);
        RowLog row = log(delivery);
        note(() -> node + " delivers " + key + " " + delivery.row().status());
        if (server.traits().ids()) {
            if (server.traits().lies().siblings() == 0 || delivery.attempt() == 1) {
                checkOrder(node, row, key);
            }
            if (inFlight(node).stream().anyMatch(other -> row(key(other)) == row(key))) {
                fail("two versions of a row in flight together: " + key + story());
            }
        }
        inFlight(node).add(delivery);
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

    /** Promise 3: there is a walk through the row's history, never back, that visits the deliveries in their order. */
    private void checkOrder(Object node, RowLog row, String key) {
        Object whose = nodes == Nodes.INTERLEAVED ? node : this;
        int at = place(key, row.place.getOrDefault(whose, 0));
        if (at < 0) {
            fail("an older version after a newer one: " + key + " of "
                    + server.history().get(row(key)) + story());
        }
        row.place.put(whose, at);
    }

    /** Where in its row's history a version can be that is delivered now, -1 if nowhere. */
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

    /** Promise 2. A version that the row was given back after another one is one more, though it looks the same. */
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
     * Whether an earlier process left a key for the same content under another status. A process that is shown that one
     * first takes it for known, and this one for a change that came after it.
     */
    private boolean leftUnderAnotherStatus(Object node, RowLog row, RowVersion version, String key) {
        return server.traits().relativeStatus()
                && !node.equals(row.lastNode)
                && row.doneBy.getOrDefault(key, Map.of()).entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(version)
                                && !other.getValue().equals(node));
    }

    /** The route is through with it, well. What the ledger makes of it is another matter. */
    void done(Object node, Delivery delivery) {
        RowLog row = log(delivery);
        note(() -> node + " is through with " + key(delivery));
        row.doneBy
                .computeIfAbsent(key(delivery), content -> new HashMap<>())
                .put(delivery.row().version(), node);
        row.lastKeyDone |= key(delivery).equals(row.lastKey);
        inFlight(node).remove(delivery);
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

    /** Promise 4: what will not be listed again has been worked off. Called each time that the timestamp moves. */
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
                fail("the checkpoint " + timestamp + " lies: " + latest + " was not worked off" + story());
            }
        }
    }

    /** Promise 1, once all is quiet. */
    void nothingIsLost() {
        check();
        if (!reorderedAtWill()) {
            assertThat(lost()).as(() -> "lost" + story()).isEmpty();
        }
    }

    /** @return the latest version of each row whose latest version did not arrive, or is not what arrived last */
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
                || leftByAnotherProcess(row, latest)
                || writtenOver(row, latest);
    }

    /** The route wrote it, and holds it: whether it is dropped or comes once more, nothing older may come after it. */
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
     * Promise 5: how many pages have rows that the route has not finished. Rows that are held have a bound of their
     * own.
     */
    long pagesHeld(Object node) {
        return inFlight(node).stream()
                .filter(delivery -> delivery.attempt() == 1)
                .map(delivery -> server.fetchOf(delivery.row()))
                .distinct()
                .count();
    }
}
