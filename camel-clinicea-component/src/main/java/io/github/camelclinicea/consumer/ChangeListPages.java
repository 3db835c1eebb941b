/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.ListReader;
import io.github.camelclinicea.client.RefusalBackoff;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.PageRefusedException;
import io.github.camelclinicea.sync.PageSource;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Fetches pages of the change list for the sync, and says which failures concern the page alone.
 *
 * <p>Specified by {@code FirstPageTest} and {@code CredentialsTest}.
 */
final class ChangeListPages implements PageSource {
    private final Supplier<ChangeListReader> reader;
    private final Consumer<Page> pageListener;
    private final RefusalBackoff refusals;

    /**
     * @param reader returns the reader of the consumer's current start
     * @param pageListener receives each page that was read, before any of its rows is emitted
     * @param refusals remembers when the server refused the credentials for the list
     */
    ChangeListPages(Supplier<ChangeListReader> reader, Consumer<Page> pageListener, RefusalBackoff refusals) {
        this.refusals = refusals;
        this.reader = reader;
        this.pageListener = pageListener;
    }

    @Override
    public Set<String> differences(Row one, Row other) {
        return reader.get().differences(one.content(), other.content());
    }

    @Override
    public Page fetch(Instant since, int number, RequestListener listener) throws Exception {
        long sentAt = refusals.requireDue();
        try {
            Page page = reader.get().read(since, number, List.of(), listener);
            refusals.accepted(sentAt);
            pageListener.accept(page);
            return page;
        } catch (CliniceaException e) {
            if (RefusalBackoff.isRefusal(e)) {
                refusals.refused(e, sentAt);
            }
            int status = e.getHttpResponseCode();
            if (!ListReader.mayConcernPage(e)) {
                throw e;
            }
            throw new PageRefusedException(e, status >= 400 && status < 500);
        }
    }
}
