/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * Reports that a row of a change list cannot be read, or cannot be converted to the body that {@code bodyType}
 * requests. It is the exception of that row's exchange, whose body is the row's text as sent. The message says where
 * the row is. It contains no content of the row.
 *
 * <p>Specified by {@code UnusableRowTest}.
 */
public class CliniceaRowException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    /** The number of the page. */
    private final int page;
    /** The position of the row in the page. */
    private final int index;
    /** The id of the row before it, or null. */
    private final String idBefore;

    /**
     * Creates an exception.
     *
     * @param reason the end of a sentence that begins with the row, such as "cannot be read"; free of the row's content
     * @param resource the resource, as in the endpoint URI
     * @param page the number of its page, as in the request
     * @param index its index among the rows of its page, from 0
     * @param idBefore the id of the row before it on its page; null if there is no such row or it has no id
     */
    public CliniceaRowException(String reason, String resource, int page, int index, String idBefore) {
        super(
                "The row with index " + index + " on page " + page + " of " + resource
                        + (idBefore == null ? "" : ", which follows the row with id " + idBefore + ",") + " " + reason,
                resource,
                "changes",
                0,
                false,
                null);
        this.page = page;
        this.index = index;
        this.idBefore = idBefore;
    }

    /** {@return the number of the row's page, as in the request} */
    public int getPage() {
        return page;
    }

    /** {@return the row's index among the rows of its page, from 0} */
    public int getIndex() {
        return index;
    }

    /** {@return the id of the row before it on its page; null if there is no such row or it has no id} */
    public String getIdBefore() {
        return idBefore;
    }
}
