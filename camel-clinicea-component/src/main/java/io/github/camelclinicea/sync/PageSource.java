/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
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
     * @param listener is notified of the requests that the page takes
     * @return the page; an empty one is the end of the list, so anything that is not certainly an empty answer must be
     *     an exception instead
     * @throws PageRefusedException if the server answered with no page
     * @throws Exception if the page could not be had; the poll fails and is repeated
     */
    Page fetch(Instant since, int number, RequestListener listener) throws Exception;

    /**
     * Returns the names of the fields in which two rows differ; none if they cannot be found. By the thread that polls.
     *
     * @param one a row of this source
     * @param other another
     */
    default Set<String> differences(Row one, Row other) {
        return Set.of();
    }
}
