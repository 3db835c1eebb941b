/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.SyncWorld.Node;

/** Is a step of a scenario. Steps are records, so that a failing scenario prints as a list of its steps. */
sealed interface Step {
    /** Twelve pages, read forward once, and backward and forward up to four times, with probes and confirmations. */
    int REQUESTS_OF_ANY_POLL = 400;

    void take(SyncWorld world);

    record Change(int rows) implements Step {
        @Override
        public void take(SyncWorld world) {
            for (int row = 0; row < rows; row++) {
                world.server.change();
            }
        }
    }

    record Pass(int millis) implements Step {
        @Override
        public void take(SyncWorld world) {
            world.server.pass(millis);
        }
    }

    record Poll() implements Step {
        @Override
        public void take(SyncWorld world) {
            world.node().pollQuietly();
        }
    }

    record PollFailingOnRows(int percent) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.route.failOn(percent);
            node.pollQuietly();
            node.route.heal();
        }
    }

    record PollFailingOnRequest(int request) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.failPage(request);
            node.pollQuietly();
        }
    }

    /**
     * Lets calls of the repository fail during a poll.
     *
     * @param times the number of failing calls in a row; fewer than four are repeated with success
     */
    record PollFailingOnRepository(int call, int times) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.connection.failAfter(call, times);
            node.pollQuietly();
        }
    }

    record PollWithErrorsInTheRoute(int percent) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.route.throwOn(percent);
            node.pollQuietly();
            node.route.heal();
        }
    }

    record PollWithAnErrorFromTheRepository(int call) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.connection.throwErrorAfter(call);
            node.pollQuietly();
        }
    }

    record PollOfAListWithoutAnEnd() implements Step {
        @Override
        public void take(SyncWorld world) {
            int before = world.server.requests();
            world.server.endless(true);
            world.node().pollQuietly();
            world.server.endless(false);
            // Rows without an id that change all the time are new rows, and only maxPages limits them. Another node's
            // polls do not count.
            if (world.setup.traits().ids() && world.setup.nodes() == HistoryChecker.Nodes.ONE) {
                assertThat(world.server.requests() - before)
                        .as(() -> "requests" + world.checker.story())
                        .isLessThan(REQUESTS_OF_ANY_POLL);
            }
        }
    }

    /**
     * Sets back the server's clock and its stamps. Does nothing if a clock is also wrong, because the time is unknown
     * then.
     */
    record ServerClockSetBack(int millis) implements Step {
        @Override
        public void take(SyncWorld world) {
            if (world.setup.traits().date() == Time.RIGHT
                    && world.setup.traits().localClock() == Time.RIGHT) {
                world.server.setBack(millis);
                // Only a poll before the clock reaches its former time can see that it was set back.
                world.node().pollQuietly();
            }
        }
    }

    /** Starts a sync of another list under the same name in another process. */
    record AnotherSyncStarts() implements Step {
        @Override
        public void take(SyncWorld world) {
            world.startAnotherSync();
        }
    }

    record PollSuspendedAfter(int rows) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.route.stopAfter(rows);
            node.pollQuietly();
            node.route.resume();
        }
    }

    record PollCrashingAt(int repositoryCall) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.connection.crashAfter(repositoryCall);
            node.pollQuietly();
        }
    }

    record Restart() implements Step {
        @Override
        public void take(SyncWorld world) {
            world.restart(world.node());
        }
    }

    /** Lets the route finish rows between two polls. */
    record RowsEnd(int rows, boolean well) implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            node.route.failOn(well ? 0 : 100);
            for (int row = 0; row < rows; row++) {
                node.route.endOne();
            }
            node.route.heal();
        }
    }

    record OtherNodePolls() implements Step {
        @Override
        public void take(SyncWorld world) {
            world.other(world.node()).ifPresent(Node::pollQuietly);
        }
    }

    /** Lets the route write to the clinic between two polls. */
    public record Write(int choice) implements Step {
        @Override
        public void take(SyncWorld world) {
            world.write(choice);
        }
    }

    /** Lets an operator skip one of the held rows between two polls. */
    public record SkipRow(int choice) implements Step {
        @Override
        public void take(SyncWorld world) {
            world.node().skipOne(choice);
        }
    }

    /** Lets an operator request all held rows again, after attempts that make them wait. */
    public record RetryHeldRows() implements Step {
        @Override
        public void take(SyncWorld world) {
            Node node = world.node();
            assertThat(node.sync.retryHeldRows()).isEqualTo(node.sync.heldRows().size());
        }
    }

    /** Starts the consumer again, as after a change of the leader. */
    record StartAgain() implements Step {
        @Override
        public void take(SyncWorld world) {
            world.node().start();
        }
    }
}
