package io.github.camelclinicea.sync;

import java.time.Instant;
import java.util.function.LongConsumer;

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

    /**
     * Says whom to tell of requests that the server refuses because there are too many or because it is overloaded, or does
     * not answer in time, also where they are repeated. Called once, before the first page is fetched. A source that cannot
     * know of any need do nothing.
     *
     * @param refused takes the time at which the request was sent, by {@link System#nanoTime}; from any thread
     */
    default void tellOfRefusals(LongConsumer refused) {}
}
