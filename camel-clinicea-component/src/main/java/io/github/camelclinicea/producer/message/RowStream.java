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
 * The rows of a list as message bodies. Its first page is there from the start; each further one is asked for when the last
 * row before it has been taken, on the thread of whoever takes it. Used by one thread at a time.
 *
 * <p>As an iterator it can throw no checked exception: the {@link CliniceaException} of a page that could not be had is the
 * cause of a {@link RuntimeCamelException}, where Camel's {@code onException} finds it. A list that broke off never looks
 * like one that is at its end.
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
     * @param list where the rows come from
     * @param bodyFormat what a row becomes
     * @param client what makes the calls of the list; an iterator takes no further page from one that is closed
     * @throws CliniceaException if the first page could not be had
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

    /** @return all that is left */
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
                    "The answer to " + resource + " " + operation + " has a row that cannot be read: " + row.defect(),
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

    /** @throws RuntimeCamelException if the next page could not be had, or the context is being stopped */
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

    /** @throws RuntimeCamelException as {@link #hasNext}, or if the row cannot be bound to the body type */
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

    /** No further page is asked for. Nothing else is held: a page is read whole. */
    @Override
    public void close() {
        closed = true;
        page = Collections.emptyIterator();
    }

    /** @return nothing of a row */
    @Override
    public String toString() {
        return "RowStream";
    }
}
