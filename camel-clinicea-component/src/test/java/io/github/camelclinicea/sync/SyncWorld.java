/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HistoryChecker.Nodes;
import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.TestRepository.Crash;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs a hostile server, a repository and one or two polling nodes, in one thread and in virtual time. */
final class SyncWorld {
    /**
     * Holds the settings of a scenario.
     *
     * @param initialRows rows before the first poll, not older than {@code syncFrom}
     * @param batching whether rows of one status are one delivery
     * @param bulk whether the repository takes many keys at once
     * @param transacted whether the route's effect and the keys of a delivery are one transaction
     */
    record Setup(
            Traits traits,
            int initialRows,
            int pagesInFlight,
            int overlapSeconds,
            int maxPasses,
            int maxRows,
            boolean asynchronous,
            boolean deletedWanted,
            boolean batching,
            boolean bulk,
            boolean transacted,
            Nodes nodes,
            long seed) {

        static Setup of(Traits traits, int initialRows) {
            return new Setup(traits, initialRows, 1, 300, 4, 0, false, true, false, false, false, Nodes.ONE, 1);
        }

        Setup pagesInFlight(int pages) {
            return edited(draft -> draft.pagesInFlight = pages);
        }

        Setup maxRows(int limit) {
            return edited(draft -> draft.maxRows = limit);
        }

        Setup maxPasses(int passes) {
            return edited(draft -> draft.maxPasses = passes);
        }

        Setup nodes(Nodes how) {
            return edited(draft -> draft.nodes = how);
        }

        Setup seed(long other) {
            return edited(draft -> draft.seed = other);
        }

        Setup transacted(boolean withBatches, boolean withBulk) {
            return edited(draft -> {
                draft.transacted = true;
                draft.batching = withBatches;
                draft.bulk = withBulk;
            });
        }

        private Setup edited(Consumer<Draft> edit) {
            Draft draft = new Draft(this);
            edit.accept(draft);
            return draft.done();
        }

        /** Collects changes to the settings. */
        private static final class Draft {
            private Traits traits;
            private int initialRows;
            private int pagesInFlight;
            private int overlapSeconds;
            private int maxPasses;
            private int maxRows;
            private boolean asynchronous;
            private boolean deletedWanted;
            private boolean batching;
            private boolean bulk;
            private boolean transacted;
            private Nodes nodes;
            private long seed;

            Draft(Setup from) {
                traits = from.traits();
                initialRows = from.initialRows();
                pagesInFlight = from.pagesInFlight();
                overlapSeconds = from.overlapSeconds();
                maxPasses = from.maxPasses();
                maxRows = from.maxRows();
                asynchronous = from.asynchronous();
                deletedWanted = from.deletedWanted();
                batching = from.batching();
                bulk = from.bulk();
                transacted = from.transacted();
                nodes = from.nodes();
                seed = from.seed();
            }

            Setup done() {
                return new Setup(
                        traits,
                        initialRows,
                        pagesInFlight,
                        overlapSeconds,
                        maxPasses,
                        maxRows,
                        asynchronous,
                        deletedWanted,
                        batching,
                        bulk,
                        transacted,
                        nodes,
                        seed);
            }
        }
    }

    static final Duration OLDEST = Duration.ofDays(10);
    static final int MAX_PAGES = 80;
    private static final int STUCK = 200_000;
    /** Without a Date, three polls are needed to recognise siblings on two pages. */
    private static final int CLEAN_POLLS = 4;

    /** Is a process with a sync. */
    final class Node implements PageSource {
        private final String name;
        final TestRepository.Connection connection =
                setup.bulk() ? repository.new BulkConnection() : repository.new Connection();
        final SeededExecutor executor = new SeededExecutor(random);
        final DeliveryLog route;
        final ChangeSync sync;
        private final Random refusals = new Random(setup.seed() + 2);
        private int pagesUntilFailure = Integer.MAX_VALUE;
        private boolean polling;
        private boolean answersEmpty;
        private int idleLooks;

        private Node(String name) {
            this.name = name;
            this.route = new DeliveryLog(
                    this,
                    checker,
                    random,
                    setup.asynchronous(),
                    setup.deletedWanted(),
                    this::meanwhile,
                    connection::isDead);
            if (setup.transacted()) {
                route.commitTo(connection);
            }
            SyncSettings settings = new SyncSettings(
                    "s",
                    Duration.ofSeconds(setup.overlapSeconds()),
                    setup.pagesInFlight(),
                    0,
                    false,
                    setup.traits().pageSize(),
                    MAX_PAGES,
                    setup.maxPasses(),
                    setup.maxRows(),
                    SyncSettings.MAX_HELD_ROWS,
                    SyncSettings.HELD_ROW_BACKOFF,
                    false,
                    setup.batching(),
                    setup.transacted());
            this.sync = sync(this, "/list", connection, settings, executor, echoes(connection));
        }

        void start() {
            sync.start(VirtualTime.BEGIN.minus(OLDEST));
        }

        @Override
        public Page fetch(Instant since, int number, RequestListener listener) throws Exception {
            assertThat(checker.pagesHeld(this))
                    .as(() -> "pages held while another is fetched" + checker.story())
                    .isLessThan(setup.pagesInFlight());
            boolean fails = --pagesUntilFailure <= 0;
            // Some requests are refused at first and succeed when they are repeated.
            if (refusing && (fails || refusals.nextInt(20) == 0)) {
                checker.note(this + " is refused page " + number);
                listener.refused(System.nanoTime());
            }
            if (fails) {
                throw new IOException("no answer");
            }
            Page sent = server.fetch(since, number, listener);
            Page page = answersEmpty ? new Page(number, List.of(), sent.serverTime()) : sent;
            checker.note(() -> this + " reads page " + number + " since " + since + ": "
                    + page.rows().stream().map(HistoryChecker::key).toList());
            return page;
        }

        /** Makes all responses empty, or normal again. */
        void answerEmpty(boolean how) {
            answersEmpty = how;
        }

        void failPage(int inRequests) {
            pagesUntilFailure = inRequests;
        }

        /** Moves the rest of the world: pages arrive, rows end, the other node polls. */
        private void meanwhile() {
            boolean moved = false;
            if (random.nextInt(3) == 0) {
                moved = executor.runOne();
            }
            if (random.nextInt(3) == 0) {
                moved |= route.endOne();
            }
            if (setup.nodes() == Nodes.INTERLEAVED && random.nextInt(40) == 0) {
                other(this).filter(node -> !node.polling).ifPresent(Node::pollQuietly);
            }
            idleLooks = moved ? 0 : idleLooks + 1;
            if (idleLooks > STUCK) {
                fail("stuck with " + executor.waiting() + " pages and " + route.held() + " rows under way"
                        + checker.story());
            }
        }

        PollResult poll() throws Exception {
            polling = true;
            idleLooks = 0;
            try {
                checker.note(this + " polls");
                PollResult result = sync.poll(route);
                checker.check();
                checker.note(this + " " + result);
                return result;
            } finally {
                polling = false;
                pagesUntilFailure = Integer.MAX_VALUE;
                connection.heal();
            }
        }

        /** Runs a poll. Only the faults of the scenario, and a list that repeats itself, may fail it. */
        Optional<PollResult> pollQuietly() {
            try {
                PollResult result = poll();
                if (connection.isDead()) {
                    restart(this);
                    return Optional.empty();
                }
                return Optional.of(result);
            } catch (IOException | IllegalStateException | SyncException e) {
                checker.note(this + " " + e);
                assertThat(e.getMessage())
                        .containsAnyOf(
                                "no answer",
                                "hold the same rows",
                                "out of order",
                                "did not end",
                                "does not end",
                                "is not the end");
                assertThat(e.getMessage().matches(".*(did not end|does not end|is not the end).*")
                                && !server.changing())
                        .as("a list that is quiet ends")
                        .isFalse();
                return Optional.empty();
            } catch (NoClassDefFoundError e) {
                checker.note(this + " " + e);
                return Optional.empty();
            } catch (Crash e) {
                restart(this);
                return Optional.empty();
            } catch (Exception e) {
                throw new AssertionError("a poll that should not have failed" + checker.story(), e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    final Setup setup;
    final VirtualTime time = new VirtualTime();
    final Random random;
    final HostileServer server;
    final HistoryChecker checker;
    final TestRepository repository = new TestRepository(this::checkpointWritten);
    private final boolean writes;
    private final List<Node> nodes = new ArrayList<>();
    private boolean refusing;
    private int processes;
    private Instant checkpoint;

    SyncWorld(Setup setup) {
        this(setup, false);
    }

    /**
     * Creates the world of a scenario.
     *
     * @param writes whether the route writes to the clinic and its echoes are dropped
     */
    SyncWorld(Setup setup, boolean writes) {
        this.setup = setup;
        this.writes = writes;
        this.random = new Random(setup.seed());
        this.server = new HostileServer(setup.traits(), time, setup.seed() + 1);
        this.checker = new HistoryChecker(server, time, setup.nodes(), setup.deletedWanted());
        checker.startsFrom(VirtualTime.BEGIN.minus(OLDEST));
        server.populate(setup.initialRows(), OLDEST.minusHours(1));
        start();
        if (setup.nodes() != Nodes.ONE) {
            start();
        }
    }

    private Node start() {
        Node node = new Node("process" + ++processes);
        node.start();
        nodes.add(node);
        return node;
    }

    private EchoMarks echoes(TestRepository.Connection connection) {
        return writes ? new EchoMarks(new RepositoryKeys(connection, 0), "s", server.localClock()) : null;
    }

    private ChangeSync sync(
            PageSource source,
            String path,
            TestRepository.Connection connection,
            SyncSettings settings,
            Executor executor,
            EchoMarks echoes) {
        return new ChangeSync(
                source,
                new RepositoryKeys(connection, 0),
                settings,
                new SyncIdentity("https://clinic.invalid", "list", path, Set.of(), "key"),
                executor,
                server.localClock(),
                echoes,
                HeldRowListener.NONE,
                new SyncCounters(),
                0);
    }

    /** Starts a sync of another list under the same name, which must be refused and leave no key. */
    void startAnotherSync() {
        Set<String> before = Set.copyOf(repository.keys());
        SyncSettings settings = new SyncSettings("s", Duration.ofMinutes(5), 1, 0, false, 5, MAX_PAGES, 4, 0);
        ChangeSync other = sync(
                (since, number, listener) -> fail("a list that is not to be asked for"),
                "/other",
                repository.new Connection(),
                settings,
                Runnable::run,
                null);
        assertThatThrownBy(() -> other.start(VirtualTime.BEGIN)).hasMessageContaining("syncId 's'");
        assertThat(repository.keys()).isEqualTo(before);
    }

    /** Writes as a producer does, without another user in between. */
    void write(int choice) {
        EchoMarks marks = echoes(repository.new Connection());
        Optional<Instant> since = marks.deliveredBefore();
        if (server.history().isEmpty() || since.isEmpty()) {
            return;
        }
        int row = choice % server.history().size();
        boolean guardedBefore = marks.guard("row" + row);
        Optional<Row> before = server.shown(row, since.get());
        boolean known =
                before.map(version -> marks.isKnown(version, guardedBefore)).orElse(true);
        server.edit(row);
        Optional<Row> after = server.shown(row, since.get());
        if (known
                && after.isPresent()
                && !after.equals(before)
                && marks.mark(after.get(), before.map(List::of).orElse(List.of()))) {
            checker.marked(after.get());
        } else {
            marks.unguard("row" + row);
        }
    }

    /** Lets the server refuse some requests, so that fewer pages are fetched at once. */
    void refuseSome() {
        refusing = true;
    }

    Node node() {
        return nodes.get(0);
    }

    Optional<Node> other(Node node) {
        return nodes.stream().filter(other -> other != node).findFirst();
    }

    /** Ends a process with all its pages and rows in flight, and starts a new one. */
    void restart(Node node) {
        node.connection.kill();
        checker.ended(node);
        nodes.remove(node);
        start();
        if (nodes.size() > 1) {
            nodes.add(nodes.remove(0));
        }
    }

    Instant checkpoint() {
        return new Checkpoint(
                        new RepositoryKeys(repository.new Connection()),
                        "s",
                        Clock.fixed(VirtualTime.BEGIN, ZoneOffset.UTC))
                .read()
                .orElse(null);
    }

    private void checkpointWritten() {
        Instant now = checkpoint();
        if (now != null && !now.equals(checkpoint)) {
            if (checkpoint != null && now.isBefore(checkpoint) && server.clockBehind()) {
                // On its way back, a checkpoint of the other node may show. What is lost by it is found in the end.
                checker.note("checkpoint back at " + now);
                checkpoint = now;
                return;
            }
            if (checkpoint != null && !server.clockBehind()) {
                assertThat(now)
                        .as(() -> "the checkpoint goes back" + checker.story())
                        .isAfter(checkpoint);
            }
            checkpoint = now;
            checker.checkpointIs(now);
        }
    }

    /** Ends all changes and faults, lets the nodes poll until nothing is left, and checks all promises. */
    void settleAndCheck() {
        checker.note("all is quiet from here");
        server.stopChanging();
        server.endless(false);
        nodes.forEach(node -> {
            node.route.heal();
            node.route.handleUnreadable();
        });
        server.pass(5_000);
        boolean reorders = false;
        for (Node node : List.copyOf(nodes)) {
            for (int clean = 0, polls = 0; clean < CLEAN_POLLS; polls++) {
                assertThat(polls)
                        .as(() -> "polls until quiet" + checker.story())
                        .isLessThan(100);
                server.pass(600_000);
                Optional<PollResult> result = node.pollQuietly();
                // A list that changes its order at each request may never settle. Only the checkpoint must be right.
                boolean hopeless = (server.cutTies() || setup.traits().lies().unsteady())
                        && result.isPresent()
                        && result.get().end() == End.UNSETTLED;
                reorders |= hopeless;
                clean += hopeless || result.isPresent() && result.get().end() == End.CLEAN ? 1 : 0;
                if (result.isEmpty()) {
                    // A repeated full last page looks like an ignored page parameter. The poll fails until the list has
                    // grown.
                    server.add();
                    server.pass(5_000);
                }
            }
        }
        checker.nothingIsLost();
        if (!reorders) {
            checkpointHasMoved();
        }
    }

    private void checkpointHasMoved() {
        Traits traits = setup.traits();
        if (traits.date() == Time.NONE) {
            assertThat(checkpoint).isNull();
            return;
        }
        // Four quiet polls, ten minutes apart. Wrong clocks are at most two hours behind.
        Instant due = Instant.ofEpochMilli(time.now() - server.setBackMillis())
                .minusSeconds(setup.overlapSeconds())
                .minus(Duration.ofHours(1))
                .minusSeconds(30)
                .minus(Duration.ofMinutes(40));
        boolean behind = traits.date() == Time.BEHIND
                || traits.localClock() == Time.BEHIND
                || traits.date() == Time.JUMPS_BACK
                || traits.localClock() == Time.JUMPS_BACK;
        // An empty list does not move the checkpoint, so it may be as old as the last change.
        Instant asked = checkpoint == null ? VirtualTime.BEGIN.minus(OLDEST) : checkpoint;
        if (server.listsAnything(asked)) {
            assertThat(checkpoint)
                    .as(() -> "checkpoint" + checker.story())
                    .isAfterOrEqualTo(behind ? due.minus(Duration.ofHours(2)) : due);
        }
    }
}
