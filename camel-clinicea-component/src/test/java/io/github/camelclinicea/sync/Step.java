/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.SyncWorld.Node;

/** What may happen next. Records, so that a failing scenario prints as the list of what happened. */
sealed interface Step {
    /** Twelve pages, read forward, and backward and forward again up to four times, with probes and confirmations. */
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

    /** @param times fewer than four calls in a row that fail are made good by repeating them */
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
            // Rows without an id that change all the time are new ones; what bounds them is maxPages. Another node's
            // polls
            // do not count.
            if (world.setup.traits().ids() && world.setup.nodes() == HistoryChecker.Nodes.ONE) {
                assertThat(world.server.requests() - before)
                        .as(() -> "requests" + world.checker.story())
                        .isLessThan(REQUESTS_OF_ANY_POLL);
            }
        }
    }

    /** The server's clock is put back, and its stamps with it; nothing can be known where a clock is also wrong. */
    record ServerClockSetBack(int millis) implements Step {
        @Override
        public void take(SyncWorld world) {
            if (world.setup.traits().date() == Time.RIGHT
                    && world.setup.traits().localClock() == Time.RIGHT) {
                world.server.setBack(millis);
                // Unless it is polled before the clock is where it was, nothing shows that it was set back.
                world.node().pollQuietly();
            }
        }
    }

    /** Another process starts a sync of another list under the same name. */
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

    /** The route works on between two polls. */
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

    /** The route writes to the clinic between two polls. */
    public record Write(int choice) implements Step {
        @Override
        public void take(SyncWorld world) {
            world.write(choice);
        }
    }

    /** As when leadership is taken. */
    record StartAgain() implements Step {
        @Override
        public void take(SyncWorld world) {
            world.node().start();
        }
    }
}
