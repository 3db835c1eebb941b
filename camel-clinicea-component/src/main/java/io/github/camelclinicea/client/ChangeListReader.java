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
import java.util.function.Consumer;

/**
 * Reads the change list of a resource, page by page (docs/design/wire.md, section 2).
 *
 * <p>Specified by {@code CliniceaConsumerTest} and {@code WireBytesTest}.
 */
public final class ChangeListReader {
    private final String resource;
    private final ChangeList list;
    private final Paging paging;
    private final List<Parameter> parameters;
    private final Set<String> ignored;
    private final ListReader reader;
    private final Consumer<Set<String>> filledFields;

    /**
     * Creates a reader of one change list.
     *
     * @param client sends the requests
     * @param resource the resource's name, for messages
     * @param list the path, query parameters and fields of the list
     * @param parameters the query parameters that the user adds to every page
     * @param ignored the fields that are left out when the contents of rows are compared
     * @param ahead the format of the bodies to make while a page is read, where that is possible; null for none
     * @param acceptsDefects whether a row that cannot be read becomes a row with a defect; if not, its page fails
     * @param maxRowSize the largest row in bytes
     * @param filledFields receives the names of the filled fields of each page, on the thread that reads it. A field is
     *     filled if a row has a value in it other than null and an empty text. Null if they are not needed
     */
    public ChangeListReader(
            CliniceaClient client,
            String resource,
            ChangeList list,
            List<Parameter> parameters,
            Set<String> ignored,
            BodyFormat ahead,
            boolean acceptsDefects,
            int maxRowSize,
            Consumer<Set<String>> filledFields) {
        this.resource = resource;
        this.list = list;
        this.paging = new Paging(list.page(), list.pageSize());
        this.parameters = List.copyOf(parameters);
        this.ignored = Set.copyOf(ignored);
        RowFields fields = new RowFields(list.idFields(), list.statusFields(), list.modifiedFields(), ignored);
        this.reader = new ListReader(client, new RowReader(fields, ahead, maxRowSize), acceptsDefects);
        this.filledFields = filledFields;
    }

    /**
     * Reads a page.
     *
     * @param since the moment since which changes are requested
     * @param number the page number as the wire counts
     * @param extraParameters query parameters to add to this page
     * @param listener is notified of the requests that the page takes
     * @return the page; empty only if the response says so with certainty
     * @throws CliniceaException if there was no response, or one that is not a page
     * @throws InterruptedException if interrupted, or the client was closed, while waiting for a retry
     */
    public Page read(Instant since, int number, List<Parameter> extraParameters, RequestListener listener)
            throws CliniceaException, InterruptedException {
        List<Parameter> query = new ArrayList<>();
        for (SinceParameter parameter : list.since()) {
            query.add(new Parameter(parameter.name(), parameter.format().format(since)));
        }
        query.addAll(parameters);
        query.addAll(extraParameters);
        Request request = new Request(resource, "changes", "GET", list.path(), query, null);
        if (filledFields == null) {
            return reader.read(request, paging, number, listener);
        }
        Set<String> filled = new TreeSet<>();
        Page page = reader.read(request, paging, number, listener, filled);
        filledFields.accept(filled);
        return page;
    }

    /**
     * Returns the names of the fields in which two rows differ, without those that are left out when rows are compared.
     *
     * @param one a row as sent
     * @param other another
     */
    public Set<String> differences(byte[] one, byte[] other) {
        Set<String> names = new TreeSet<>(RowDifferences.between(one, other));
        names.removeAll(ignored);
        return names;
    }
}
