/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.HistoryChecker.Nodes;
import io.github.camelclinicea.sync.HostileServer.Base;
import io.github.camelclinicea.sync.HostileServer.End;
import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.Tuple.Tuple4;

/** Tests that the promises of docs/design/sync.md, section 1 hold for random servers and random steps. */
class SyncScenarioTest {
    /** Has the same scenarios in each run, so that a new failure comes from a change of the code. */
    @Property(seed = "20261124", edgeCases = EdgeCasesMode.NONE)
    void whatever_happens_the_promises_are_kept(
            @ForAll("setups") Setup setup, @ForAll("scenarios") List<Step> scenario) {
        play(setup, scenario);
    }

    /** Has other scenarios in each run, for the profile "proof". A failure prints the seed that repeats it. */
    @Tag("proof")
    @Tag("explore")
    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatever_else_happens_the_promises_are_kept(
            @ForAll("setups") Setup setup, @ForAll("scenarios") List<Step> scenario) {
        play(setup, scenario);
    }

    /** Has batches and bulk repositories. Not part of the continuous integration, as long as rare scenarios fail. */
    @Tag("proof")
    @Tag("explore")
    @Property(seed = "20261130", edgeCases = EdgeCasesMode.NONE)
    void whatever_happens_to_batches_the_promises_are_kept(
            @ForAll("batchedSetups") Setup setup, @ForAll("scenarios") List<Step> scenario) {
        play(setup, scenario);
    }

    /** Has transactions that contain the route's effect and the keys of a delivery. */
    @Property(seed = "20261130", edgeCases = EdgeCasesMode.NONE)
    void whatever_happens_to_transactions_each_version_takes_effect_once(
            @ForAll("transactedSetups") Setup setup, @ForAll("scenarios") List<Step> scenario) {
        play(setup, scenario);
    }

    @Property(seed = "20261124", edgeCases = EdgeCasesMode.NONE)
    void whatever_the_route_writes_the_promises_are_kept(
            @ForAll("writersSetups") Setup setup, @ForAll("writersScenarios") List<Step> scenario) {
        play(new SyncWorld(setup, true), scenario);
    }

    /**
     * Has an operator who skips held rows, between polls and while they run. Has batches in a part of the setups, whose
     * rare scenarios fail, so the number of tries does not grow.
     */
    @Property(seed = "20261201", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatever_an_operator_skips_the_promises_are_kept(
            @ForAll("operatedSetups") Setup setup, @ForAll("operatedScenarios") List<Step> scenario) {
        SyncWorld world = new SyncWorld(setup);
        world.skipSome();
        play(world, scenario);
    }

    /** A list that did not settle does not show which held rows were replaced. */
    @Example
    void given_rows_that_were_not_remembered_when_the_list_does_not_settle_then_no_older_one_comes_after_a_newer_one() {
        Lies lies = new Lies(6, 0, 0, true, false, false, 1, 0);
        Traits traits = new Traits(
                Order.MODIFIED,
                true,
                Base.ZERO,
                End.EMPTY,
                7,
                -1,
                0,
                false,
                10,
                100,
                3,
                false,
                Time.RIGHT,
                Time.JUMPS_BACK,
                true,
                true,
                false,
                lies);
        Setup setup = new Setup(traits, 6, 3, 2, 2, 0, false, true, false, false, false, Nodes.ONE, 3282);
        for (int call : List.of(41, 55, 59, 72, 101)) {
            play(
                    setup,
                    List.of(
                            new Step.Change(9),
                            new Step.Change(1),
                            new Step.Restart(),
                            new Step.PollSuspendedAfter(1),
                            new Step.Pass(500),
                            new Step.Change(6),
                            new Step.Change(13),
                            new Step.Pass(500),
                            new Step.AnotherSyncStarts(),
                            new Step.PollFailingOnRepository(call, 4),
                            new Step.PollWithErrorsInTheRoute(20)));
        }
    }

    private static void play(Setup setup, List<Step> scenario) {
        play(new SyncWorld(setup), scenario);
    }

    private static void play(SyncWorld world, List<Step> scenario) {
        world.refuseSome();
        for (Step step : scenario) {
            world.checker.note("-- " + step);
            step.take(world);
        }
        world.settleAndCheck();
    }

    @Provide
    Arbitrary<List<Step>> scenarios() {
        return steps().list().ofMinSize(1).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Step>> writersScenarios() {
        return Arbitraries.frequencyOf(
                        Tuple.of(2, steps()),
                        Tuple.of(1, Arbitraries.integers().between(0, 40).map(Step.Write::new)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(18);
    }

    @Provide
    Arbitrary<List<Step>> operatedScenarios() {
        return Arbitraries.frequencyOf(
                        Tuple.of(2, steps()),
                        Tuple.of(2, Arbitraries.of(50, 100).map(Step.PollFailingOnRows::new)),
                        Tuple.of(1, Arbitraries.integers().between(0, 40).map(Step.SkipRow::new)),
                        Tuple.of(1, Arbitraries.just(new Step.RetryHeldRows())))
                .list()
                .ofMinSize(1)
                .ofMaxSize(18);
    }

    private Arbitrary<Setup> decidableSetups() {
        return setups().filter(setup -> setup.traits().end() != End.REPEATS_LAST
                || setup.traits().lies().neighbour() == 0);
    }

    /** Returns setups of one node, with batches or transactions in a part of them. */
    @Provide
    Arbitrary<Setup> operatedSetups() {
        return Arbitraries.oneOf(
                decidableSetups().filter(setup -> setup.nodes() == Nodes.ONE),
                batchedSetups().filter(setup -> setup.nodes() == Nodes.ONE),
                transactedSetups());
    }

    /**
     * Returns setups with batches, a repository that takes many keys at once, or both. They leave out a server that repeats
     * its last page where it has no page and also sends a page with the rows of another: such a page may be taken for the
     * end.
     */
    @Provide
    Arbitrary<Setup> batchedSetups() {
        return decidableSetups()
                .map(setup -> new Setup(
                        setup.traits(),
                        setup.initialRows(),
                        setup.pagesInFlight(),
                        setup.overlapSeconds(),
                        setup.maxPasses(),
                        setup.maxRows(),
                        setup.asynchronous(),
                        setup.deletedWanted(),
                        setup.seed() % 3 != 0,
                        setup.seed() % 3 != 1,
                        false,
                        setup.nodes(),
                        setup.seed()));
    }

    /**
     * Returns setups of one node with transactions. Half of them have batches, and half a repository that takes many keys
     * at once. They leave out rows that no key recognises, which may come twice without a crash.
     */
    @Provide
    Arbitrary<Setup> transactedSetups() {
        return setups().filter(setup -> setup.nodes() == Nodes.ONE
                        && !setup.traits().relativeStatus()
                        && !setup.traits().lies().unsteady()
                        && setup.traits().lies().siblings() == 0
                        && (setup.traits().end() != End.REPEATS_LAST
                                || setup.traits().lies().neighbour() == 0))
                .map(setup -> setup.transacted((setup.seed() & 1) == 0, (setup.seed() & 2) == 0));
    }

    /**
     * Returns setups for a writing route. They leave out late commits, rows without ids and similar traits. With those,
     * a producer marks nothing or cannot recognise its own write.
     */
    @Provide
    Arbitrary<Setup> writersSetups() {
        return setups().filter(setup -> setup.traits().ids()
                && setup.traits().lagMillis() == 0
                && !setup.traits().relativeStatus()
                && setup.traits().lies().siblings() == 0
                && !setup.traits().lies().unsteady()
                && setup.nodes() != Nodes.INTERLEAVED);
    }

    private Arbitrary<Step> steps() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(1, 20).map(Step.Change::new)),
                Tuple.of(3, Arbitraries.of(100, 500, 2_000, 60_000, 7_200_000).map(Step.Pass::new)),
                Tuple.of(5, Arbitraries.just(new Step.Poll())),
                Tuple.of(2, Arbitraries.of(10, 50, 100).map(Step.PollFailingOnRows::new)),
                Tuple.of(2, Arbitraries.integers().between(1, 12).map(Step.PollFailingOnRequest::new)),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.integers().between(0, 60), Arbitraries.of(1, 4, 40))
                                .as(Step.PollFailingOnRepository::new)),
                Tuple.of(1, Arbitraries.of(20, 100).map(Step.PollWithErrorsInTheRoute::new)),
                Tuple.of(1, Arbitraries.integers().between(0, 60).map(Step.PollWithAnErrorFromTheRepository::new)),
                Tuple.of(1, Arbitraries.just(new Step.PollOfAListWithoutAnEnd())),
                Tuple.of(1, Arbitraries.just(new Step.AnotherSyncStarts())),
                Tuple.of(1, Arbitraries.of(2_000, 3_600_000).map(Step.ServerClockSetBack::new)),
                Tuple.of(2, Arbitraries.integers().between(0, 15).map(Step.PollSuspendedAfter::new)),
                Tuple.of(2, Arbitraries.integers().between(0, 80).map(Step.PollCrashingAt::new)),
                Tuple.of(1, Arbitraries.just(new Step.Restart())),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.integers().between(1, 10), Arbitraries.of(true, false))
                                .as(Step.RowsEnd::new)),
                Tuple.of(2, Arbitraries.just(new Step.OtherNodePolls())),
                Tuple.of(1, Arbitraries.just(new Step.StartAgain())));
    }

    @Provide
    Arbitrary<Setup> setups() {
        Arbitrary<Tuple4<Integer, Integer, Integer, Integer>> limits = Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(300, 10, 2),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 3), Tuple.of(1, 12)))
                .as(Tuple::of);
        Arbitrary<Tuple2<Boolean, Boolean>> route = Combinators.combine(
                        Arbitraries.of(false, true), Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)))
                .as(Tuple::of);
        return Combinators.combine(
                        traits(),
                        Arbitraries.integers().between(0, 30),
                        limits,
                        route,
                        Arbitraries.frequency(
                                Tuple.of(4, Nodes.ONE), Tuple.of(1, Nodes.IN_TURN), Tuple.of(1, Nodes.INTERLEAVED)),
                        Arbitraries.longs())
                .as((traits, rows, limit, how, nodes, seed) -> new Setup(
                        traits,
                        rows,
                        limit.get1(),
                        limit.get2(),
                        // Siblings on two pages are recognised by two passes.
                        Math.max(limit.get3(), traits.lies().siblings() > 0 ? 2 : 1),
                        limit.get4(),
                        how.get1(),
                        how.get2(),
                        false,
                        false,
                        false,
                        // A wrongly empty response hides the rows that another node has delivered in the meantime.
                        nodes == Nodes.IN_TURN && traits.lies().areTransient() ? Nodes.INTERLEAVED : nodes,
                        seed));
    }

    private record Listing(Order order, boolean inclusive, Base base, End end, int pageSize, int shortPage) {}

    private record Pace(int lag, boolean wholeSeconds, double rate, int request, int edits, boolean flipFlops) {}

    private record Clocks(Time date, Time local) {}

    private record Rows(boolean ids, boolean stamps, boolean relativeStatus) {}

    private Arbitrary<Traits> traits() {
        Arbitrary<Listing> listing = Combinators.combine(
                        Arbitraries.of(Order.class),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(
                                Tuple.of(3, Base.ZERO), Tuple.of(1, Base.ONE), Tuple.of(1, Base.ONE_FOR_ZERO)),
                        Arbitraries.frequency(Tuple.of(4, End.EMPTY), Tuple.of(1, End.REPEATS_LAST)),
                        Arbitraries.integers().between(3, 7),
                        Arbitraries.frequency(Tuple.of(4, -1), Tuple.of(1, 0), Tuple.of(1, 2)))
                .as(Listing::new);
        Arbitrary<Pace> pace = Combinators.combine(
                        Arbitraries.of(0, 500, 2_000),
                        Arbitraries.of(true, false),
                        Arbitraries.of(0.0, 0.5, 2.0, 10.0),
                        Arbitraries.of(20, 100),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(false, true))
                .as(Pace::new);
        // If both clocks are ahead, the time is unknown, and the contract does not cover this.
        Arbitrary<Clocks> clocks = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(6, Time.RIGHT),
                                Tuple.of(1, Time.AHEAD),
                                Tuple.of(1, Time.BEHIND),
                                Tuple.of(1, Time.JUMPS_BACK),
                                Tuple.of(1, Time.NONE)),
                        Arbitraries.frequency(
                                Tuple.of(4, Time.RIGHT),
                                Tuple.of(1, Time.AHEAD),
                                Tuple.of(1, Time.BEHIND),
                                Tuple.of(1, Time.JUMPS_BACK)))
                .as((date, local) -> new Clocks(date, date == Time.AHEAD && local == Time.AHEAD ? Time.RIGHT : local));
        Arbitrary<Rows> rows = Combinators.combine(
                        Arbitraries.frequency(Tuple.of(5, true), Tuple.of(1, false)),
                        Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
                        Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
                .as(Rows::new);
        Arbitrary<Lies> lies = Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 6), Tuple.of(1, 20)),
                        Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 10)),
                        Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 5)),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)),
                        Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1), Tuple.of(1, 3)),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 4)))
                .as(Lies::new);
        return Combinators.combine(listing, pace, clocks, rows, lies)
                .as((list, how, clock, row, lie) -> new Traits(
                        // If neither the order nor the content of a row stays the same, no row can be recognised.
                        lie.unsteady() && list.order() == Order.TIES ? Order.MODIFIED : list.order(),
                        list.inclusive(),
                        list.base(),
                        // A last page that differs at each request never equals the one before, so the list has no end.
                        list.order() == Order.TIES || lie.unsteady() ? End.EMPTY : list.end(),
                        list.pageSize(),
                        // After a single short page, a wrong end looks like a right one.
                        lie.empty() > 0 || lie.neighbour() > 0 ? -1 : list.shortPage(),
                        how.lag(),
                        how.wholeSeconds(),
                        how.rate(),
                        how.request(),
                        how.edits(),
                        // A sibling that returns to an earlier version looks like one that never changed.
                        how.flipFlops() && lie.siblings() == 0,
                        clock.date(),
                        clock.local(),
                        // A row without an id whose content differs at each read is a new row each time.
                        row.ids() || lie.unsteady(),
                        row.stamps(),
                        row.relativeStatus(),
                        // Without a Date, siblings on two pages are recognised because they are the same in the next
                        // poll.
                        lie.unsteady() ? lie.withSiblings(0) : lie));
    }
}
