/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import org.apache.camel.CamelException;
import org.apache.camel.spi.HttpResponseAware;

/**
 * A call to Clinicea failed. The message names the resource, the operation and the remedy; it holds no secret, no query
 * string and nothing of a row.
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
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation, or {@code changes} for the consumer's list
     * @param status the HTTP status, or 0 if no answer came
     * @param retryable whether the same call may succeed later
     * @param cause what lies behind it, or null; must be free of secrets and row content too
     */
    public CliniceaException(
            String message, String resource, String operation, int status, boolean retryable, Throwable cause) {
        this(message, resource, operation, status, retryable, false, cause);
    }

    /**
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, or 0 if no answer came
     * @param retryable whether the same call may succeed later
     * @param maybeDone whether it is a write that may have been done all the same
     * @param cause what lies behind it, or null; must be free of secrets and row content too
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
     * @param message what failed and what to do; free of secrets and row content
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status, or 0 if no answer came
     * @param retryable whether the same call may succeed later
     * @param maybeDone whether it is a write that may have been done all the same
     * @param responseText what {@link #getResponseText()} returns, or null
     * @param cause what lies behind it, or null; must be free of secrets and row content too
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

    /** @return the resource, as in the endpoint URI */
    public String getResource() {
        return resource;
    }

    /** @return the operation, or {@code changes} for the consumer's list */
    public String getOperation() {
        return operation;
    }

    /** @return whether the same call may succeed later: the server was busy or could not be reached */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * Returns whether it was a write that may have been done all the same: its answer never came, cannot be read or bound, or
     * does not say that it was done.
     */
    public boolean isMaybeDone() {
        return maybeDone;
    }

    /**
     * Returns the beginning of the response to a write whose status says success and whose body does not; null for all other
     * failures. It is in no message, since it may quote a patient's data: do not log it.
     */
    public String getResponseText() {
        return responseText;
    }

    /** @return the HTTP status, or 0 if no answer came */
    @Override
    public int getHttpResponseCode() {
        return httpResponseCode;
    }

    @Override
    public void setHttpResponseCode(int httpResponseCode) {
        this.httpResponseCode = httpResponseCode;
    }

    /** @return the text of the status line, or null */
    @Override
    public String getHttpResponseStatus() {
        return httpResponseStatus;
    }

    @Override
    public void setHttpResponseStatus(String httpResponseStatus) {
        this.httpResponseStatus = httpResponseStatus;
    }
}
