/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * Reports that a create was sent, and that no response says whether the record was created. The component does not
 * send it again. Look the record up before you do.
 *
 * <p>Specified by {@code OutcomeTest}.
 */
public class CliniceaOutcomeUnknownException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    /** The operation that looks the record up, or null. */
    private final String lookUp;

    /**
     * Creates an exception.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, of a gateway for instance, or 0 if there was no response
     * @param lookUp the operation that looks the record up, or null if none is known
     * @param cause the cause, or null; free of secrets and row content
     */
    public CliniceaOutcomeUnknownException(
            String message, String resource, String operation, int status, String lookUp, Throwable cause) {
        this(message, resource, operation, status, lookUp, null, cause);
    }

    /**
     * Creates an exception.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, or 0 if there was no response
     * @param lookUp the operation that looks the record up, or null if none is known
     * @param responseText the beginning of the response for {@link #getResponseText()}, or null
     * @param cause the cause, or null; free of secrets and row content
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

    /** {@return the operation of the same resource that looks the record up, or null if none is known} */
    public String getLookUp() {
        return lookUp;
    }
}
