package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.SyncWorld.Node;

/** What may happen next. Records, so that a failing scenario prints as the list of what happened. */
sealed interface Step {
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
    record Write(int choice) implements Step {
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
