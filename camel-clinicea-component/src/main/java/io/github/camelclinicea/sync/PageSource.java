package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import java.time.Instant;
import java.util.Set;

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
     * @throws PageRefusedException if the server answered with no page
     * @throws Exception if the page could not be had; the poll fails and is repeated
     */
    Page fetch(Instant since, int number) throws Exception;

    /**
     * Returns the names of the fields in which two rows differ; none if they cannot be found. By the thread that polls.
     *
     * @param one a row of this source
     * @param other another
     */
    default Set<String> differences(Row one, Row other) {
        return Set.of();
    }

    /** What a sync wants to know of the requests that its pages take, while they are fetched. From any thread. */
    interface Requests {
        /** A request may not be sent yet: told a few times a second, as long as it waits. Who waits so does not hang. */
        void waits();

        /**
         * The server refused a request because there are too many or because it is overloaded, or did not answer in time;
         * also where it is repeated.
         *
         * @param sentAt when it was sent, by {@link System#nanoTime}
         */
        void refused(long sentAt);
    }

    /** Called once, before the first page is fetched. A source that knows nothing of requests need do nothing. */
    default void tellOf(Requests requests) {}
}
