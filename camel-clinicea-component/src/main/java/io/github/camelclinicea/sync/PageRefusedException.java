package io.github.camelclinicea.sync;

/** The server answered that the request itself is wrong. On page 0 that may mean no more than "pages start at 1". */
public final class PageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause the failure as it would be reported if the page number turns out not to be its reason; not null */
    public PageRefusedException(Exception cause) {
        super(cause.getMessage(), cause);
    }

    /** @return the failure itself */
    public Exception failure() {
        return (Exception) getCause();
    }
}
