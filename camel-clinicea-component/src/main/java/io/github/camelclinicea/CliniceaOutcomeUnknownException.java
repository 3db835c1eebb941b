/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * A create was sent, and its answer never came or does not say that the record was made: it may exist or not. The component
 * never sends it again. Look the record up before you do.
 */
public class CliniceaOutcomeUnknownException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    private final String lookUp;

    /**
     * @param message what failed and what to do
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status of a gateway that answered in the server's place, or 0
     * @param lookUp the operation to look the record up with, or null if none is known
     * @param cause what lies behind it, or null
     */
    public CliniceaOutcomeUnknownException(
            String message, String resource, String operation, int status, String lookUp, Throwable cause) {
        this(message, resource, operation, status, lookUp, null, cause);
    }

    /**
     * @param message what failed and what to do
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, or 0
     * @param lookUp the operation to look the record up with, or null if none is known
     * @param responseText what {@link #getResponseText()} returns, or null
     * @param cause what lies behind it, or null
     */
    public CliniceaOutcomeUnknownException(
            String message,
            String resource,
            String operation,
            int status,
            String lookUp,
            String responseText,
            Throwable cause) {
        super(message, resource, operation, status, false, true, responseText, cause);
        this.lookUp = lookUp;
    }

    /** @return the operation of the same resource to look the record up with, or null if none is known */
    public String getLookUp() {
        return lookUp;
    }
}
