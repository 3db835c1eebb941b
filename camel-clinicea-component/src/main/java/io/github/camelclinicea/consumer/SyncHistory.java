/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.SyncCounters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps what an operator wants to see of a sync over time. The component keeps it while the route is stopped, removed
 * or made again. Used by any thread.
 *
 * <p>Specified by {@code SyncHistoryTest}.
 */
public final class SyncHistory {
    /** The number of polls that are kept. */
    static final int POLLS = 50;

    private final SyncCounters counters = new SyncCounters();
    private final Deque<PollSummary> polls = new ArrayDeque<>();

    /** Returns the counters of the sync. */
    public SyncCounters counters() {
        return counters;
    }

    /** Adds a poll that has ended, and forgets the oldest one if there are too many. */
    synchronized void add(PollSummary poll) {
        polls.addFirst(poll);
        if (polls.size() > POLLS) {
            polls.removeLast();
        }
    }

    /** Returns the last polls, the latest first. */
    public synchronized List<PollSummary> recentPolls() {
        return List.copyOf(polls);
    }
}
