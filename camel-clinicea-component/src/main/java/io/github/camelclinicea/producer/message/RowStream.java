/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Row;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.camel.RuntimeCamelException;

/**
 * Iterates over the rows of a list as message bodies. The first page is read at once. Each further page is read when
 * all rows before it have been taken, on the thread that takes the next one. Used by one thread at a time.
 *
 * <p>An iterator can throw no checked exception. So the {@link CliniceaException} of a page that cannot be read is the
 * cause of a {@link RuntimeCamelException}, where Camel's {@code onException} finds it. A list that broke off never
 * looks complete.
 */
public final class RowStream implements Iterator<Object>, Closeable {
    private final String resource;
    private final String operation;
    private final PagedList list;
    private final BodyFormat bodyFormat;
    private final CliniceaClient client;
    private Iterator<Row> page;
    private volatile boolean closed;

    /**
     * @param resource the resource's name, for messages
     * @param operation the operation, for messages
     * @param list reads the pages
     * @param bodyFormat makes a message's body of a row
     * @param client sends the requests of the list; once it is closed, no further page is read
     * @throws CliniceaException if the first page cannot be read
     * @throws InterruptedException if interrupted while waiting for it
     */
    public RowStream(String resource, String operation, PagedList list, BodyFormat bodyFormat, CliniceaClient client)
            throws CliniceaException, InterruptedException {
        this.resource = resource;
        this.operation = operation;
        this.list = list;
        this.bodyFormat = bodyFormat;
        this.client = client;
        this.page = list.nextPage().iterator();
    }

    /**
     * Returns the bodies of all rows that are left.
     *
     * @throws CliniceaException if a page or a row cannot be read
     * @throws InterruptedException if interrupted while waiting for a page
     */
    public List<Object> toList() throws CliniceaException, InterruptedException {
        List<Object> bodies = new ArrayList<>();
        while (hasRow()) {
            bodies.add(body());
        }
        return bodies;
    }

    private boolean hasRow() throws CliniceaException, InterruptedException {
        if (!page.hasNext()) {
            page = list.nextPage().iterator();
        }
        return page.hasNext();
    }

    private Object body() throws CliniceaException {
        Row row = page.next();
        if (row.defect() != null) {
            throw new CliniceaException(
                    "The response to " + resource + " " + operation + " has a row that cannot be read: " + row.defect(),
                    resource,
                    operation,
                    200,
                    false,
                    null);
        }
        try {
            return bodyFormat.body(row.content());
        } catch (IOException e) {
            throw RecordReader.unbound(resource, operation, true, 200);
        }
    }

    /**
     * Returns whether there is another row. Reads the next page if necessary.
     *
     * @throws RuntimeCamelException if the next page cannot be read, or the context is being stopped
     */
    @Override
    public boolean hasNext() {
        if (closed) {
            return false;
        }
        if (page.hasNext()) {
            return true;
        }
        try {
            client.requireOpen();
            if (!hasRow()) {
                close();
            }
        } catch (InterruptedException e) {
            if (client.isOpen()) {
                Thread.currentThread().interrupt();
            }
            throw new RuntimeCamelException(e.getMessage(), e);
        } catch (CliniceaException e) {
            throw new RuntimeCamelException(e.getMessage(), e);
        }
        return !closed;
    }

    /**
     * Returns the body of the next row.
     *
     * @throws RuntimeCamelException as {@link #hasNext}, or if the row cannot be bound to the body type
     */
    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return body();
        } catch (CliniceaException e) {
            throw new RuntimeCamelException(e.getMessage(), e);
        }
    }

    /** Ends the iteration. No connection is open, because each page was read to its end. */
    @Override
    public void close() {
        closed = true;
        page = Collections.emptyIterator();
    }

    /** Returns the class name only, because the rows may be a patient's. */
    @Override
    public String toString() {
        return "RowStream";
    }
}
