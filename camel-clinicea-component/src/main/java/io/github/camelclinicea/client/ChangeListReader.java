/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.client.json.RowDifferences;
import io.github.camelclinicea.client.json.RowFields;
import io.github.camelclinicea.client.json.RowReader;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a resource's change list, page by page (docs/design/wire.md, section 2). */
public final class ChangeListReader {
    private final String resource;
    private final ChangeList list;
    private final Paging paging;
    private final List<Parameter> further;
    private final Set<String> ignored;
    private final ListReader reader;

    /**
     * @param client makes the calls
     * @param resource the resource's name, for messages
     * @param list how the list is asked for
     * @param further parameters sent with every page besides
     * @param ignored the fields that are left out when the contents of rows are compared
     * @param ahead the bodies that rows are to come with, where they can be made while a page is looked at; null for
     *     none
     * @param takesDefects whether a row that cannot be read is a row with a defect; if not, its page fails
     * @param maxRowSize the largest row in bytes
     */
    public ChangeListReader(
            CliniceaClient client,
            String resource,
            ChangeList list,
            List<Parameter> further,
            Set<String> ignored,
            BodyFormat ahead,
            boolean takesDefects,
            int maxRowSize) {
        this.resource = resource;
        this.list = list;
        this.paging = new Paging(list.page(), list.pageSize());
        this.further = List.copyOf(further);
        this.ignored = Set.copyOf(ignored);
        RowFields fields = new RowFields(list.idFields(), list.statusFields(), list.modifiedFields(), ignored);
        this.reader = new ListReader(client, new RowReader(fields, ahead, maxRowSize), takesDefects);
    }

    /**
     * Reads a page.
     *
     * @param since the moment since which changes are asked for
     * @param number the page number as the wire counts
     * @param extraParameters query parameters to add
     * @param listener is notified of the requests that the page takes
     * @return the page; empty only if the server certainly said so
     * @throws CliniceaException if there was no response, or one that is not a page
     * @throws InterruptedException if interrupted, or the client was closed, while waiting for a retry
     */
    public Page read(Instant since, int number, List<Parameter> extraParameters, RequestListener listener)
            throws CliniceaException, InterruptedException {
        List<Parameter> query = new ArrayList<>();
        for (SinceParameter parameter : list.since()) {
            query.add(new Parameter(parameter.name(), parameter.format().format(since)));
        }
        query.addAll(further);
        query.addAll(extraParameters);
        Request call = new Request(resource, "changes", "GET", list.path(), query, null);
        return reader.read(call, paging, number, listener);
    }

    /**
     * Returns the names of the fields in which two rows differ, those that are left out when rows are compared not
     * among them.
     *
     * @param one a row as sent
     * @param other another
     */
    public Set<String> differences(byte[] one, byte[] other) {
        Set<String> names = new TreeSet<>(RowDifferences.between(one, other));
        names.removeAll(ignored);
        return names;
    }

    /**
     * Returns the names of the fields in which a row holds anything.
     *
     * @param row a row as sent
     * @return the names; none if the row cannot be read
     */
    public static Set<String> filledFields(byte[] row) {
        return RowDifferences.filled(row);
    }
}
