/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Is a change list that does everything that the wire contract allows, and some things that it forbids. It is seeded
 * and runs in virtual time. Every request takes {@link Traits#requestMillis}, and the rows change meanwhile. It keeps
 * every version of every row for the {@link HistoryChecker}.
 */
final class HostileServer implements PageSource {
    enum Order {
        ID,
        MODIFIED,
        NEWEST_FIRST,
        CREATED,
        /** By stamp, with rows of one stamp in another order at each request. */
        TIES
    }

    enum Base {
        ZERO,
        ONE,
        /** Counts from one, and treats 0 as 1. */
        ONE_FOR_ZERO
    }

    enum End {
        EMPTY,
        REPEATS_LAST
    }

    enum Time {
        RIGHT,
        AHEAD,
        BEHIND,
        JUMPS_BACK,
        NONE
    }

    /**
     * @param shortPage the index of a page in the middle with half the rows; -1 for none
     * @param lagMillis the most milliseconds between a version's stamp and its commit
     * @param changesPerSecond the changes per second during a request
     * @param editsAtOnce the number of edits of one row within a second
     * @param flipFlops whether edits may restore a row's version before the last one
     */
    record Traits(
            Order order,
            boolean inclusive,
            Base base,
            End end,
            int pageSize,
            int shortPage,
            int lagMillis,
            boolean wholeSeconds,
            double changesPerSecond,
            int requestMillis,
            int editsAtOnce,
            boolean flipFlops,
            Time date,
            Time localClock,
            boolean ids,
            boolean stamps,
            boolean relativeStatus,
            Lies lies) {

        /** Returns the traits of a server without faults. */
        static Traits friendly() {
            return new Traits(
                    Order.MODIFIED,
                    true,
                    Base.ZERO,
                    End.EMPTY,
                    5,
                    -1,
                    0,
                    true,
                    0,
                    20,
                    1,
                    false,
                    Time.RIGHT,
                    Time.RIGHT,
                    true,
                    true,
                    false,
                    Lies.NONE);
        }

        Traits with(Lies other) {
            return edited(draft -> draft.lies = other);
        }

        Traits with(Order other, double rate) {
            return edited(draft -> {
                draft.order = other;
                draft.changesPerSecond = rate;
            });
        }

        Traits with(Base other, End otherEnd) {
            return edited(draft -> {
                draft.base = other;
                draft.end = otherEnd;
            });
        }

        Traits with(Time otherDate, Time otherClock) {
            return edited(draft -> {
                draft.date = otherDate;
                draft.localClock = otherClock;
            });
        }

        Traits withoutIds() {
            return edited(draft -> draft.ids = false);
        }

        Traits withoutStamps() {
            return edited(draft -> draft.stamps = false);
        }

        Traits withPages(int rows, int lag, int millis) {
            return edited(draft -> {
                draft.pageSize = rows;
                draft.lagMillis = lag;
                draft.requestMillis = millis;
            });
        }

        Traits withExclusiveSince() {
            return edited(draft -> draft.inclusive = false);
        }

        Traits withShortPage(int index) {
            return edited(draft -> draft.shortPage = index);
        }

        private Traits edited(Consumer<Draft> edit) {
            Draft draft = new Draft(this);
            edit.accept(draft);
            return draft.done();
        }

        /** Collects changes to the traits. */
        private static final class Draft {
            private Order order;
            private boolean inclusive;
            private Base base;
            private End end;
            private int pageSize;
            private int shortPage;
            private int lagMillis;
            private boolean wholeSeconds;
            private double changesPerSecond;
            private int requestMillis;
            private int editsAtOnce;
            private boolean flipFlops;
            private Time date;
            private Time localClock;
            private boolean ids;
            private boolean stamps;
            private boolean relativeStatus;
            private Lies lies;

            Draft(Traits from) {
                order = from.order();
                inclusive = from.inclusive();
                base = from.base();
                end = from.end();
                pageSize = from.pageSize();
                shortPage = from.shortPage();
                lagMillis = from.lagMillis();
                wholeSeconds = from.wholeSeconds();
                changesPerSecond = from.changesPerSecond();
                requestMillis = from.requestMillis();
                editsAtOnce = from.editsAtOnce();
                flipFlops = from.flipFlops();
                date = from.date();
                localClock = from.localClock();
                ids = from.ids();
                stamps = from.stamps();
                relativeStatus = from.relativeStatus();
                lies = from.lies();
            }

            Traits done() {
                return new Traits(
                        order,
                        inclusive,
                        base,
                        end,
                        pageSize,
                        shortPage,
                        lagMillis,
                        wholeSeconds,
                        changesPerSecond,
                        requestMillis,
                        editsAtOnce,
                        flipFlops,
                        date,
                        localClock,
                        ids,
                        stamps,
                        relativeStatus,
                        lies);
            }
        }
    }

    /** Holds one version of one row. Its key is its content, so equal keys mean equal versions. */
    public record Version(int row, String key, String status, long stamp, long visible) {
        boolean deleted() {
            return status.equals("Deleted");
        }

        /** Returns the second row of a record that the list shows as two rows. */
        Version sibling() {
            return new Version(row, key + SIBLING, status, stamp, visible);
        }
    }

    /** The end of a sibling's key. */
    static final String SIBLING = "+";
    /** The start of the part of a content after its key. */
    static final char SPELLING = '~';

    private record Edit(long at, int row) {}

    /** The error of a wrong clock. */
    private static final Duration WRONG = Duration.ofHours(2);

    /** The most pages of a growing clinic. */
    private static final int LARGEST = 12;

    private static final int INDEX_BITS = 20;
    private static final int TRUE_ANSWERS_AFTER_A_LIE = 8;

    private final Traits traits;
    private final VirtualTime time;
    private final Random random;
    private final List<List<Version>> rows = new ArrayList<>();
    private final PriorityQueue<Edit> edits = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    private final Map<Row, Integer> fetches = new IdentityHashMap<>();
    private final Map<Integer, Runnable> beforeRequest = new HashMap<>();
    private boolean changing = true;
    private boolean cutTies;
    private boolean clockBehind;
    private final List<Integer> asked = new ArrayList<>();
    private int requests;
    private int keys;
    private int spellings;
    private int trueUntil;
    /** The delay of the server's clock and its stamps. */
    private long setBackMillis;

    private boolean endless;

    HostileServer(Traits traits, VirtualTime time, long seed) {
        this.traits = traits;
        this.time = time;
        this.random = new Random(seed);
    }

    Traits traits() {
        return traits;
    }

    /** Adds rows of the past, spread evenly from the given age to now. */
    void populate(int count, Duration oldest) {
        for (int row = 0; row < count; row++) {
            long stamp = time.now() - oldest.toMillis() + row * oldest.toMillis() / (count + 1);
            add(stamp, 0);
        }
    }

    int add() {
        return add(time.now(), lag());
    }

    private int add(long moment, long lag) {
        int row = rows.size();
        rows.add(new ArrayList<>());
        rows.get(row).add(new Version(row, row + ":" + keys++, "Added", stamp(moment), moment + lag));
        return row;
    }

    void edit(int row) {
        List<Version> history = rows.get(row);
        Version last = history.get(history.size() - 1);
        Version restored = traits.flipFlops() && history.size() > 1 && random.nextInt(3) > 0
                ? history.get(history.size() - 2)
                : null;
        put(
                row,
                restored != null ? restored.key() : row + ":" + keys++,
                restored != null ? restored.status() : random.nextInt(8) == 0 ? "Deleted" : "Modified",
                Math.max(last.visible(), time.now() + lag()));
    }

    /** Restores the row to the version before its last edit. */
    void restore(int row) {
        List<Version> history = rows.get(row);
        Version before = history.get(history.size() - 2);
        put(row, before.key(), before.status(), time.now());
    }

    private void put(int row, String key, String status, long visible) {
        rows.get(row).add(new Version(row, key, status, stamp(time.now()), visible));
    }

    private long lag() {
        return traits.lagMillis() == 0 ? 0 : random.nextInt(traits.lagMillis() + 1);
    }

    private long stamp(long moment) {
        long stamp = moment - setBackMillis;
        return traits.wholeSeconds() ? Math.floorDiv(stamp, 1000) * 1000 : stamp;
    }

    /** Adds a row, or edits one row once or several times. A clinic of the largest size does not grow. */
    void change() {
        if (rows.isEmpty() || random.nextInt(6) == 0 && rows.size() < traits.pageSize() * LARGEST) {
            add();
            return;
        }
        int row = random.nextInt(rows.size());
        edit(row);
        for (int more = 1; more < traits.editsAtOnce(); more++) {
            edits.add(new Edit(time.now() + more * (1 + random.nextInt(300)), row));
        }
    }

    /** Sets the server's clock back permanently. */
    void setBack(long millis) {
        setBackMillis += millis;
    }

    long setBackMillis() {
        return setBackMillis;
    }

    /** Makes the list endless, or normal again. Each page of an endless list shows some of its rows. */
    void endless(boolean how) {
        endless = how;
    }

    void stopChanging() {
        changing = false;
        edits.clear();
    }

    /**
     * Runs an action before a later request.
     *
     * @param more the number of that request, 1 for the next one
     */
    void beforeRequest(int more, Runnable what) {
        beforeRequest.put(requests + more, what);
    }

    boolean changing() {
        return changing;
    }

    /** Lets time pass and makes the edits that are due. */
    void pass(long millis) {
        long end = time.now() + millis;
        while (!edits.isEmpty() && edits.peek().at() <= end) {
            Edit edit = edits.remove();
            time.pass(Math.max(0, edit.at() - time.now()));
            edit(edit.row());
        }
        time.pass(end - time.now());
    }

    private void requestTakesItsTime() {
        long left = traits.requestMillis();
        if (changing && traits.changesPerSecond() > 0) {
            double next = -Math.log(1 - random.nextDouble()) * 1000 / traits.changesPerSecond();
            while (next < left) {
                pass((long) next);
                left -= (long) next;
                change();
                next = 1 - Math.log(1 - random.nextDouble()) * 1000 / traits.changesPerSecond();
            }
        }
        pass(left);
    }

    @Override
    public Page fetch(Instant since, int number, RequestListener listener) throws PageRefusedException {
        requests++;
        asked.add(number);
        requestTakesItsTime();
        beforeRequest.getOrDefault(requests, () -> {}).run();
        Lies lies = traits.lies();
        if (traits.base() == Base.ONE && number == 0) {
            return zeroOfAListFromOne();
        }
        if (number == 0 && lies(lies.refused())) {
            throw new PageRefusedException(new IllegalStateException("no answer"), random.nextBoolean());
        }
        int index = traits.base() == Base.ZERO ? number : Math.max(0, number - 1);
        if (lies(lies.neighbour())) {
            index = Math.max(0, index + (random.nextBoolean() ? 1 : -1));
        }
        List<Row> page;
        if (lies(lies.empty())) {
            page = List.of();
        } else {
            page = endless ? anyRows(since) : page(since, index);
        }
        Instant sent = serverTime();
        clockBehind |= sent != null && sent.isBefore(since);
        return new Page(number, page, sent);
    }

    /** Returns whether this response is wrong. The next ones are right. */
    private boolean lies(int oneIn) {
        if (oneIn == 0 || !changing || requests < trueUntil || random.nextInt(oneIn) > 0) {
            return false;
        }
        trueUntil = requests + TRUE_ANSWERS_AFTER_A_LIE;
        return true;
    }

    private Page zeroOfAListFromOne() throws PageRefusedException {
        if (traits.lies().emptyZero()) {
            return new Page(0, List.of(), serverTime());
        }
        throw new PageRefusedException(new IllegalArgumentException("pages are counted from 1"), true);
    }

    private List<Row> anyRows(Instant since) {
        List<Version> listed = listed(since);
        List<Row> page = new ArrayList<>();
        for (int row = 0; row < traits.pageSize() && !listed.isEmpty(); row++) {
            page.add(noted(listed.get(random.nextInt(listed.size())), since));
        }
        return page;
    }

    private List<Row> page(Instant since, int number) {
        List<Version> listed = listed(since);
        int index = number;
        int last = 0;
        while (start(last + 1) < listed.size()) {
            last++;
        }
        if (traits.end() == End.REPEATS_LAST) {
            index = Math.min(index, last);
        }
        int from = Math.min(start(index), listed.size());
        int to = Math.min(start(index + 1), listed.size());
        if (traits.order() == Order.TIES) {
            cutTies |= cutsTie(listed, from) || cutsTie(listed, to);
        }
        List<Row> page = new ArrayList<>(to - from);
        for (Version version : listed.subList(from, to)) {
            page.add(noted(version, since));
        }
        return page;
    }

    private Row noted(Version version, Instant since) {
        Row row = row(version, since);
        fetches.put(row, requests);
        return row;
    }

    private static boolean cutsTie(List<Version> listed, int at) {
        return at > 0
                && at < listed.size()
                && listed.get(at - 1).stamp() == listed.get(at).stamp();
    }

    private int start(int index) {
        int missing = traits.shortPage() >= 0 && index > traits.shortPage() ? traits.pageSize() / 2 : 0;
        return index * traits.pageSize() - missing;
    }

    private List<Version> listed(Instant since) {
        long bound = since.toEpochMilli();
        int[] shuffled = traits.order() == Order.TIES ? shuffle(rows.size()) : null;
        long[] order = new long[rows.size()];
        Version[] current = new Version[rows.size()];
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            Version version = current(row);
            if (version != null && (traits.inclusive() ? version.stamp() >= bound : version.stamp() > bound)) {
                int tie = shuffled == null ? row : shuffled[row];
                current[tie] = version;
                order[count++] = place(version) << INDEX_BITS | tie;
            }
        }
        Arrays.sort(order, 0, count);
        List<Version> listed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Version version = current[(int) (order[i] & (1 << INDEX_BITS) - 1)];
            listed.add(version);
            if (hasSibling(version.row())) {
                listed.add(version.sibling());
            }
        }
        return listed;
    }

    private long place(Version version) {
        return switch (traits.order()) {
            case ID -> version.row() * 0x9e3779b97f4a7c15L >>> 32;
            case CREATED -> 0;
            case MODIFIED, TIES -> version.stamp();
            case NEWEST_FIRST -> (1L << 42) - version.stamp();
        };
    }

    private int[] shuffle(int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            places[i] = places[j];
            places[j] = i;
        }
        return places;
    }

    boolean listsAnything(Instant since) {
        return !listed(since).isEmpty();
    }

    /** Returns the row as the list shows it now, or empty if it is not listed. */
    Optional<Row> shown(int row, Instant since) {
        return listed(since).stream()
                .filter(version -> version.row() == row)
                .map(version -> row(version, since))
                .findFirst();
    }

    private Row row(Version version, Instant since) {
        String status = version.status();
        if (traits.relativeStatus() && !version.deleted()) {
            status = rows.get(version.row()).get(0).stamp() >= since.toEpochMilli() ? "Added" : "Modified";
        }
        String id = traits.ids() ? "row" + version.row() : null;
        String stamp = traits.stamps() ? Instant.ofEpochMilli(version.stamp()).toString() : null;
        byte[] key = version.key().getBytes(StandardCharsets.UTF_8);
        Lies lies = traits.lies();
        boolean spelt = lies.respelt() || lies.unsteady();
        byte[] content = spelt ? (version.key() + SPELLING + spellings++).getBytes(StandardCharsets.UTF_8) : key;
        byte[] compared = lies.unsteady() ? content : key;
        boolean unreadable = lies.unreadable() > 0 && version.row() % lies.unreadable() == 1;
        return new Row(
                id,
                status,
                stamp,
                content,
                null,
                RowVersion.of(id, status, stamp, compared),
                unreadable ? "it is not well-formed" : null);
    }

    boolean hasSibling(int row) {
        return traits.lies().siblings() > 0 && row % traits.lies().siblings() == 0;
    }

    private Version current(int row) {
        List<Version> history = rows.get(row);
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).visible() <= time.now()) {
                return history.get(i);
            }
        }
        return null;
    }

    private Instant serverTime() {
        Instant sent = wrong(traits.date());
        return sent == null ? null : sent.minusMillis(setBackMillis).truncatedTo(ChronoUnit.SECONDS);
    }

    private Instant wrong(Time how) {
        Instant right = Instant.ofEpochMilli(time.now());
        return switch (how) {
            case RIGHT -> right;
            case AHEAD -> right.plus(WRONG);
            case BEHIND -> right.minus(WRONG);
            case JUMPS_BACK -> random.nextInt(3) == 0 ? right.minus(WRONG) : right;
            case NONE -> null;
        };
    }

    /** Returns the clock of the machine that the sync runs on. */
    Clock localClock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return wrong(traits.localClock());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** Returns the requested page numbers, in their order. */
    List<Integer> asked() {
        return asked;
    }

    int requests() {
        return requests;
    }

    /** Returns every version of every row, oldest first, including those that are not visible yet. */
    List<List<Version>> history() {
        return rows;
    }

    /** Returns whether a page ended between two rows that the next request may show in another order. */
    boolean cutTies() {
        return cutTies;
    }

    /** Returns whether its {@code Date} was once earlier than the moment since which changes were requested. */
    boolean clockBehind() {
        return clockBehind;
    }

    /** Returns the number of the request that fetched the row. */
    int fetchOf(Row row) {
        return fetches.get(row);
    }
}
