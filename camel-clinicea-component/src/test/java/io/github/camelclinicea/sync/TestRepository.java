/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.state.BulkIdempotentRepository;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Holds a durable set of strings, with a connection for each node. A test can make calls fail, or end the node at a
 * call.
 */
final class TestRepository {
    /** Ends the process. It is an error, so that the sync does not handle it as a failure. */
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

    /** Is the connection of one node. */
    class Connection implements IdempotentRepository {
        private int calls;
        private int crashAt = Integer.MAX_VALUE;
        private int failAt = Integer.MAX_VALUE;
        private int failures;
        private boolean failsWithError;
        private int stopAt = Integer.MAX_VALUE;
        private Runnable atStop = () -> {};
        private int failingCheckpointCalls;
        private boolean dead;
        private boolean inTransaction;
        private boolean abortedByFailure;
        private boolean aborted;

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

        /**
         * Lets later calls fail.
         *
         * @param times the number of failing calls in a row
         */
        void failAfter(int more, int times) {
            failAt = calls + more;
            failures = times;
        }

        /** Lets a later call fail with an Error. */
        void throwErrorAfter(int more) {
            failAfter(more, 1);
            failsWithError = true;
        }

        boolean isDead() {
            return dead;
        }

        /** Lets every attempt to write the next key of a checkpoint fail. */
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

        /**
         * Runs some work in a transaction, and rolls it back if the work or the commit fails. The commit is two calls: its
         * request, and its response when it is done.
         *
         * @param failureAborts whether no call succeeds after a failed one, as in PostgreSQL
         * @param committed runs when the commit is done
         */
        void inTransaction(boolean failureAborts, Runnable work, Runnable committed) {
            Set<String> before = Set.copyOf(keys);
            boolean done = false;
            inTransaction = true;
            abortedByFailure = failureAborts;
            aborted = false;
            try {
                work.run();
                call(set -> true);
                done = true;
                committed.run();
                call(set -> true);
            } finally {
                inTransaction = false;
                if (!done) {
                    keys.clear();
                    keys.addAll(before);
                }
            }
        }

        boolean call(Predicate<Set<String>> what) {
            calls++;
            if (calls == stopAt) {
                atStop.run();
            }
            if (dead || calls > crashAt) {
                dead = true;
                throw new Crash();
            }
            if (inTransaction && aborted) {
                throw new IllegalStateException("the transaction is out of order");
            }
            if (calls > failAt) {
                aborted = abortedByFailure;
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
            boolean removed = call(set -> set.remove(key));
            if (key.indexOf('@') >= 0) {
                // A checkpoint that goes back is found only when the later one is gone.
                afterCheckpointKey.run();
            }
            return removed;
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

    /** Is the connection of one node that takes many keys at once. Removing them takes a call for every three. */
    final class BulkConnection extends Connection implements BulkIdempotentRepository {
        private static final int REMOVED_AT_ONCE = 3;

        @Override
        public Set<String> containsAll(Collection<String> wanted) {
            Set<String> present = new HashSet<>(wanted);
            call(present::retainAll);
            return present;
        }

        @Override
        public void addAll(Collection<String> added) {
            call(set -> set.addAll(added));
        }

        @Override
        public void removeAll(Collection<String> removed) {
            Iterator<String> rest = new TreeSet<>(removed).iterator();
            while (rest.hasNext()) {
                call(set -> {
                    for (int i = 0; i < REMOVED_AT_ONCE && rest.hasNext(); i++) {
                        set.remove(rest.next());
                    }
                    return true;
                });
            }
        }

        @Override
        public void forEach(String prefix, Consumer<String> action) {
            Set<String> listed = new TreeSet<>();
            call(listed::addAll);
            listed.stream().filter(key -> key.startsWith(prefix)).forEach(action);
        }
    }
}
