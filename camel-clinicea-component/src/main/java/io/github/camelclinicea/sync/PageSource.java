package io.github.camelclinicea.sync;

import java.time.Instant;

/** Where the pages of a change list come from. Called from several threads at once. */
@FunctionalInterface
public interface PageSource {
    /**
     * Fetches one page.
     *
     * @param since the moment since which changes are asked for, whole seconds
     * @param number the page number as the wire counts it
     * @return the page; an empty one is the end of the list, so anything that is not certainly an empty answer must be
     *     an exception instead
     * @throws PageRefusedException if the server says that it takes no such page number
     * @throws Exception if the page could not be had; the poll fails and is repeated
     */
    Page fetch(Instant since, int number) throws Exception;
}
