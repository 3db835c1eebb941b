/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * The response held no page: the server refused the request, or failed over it. For a page 0 that never brought a
 * row, that may only mean that pages start at 1.
 *
 * <p>Specified by {@code FirstPageFinderTest}.
 */
public final class PageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean wrongRequest;

    /**
     * Creates the exception.
     *
     * @param cause the failure to report if the page number is not its reason; not null
     * @param wrongRequest whether the server said that the request is wrong (4xx), not that it failed itself
     */
    public PageRefusedException(Exception cause, boolean wrongRequest) {
        super(cause.getMessage(), cause);
        this.wrongRequest = wrongRequest;
    }

    /** Returns the failure to report. */
    public Exception failure() {
        return (Exception) getCause();
    }

    /** Returns whether the server said that the request is wrong. */
    public boolean isWrongRequest() {
        return wrongRequest;
    }
}
