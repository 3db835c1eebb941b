/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.PageSize;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.MalformedPageException;
import io.github.camelclinicea.client.json.RowFields;
import io.github.camelclinicea.client.json.RowReader;
import io.github.camelclinicea.row.FirstPageRules;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Requests a list and reads its response into rows. The status and the bytes of a response decide what it means, so
 * that a page is empty only if the response says so with certainty:
 *
 * <ul>
 *   <li>204 is an empty page. HTTP allows no body for it. If a server sends one, it is not read, and the connection is
 *       not used again.
 *   <li>Any other success must be a complete JSON array of objects in UTF-8; {@code []} is an empty page. A body that
 *       is empty, truncated, HTML, or another kind of JSON is a failed page.
 *   <li>An array of one object is a failed page if the object has no id and only fields of an error.
 *   <li>In a change list, a row that cannot be read is a row with a defect if the end of each row is certain. In any
 *       other list it makes its page a failed page, because the caller must not take a part of a list for all of it.
 *   <li>{@code Content-Type} is ignored. Servers omit it or get it wrong, and JSON between systems is UTF-8 regardless
 *       of a charset (RFC 8259). Another encoding is detected by its bytes, except for ASCII, which is the same in
 *       both. Guessing the encoding would put wrong letters into names.
 * </ul>
 *
 * <p>A failed page is requested again as the retry policy says, like a page whose connection broke. A truncated body
 * may look the same, and one page must not end a reading of hundreds of pages. A maintenance page with the status 200
 * therefore costs a few more requests before it fails the poll. The next poll repeats the reading.
 */
public final class ListReader {
    /** For rows without an id. */
    private static final ErrorObject ERRORS = new ErrorObject(row -> null);

    private final CliniceaClient client;
    private final RowReader rows;
    private final boolean acceptsDefects;

    /**
     * Creates a reader of lists that an operation looks up. Its rows have no version.
     *
     * @param client sends the requests
     * @param idFields the fields that may hold a row's id
     * @param statusFields the fields that may hold its status
     * @param modifiedFields the fields that may hold its stamp
     * @param maxRowSize the largest row in bytes
     */
    public ListReader(
            CliniceaClient client,
            List<String> idFields,
            List<String> statusFields,
            List<String> modifiedFields,
            int maxRowSize) {
        this(
                client,
                RowReader.withoutVersions(
                        new RowFields(idFields, statusFields, modifiedFields, Set.of()), null, maxRowSize),
                false);
    }

    /**
     * Creates a reader.
     *
     * @param acceptsDefects whether a row that cannot be read becomes a row with a defect; if not, its page fails
     */
    ListReader(CliniceaClient client, RowReader rows, boolean acceptsDefects) {
        this.client = client;
        this.rows = rows;
        this.acceptsDefects = acceptsDefects;
    }

    /**
     * Returns the page of a response.
     *
     * @param number the page's number; null for a list without pages
     * @param filledFields receives the names of the filled fields in place of those that it holds; may be null
     */
    private Page page(Request request, Integer number, Response response, Set<String> filledFields)
            throws CliniceaException {
        if (filledFields != null) {
            // A response that failed and was requested again may have left some.
            filledFields.clear();
        }
        if (response.status() == 204) {
            return new Page(number == null ? 0 : number, List.of(), response.serverTime());
        }
        try {
            List<Row> read = rows.read(response.body(), filledFields);
            requireNoError(read);
            if (!acceptsDefects) {
                requireReadable(read);
            }
            return new Page(number == null ? 0 : number, read, response.serverTime());
        } catch (MalformedPageException e) {
            throw request.failure(
                    "Clinicea's response to " + request + (number == null ? "" : ", page " + number + ",")
                            + (e.isTooLarge() ? " is too large: " : " is not a list of rows: ") + e.getMessage(),
                    response.status(),
                    !e.isTooLarge(),
                    e);
        }
    }

    /**
     * Returns whether a page failed because its rows cannot be read. Then a page of this number exists.
     *
     * @param failure the failure of the page
     */
    public static boolean hadRows(CliniceaException failure) {
        return failure.getCause() instanceof MalformedPageException page && page.hasRows();
    }

    /**
     * Returns whether a failure may be due to the number of the page. That of a staff login is not.
     *
     * @param failure the failure of the page
     */
    public static boolean mayConcernPage(CliniceaException failure) {
        return FirstPageRules.mayConcernPage(failure.getHttpResponseCode())
                && !hadRows(failure)
                && !Request.LOGIN.equals(failure.getResource());
    }

    /** Refuses an error in an array, which would look like a short page, and so like the end of the list. */
    private static void requireNoError(List<Row> rows) throws MalformedPageException {
        if (rows.size() == 1 && rows.get(0).id() == null && isError(rows.get(0))) {
            throw new MalformedPageException("it is an error in place of the rows");
        }
    }

    private static boolean isError(Row row) {
        try {
            return row.defect() == null && ERRORS.isAllError(Json.mapper().readTree(row.content()));
        } catch (IOException | NumberFormatException e) {
            // The row holds a number that fits no type, for example, so it is no error.
            return false;
        }
    }

    private static void requireReadable(List<Row> rows) throws MalformedPageException {
        for (int i = 0; i < rows.size(); i++) {
            String defect = rows.get(i).defect();
            if (defect != null) {
                throw MalformedPageException.at(rows.subList(0, i), "cannot be read: " + defect);
            }
        }
    }

    /**
     * Reads a page, or a list that has no pages.
     *
     * @param request the request without its page
     * @param paging the query parameters of a page; null for a list without pages
     * @param number the page number as the wire counts; ignored without pages
     * @param listener is notified of the requests that the page takes
     * @return the page; empty only for a 204 or an array without entries
     * @throws CliniceaException if there was no response, or one that is not a list
     * @throws InterruptedException if interrupted, or the client was closed, while waiting for a retry
     */
    public Page read(Request request, Paging paging, int number, RequestListener listener)
            throws CliniceaException, InterruptedException {
        return read(request, paging, number, listener, null);
    }

    /**
     * As {@link #read(Request, Paging, int, RequestListener)}, and returns the names of the filled fields.
     *
     * @param filledFields receives the names of the fields in which a row of the page has a value other than null and
     *     an empty text; without meaning if the page fails; null if they are not needed
     */
    Page read(Request request, Paging paging, int number, RequestListener listener, Set<String> filledFields)
            throws CliniceaException, InterruptedException {
        if (paging == null) {
            return client.call(request, response -> page(request, null, response, filledFields), listener);
        }
        List<Parameter> query = new ArrayList<>(request.query());
        query.add(new Parameter(paging.page().name(), Integer.toString(number)));
        PageSize size = paging.pageSize();
        if (size.name() != null) {
            query.add(new Parameter(size.name(), Integer.toString(size.rows())));
        }
        Request ofPage = new Request(
                request.resource(), request.operation(), request.method(), request.path(), query, request.body());
        return client.call(ofPage, response -> page(ofPage, number, response, filledFields), listener);
    }
}
