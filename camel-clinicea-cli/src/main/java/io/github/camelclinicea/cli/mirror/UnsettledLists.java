/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.event.CliniceaPollEvent.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Says that polls of a list do not get all of it, after several in a row: such a list changes while it is read, or shows
 * its rows in no stable order. Without a line, a user would take the wait for a hang.
 *
 * <p>Specified by {@code UnsettledListsTest}.
 */
final class UnsettledLists extends PollListener {
    /** The number of polls in a row before the first line. Each further line takes twice as many. */
    static final int FIRST_LINE = 5;

    private final Progress progress;
    private final Map<String, Integer> incomplete = new HashMap<>();

    UnsettledLists(Progress progress) {
        this.progress = progress;
    }

    @Override
    void ended(CliniceaPollEvent poll) {
        int polls = count(poll.getResource(), poll.getOutcome() == Outcome.INCOMPLETE && poll.getRowsFailed() == 0);
        if (polls >= FIRST_LINE && polls % FIRST_LINE == 0 && Integer.bitCount(polls / FIRST_LINE) == 1) {
            progress.say(poll.getResource() + ": " + polls + " polls in a row did not get the whole list, because it"
                    + " changes while it is read. The mirror goes on; the rows so far are in it");
        }
    }

    private synchronized int count(String resource, boolean isIncomplete) {
        int polls = isIncomplete ? incomplete.getOrDefault(resource, 0) + 1 : 0;
        incomplete.put(resource, polls);
        return polls;
    }
}
