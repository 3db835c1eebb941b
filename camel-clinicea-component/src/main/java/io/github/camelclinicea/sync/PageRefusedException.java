/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * The server answered, but with no page: it refused the request, or failed over it. As the answer to a page 0 that has never
 * brought a row, that may mean no more than "pages start at 1".
 */
public final class PageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean wrongRequest;

    /**
     * @param cause the failure as it would be reported if the page number turns out not to be its reason; not null
     * @param wrongRequest whether the server said that the request is wrong (400, 404), not that it failed itself
     */
    public PageRefusedException(Exception cause, boolean wrongRequest) {
        super(cause.getMessage(), cause);
        this.wrongRequest = wrongRequest;
    }

    /** Returns the failure itself. */
    public Exception failure() {
        return (Exception) getCause();
    }

    /** Returns whether the server said that the request is wrong. */
    public boolean isWrongRequest() {
        return wrongRequest;
    }
}
