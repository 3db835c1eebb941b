/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.time.Instant;
import java.util.Set;

/**
 * Fetches the pages of a change list. Called from several threads at once.
 *
 * <p>Specified by {@code SyncScenarioTest}.
 */
@FunctionalInterface
public interface PageSource {
    /**
     * Fetches one page.
     *
     * @param since the moment since which changes are requested, whole seconds
     * @param number the page number as the wire counts it
     * @param listener is notified of the requests that the page takes
     * @return the page. An empty one is the end of the list, so a response that is not certainly an empty list must
     *     be an exception instead
     * @throws PageRefusedException if the response held no page
     * @throws Exception if the page could not be fetched; the poll fails and is repeated
     */
    Page fetch(Instant since, int number, RequestListener listener) throws Exception;

    /**
     * Returns the names of the fields in which two rows differ; none if they cannot be found. Called by the thread
     * that polls.
     *
     * @param one a row of this source
     * @param other another row of this source
     */
    default Set<String> differences(Row one, Row other) {
        return Set.of();
    }
}
