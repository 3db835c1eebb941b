/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import org.apache.camel.CamelException;
import org.apache.camel.spi.HttpResponseAware;

/**
 * Reports that a request to Clinicea failed. The message names the resource, the operation and the remedy. It
 * contains no secret, no query string and no content of a row.
 *
 * <p>Specified by {@code OutcomeTest} and {@code SecretsTest}.
 */
public class CliniceaException extends CamelException implements HttpResponseAware {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final String operation;
    private final boolean retryable;
    private final boolean maybeDone;
    private final String responseText;
    private int httpResponseCode;
    private String httpResponseStatus;

    /**
     * Creates an exception for a failure whose outcome is known.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation, or {@code changes} for the consumer's list
     * @param status the HTTP status, or 0 if there was no response
     * @param retryable whether the same request may succeed later
     * @param cause the cause, or null; free of secrets and row content
     */
    public CliniceaException(
            String message, String resource, String operation, int status, boolean retryable, Throwable cause) {
        this(message, resource, operation, status, retryable, false, cause);
    }

    /**
     * Creates an exception.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, or 0 if there was no response
     * @param retryable whether the same request may succeed later
     * @param maybeDone whether the failed request is a write whose outcome is unknown
     * @param cause the cause, or null; free of secrets and row content
     */
    public CliniceaException(
            String message,
            String resource,
            String operation,
            int status,
            boolean retryable,
            boolean maybeDone,
            Throwable cause) {
        this(message, resource, operation, status, retryable, maybeDone, null, cause);
    }

    /**
     * Creates an exception.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, or 0 if there was no response
     * @param retryable whether the same request may succeed later
     * @param maybeDone whether the failed request is a write whose outcome is unknown
     * @param responseText the beginning of the response for {@link #getResponseText()}, or null
     * @param cause the cause, or null; free of secrets and row content
     */
    public CliniceaException(
            String message,
            String resource,
            String operation,
            int status,
            boolean retryable,
            boolean maybeDone,
            String responseText,
            Throwable cause) {
        super(message, cause);
        this.resource = resource;
        this.operation = operation;
        this.httpResponseCode = status;
        this.retryable = retryable;
        this.maybeDone = maybeDone;
        this.responseText = responseText;
    }

    /** Returns the resource, as in the endpoint URI. */
    public String getResource() {
        return resource;
    }

    /** Returns the operation, or {@code changes} for the consumer's list. */
    public String getOperation() {
        return operation;
    }

    /** Returns whether the same request may succeed later: the server was busy or could not be reached. */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * Returns whether the outcome of a write is unknown. No response came, or the response cannot be read or bound,
     * or it does not say whether the write was done.
     */
    public boolean isMaybeDone() {
        return maybeDone;
    }

    /**
     * Returns the beginning of the response to a write, if its HTTP status reports success and its body does not;
     * null for all other failures. Do not log it: it may quote a patient's data. For that reason no message contains
     * it.
     */
    public String getResponseText() {
        return responseText;
    }

    /** Returns the HTTP status, or 0 if there was no response. */
    @Override
    public int getHttpResponseCode() {
        return httpResponseCode;
    }

    @Override
    public void setHttpResponseCode(int httpResponseCode) {
        this.httpResponseCode = httpResponseCode;
    }

    /** Returns the text of the status line, or null. */
    @Override
    public String getHttpResponseStatus() {
        return httpResponseStatus;
    }

    @Override
    public void setHttpResponseStatus(String httpResponseStatus) {
        this.httpResponseStatus = httpResponseStatus;
    }
}
