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
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Calls for a list and takes the answer apart into rows. What an answer means is decided by its status and its bytes, so
 * that nothing but a certain "there is nothing" is an empty page:
 *
 * <ul>
 *   <li>204 is an empty page. It has no body by the rules of HTTP; what a server sends behind it all the same is not read,
 *       and the connection is not used again.
 *   <li>Any other success must be a complete JSON array of objects in UTF-8; {@code []} is an empty page. A body that is
 *       empty, cut off, HTML, or another kind of JSON is a failed page.
 *   <li>An array of one object is a failed page if that has no id and only fields of an error.
 *   <li>A row that cannot be read, of a page in which the end of each row is certain, is a row with a defect in a change list.
 *       In any other list it makes its page a failed page: who looks something up must not take a part for the whole.
 *   <li>{@code Content-Type} is not consulted. Servers leave it out or get it wrong, and JSON between systems is UTF-8
 *       whatever a charset says (RFC 8259). One that really sends another encoding is found out by its bytes, except for
 *       plain ASCII, which is the same in both; guessing would put wrong letters into names instead.
 * </ul>
 *
 * <p>A failed page is asked for again as the retry policy says, like one whose connection broke: a body that was cut off
 * where HTTP could not tell looks no different, and one page must not cost a sweep of hundreds of them. A maintenance page
 * with 200 costs a few requests more so, and then fails the poll, which the next one repeats.
 */
public final class ListReader {
    /** For rows without an id. */
    private static final ErrorObject ERRORS = new ErrorObject(row -> null);

    private final CliniceaClient client;
    private final RowReader rows;
    private final boolean takesDefects;

    /**
     * A reader of lists that are looked up. Its rows have no version.
     *
     * @param client makes the calls
     * @param idFields the fields that may hold a row's id
     * @param statusFields the fields that may hold its change tag
     * @param modifiedFields the fields that may hold its last-change stamp
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

    /** @param takesDefects whether a row that cannot be read is a row with a defect, not the failure of its page */
    ListReader(CliniceaClient client, RowReader rows, boolean takesDefects) {
        this.client = client;
        this.rows = rows;
        this.takesDefects = takesDefects;
    }

    /** @param number the page's number; null for a list without pages */
    private Page page(Request call, Integer number, Response answer) throws CliniceaException {
        if (answer.status() == 204) {
            return new Page(number == null ? 0 : number, List.of(), answer.serverTime());
        }
        try {
            List<Row> read = rows.read(answer.body());
            requireNoError(read);
            if (!takesDefects) {
                requireReadable(read);
            }
            return new Page(number == null ? 0 : number, read, answer.serverTime());
        } catch (MalformedPageException e) {
            throw call.failure(
                    "Clinicea's answer to " + call + (number == null ? "" : ", page " + number + ",")
                            + (e.isTooLarge() ? " is too large: " : " is not a list of rows: ") + e.getMessage(),
                    answer.status(),
                    !e.isTooLarge(),
                    e);
        }
    }

    /**
     * Returns whether the answer was a page with rows that cannot be read, so that its number is the number of a page.
     *
     * @param failure why the page could not be had
     */
    public static boolean hadRows(CliniceaException failure) {
        return failure.getCause() instanceof MalformedPageException page && page.hasRows();
    }

    /** An error in an array looks like a short page, with which the list would be at its end. */
    private static void requireNoError(List<Row> rows) throws MalformedPageException {
        if (rows.size() == 1 && rows.get(0).id() == null && isError(rows.get(0))) {
            throw new MalformedPageException("it is an error in place of the rows");
        }
    }

    private static boolean isError(Row row) {
        try {
            return row.defect() == null && ERRORS.isAllError(Json.mapper().readTree(row.content()));
        } catch (IOException | NumberFormatException e) {
            // A number that no type holds, for instance; no error has one.
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
     * @param paging how a page is asked for; null for a list without pages
     * @param number the page number as the wire counts; of no meaning without pages
     * @param listener is notified of the requests that the page takes
     * @return the rows; none only if the server certainly said so: 204, or an array without entries
     * @throws CliniceaException if there was no response, or one that is not a list
     * @throws InterruptedException if interrupted, or the client was closed, while waiting for a retry
     */
    public Page read(Request request, Paging paging, int number, RequestListener listener)
            throws CliniceaException, InterruptedException {
        if (paging == null) {
            return client.call(request, answer -> page(request, null, answer), listener);
        }
        List<Parameter> query = new ArrayList<>(request.query());
        query.add(new Parameter(paging.page().name(), Integer.toString(number)));
        PageSize size = paging.pageSize();
        if (size.name() != null) {
            query.add(new Parameter(size.name(), Integer.toString(size.rows())));
        }
        Request ofPage = new Request(
                request.resource(), request.operation(), request.method(), request.path(), query, request.body());
        return client.call(ofPage, answer -> page(ofPage, number, answer), listener);
    }
}
