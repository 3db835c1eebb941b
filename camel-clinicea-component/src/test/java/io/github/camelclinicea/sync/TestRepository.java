/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.spi.IdempotentRepository;

/** A durable set of strings, and what one node sees of it: calls can be made to fail, or to be the node's last. */
final class TestRepository {
    /** The process ends here. An error, so that nothing in the sync takes it for a failure to be handled. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process ended", null, false, false);
        }
    }

    private final Set<String> keys = new HashSet<>();
    private final Runnable afterCheckpointKey;

    TestRepository(Runnable afterCheckpointKey) {
        this.afterCheckpointKey = afterCheckpointKey;
    }

    Set<String> keys() {
        return keys;
    }

    Set<String> keys(char separator) {
        Set<String> found = new TreeSet<>(keys);
        found.removeIf(key -> key.indexOf(separator) < 0);
        return found;
    }

    /** One node's connection. */
    final class Connection implements IdempotentRepository {
        private int calls;
        private int crashAt = Integer.MAX_VALUE;
        private int failAt = Integer.MAX_VALUE;
        private int failures;
        private boolean failsWithError;
        private int stopAt = Integer.MAX_VALUE;
        private Runnable atStop = () -> {};
        private int failingCheckpointCalls;
        private boolean dead;

        int calls() {
            return calls;
        }

        void crashAfter(int more) {
            crashAt = calls + more;
        }

        void beforeCall(int call, Runnable what) {
            stopAt = call;
            atStop = what;
        }

        /** @param times so many calls in a row fail */
        void failAfter(int more, int times) {
            failAt = calls + more;
            failures = times;
        }

        /** The call after so many fails with an Error. */
        void throwErrorAfter(int more) {
            failAfter(more, 1);
            failsWithError = true;
        }

        boolean isDead() {
            return dead;
        }

        /** The next key of a timestamp cannot be written, however often it is tried. */
        void failOnCheckpoint() {
            failingCheckpointCalls = 4;
        }

        void heal() {
            failsWithError = false;
            crashAt = Integer.MAX_VALUE;
            failAt = Integer.MAX_VALUE;
        }

        void kill() {
            dead = true;
        }

        private boolean call(Predicate<Set<String>> what) {
            calls++;
            if (calls == stopAt) {
                atStop.run();
            }
            if (dead || calls > crashAt) {
                dead = true;
                throw new Crash();
            }
            if (calls > failAt) {
                failAt = --failures > 0 ? failAt : Integer.MAX_VALUE;
                if (failsWithError) {
                    throw new NoClassDefFoundError("the repository is out of order");
                }
                throw new IllegalStateException("the repository is out of order");
            }
            return what.test(keys);
        }

        @Override
        public boolean add(String key) {
            if (failingCheckpointCalls > 0 && key.indexOf('@') >= 0) {
                failingCheckpointCalls--;
                throw new IllegalStateException("the repository is out of order");
            }
            boolean added = call(set -> set.add(key));
            if (key.indexOf('@') >= 0) {
                afterCheckpointKey.run();
            }
            return added;
        }

        @Override
        public boolean contains(String key) {
            return call(set -> set.contains(key));
        }

        @Override
        public boolean remove(String key) {
            return call(set -> set.remove(key));
        }

        @Override
        public boolean confirm(String key) {
            return call(set -> true);
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException("a repository is shared");
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
