/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.io.IOException;
import java.util.List;

/**
 * One request, without credentials. Also creates the exceptions for its failures.
 *
 * <p>Specified by {@code CliniceaClientTest}.
 *
 * @param resource the resource as in the endpoint URI; for messages
 * @param operation the operation; for messages
 * @param method the HTTP method
 * @param path the path from the root of the server, encoded
 * @param query the query parameters in order
 * @param body a JSON body in UTF-8, or null for none
 * @param lookUp the operation that shows whether a create was done if its response never came; null if there is none
 */
public record Request(
        String resource,
        String operation,
        String method,
        String path,
        List<Parameter> query,
        byte[] body,
        String lookUp) {
    /** The resource of a staff login in messages. */
    public static final String LOGIN = "login";

    /** The response to the request is at another address, so the request may have been done. */
    private static final int SEE_OTHER = 303;

    public Request {
        query = List.copyOf(query);
    }

    /** Creates a request without a look-up operation. */
    public Request(String resource, String operation, String method, String path, List<Parameter> query, byte[] body) {
        this(resource, operation, method, path, query, body, null);
    }

    /** Returns whether the request only reads, so that it can be repeated. */
    public boolean readOnly() {
        return method.equals("GET");
    }

    /** Returns whether the request is a staff login. */
    public boolean isLogin() {
        return resource.equals(LOGIN);
    }

    /** Returns whether a repetition might create a second record. */
    public boolean creates() {
        return method.equals("POST");
    }

    /**
     * Returns whether a write may have been done although its response is no success.
     *
     * @param status the HTTP status of the response
     */
    public boolean mayBeDone(int status) {
        return !readOnly() && (status == SEE_OTHER || leavesOutcomeUnknown(status));
    }

    /**
     * Returns whether a status leaves unknown whether a write was done: the server or a gateway failed. It does not if
     * the status says that the server does not support the request (501, 505), or does not accept any at the moment
     * (503).
     */
    public static boolean leavesOutcomeUnknown(int status) {
        return status >= 500 && status != 501 && status != 503 && status != 505;
    }

    /** Returns the sentence for the message of an update or delete whose outcome is unknown; empty for a read. */
    public String outcomeUnknownAdvice() {
        return readOnly()
                ? ""
                : ". It may have been done, and was not sent again; to send it once more does no harm unless the"
                        + " record has been changed since";
    }

    /**
     * Returns the exception for this request, which certainly had no effect.
     *
     * @param message what failed and what to do; without secrets and row content
     * @param status the HTTP status, or 0 if no response came
     * @param retryable whether the same request may succeed later
     * @param cause the cause, without secrets and row content, or null
     */
    public CliniceaException failure(String message, int status, boolean retryable, Throwable cause) {
        return failure(message, status, retryable, false, cause);
    }

    /**
     * As {@link #failure(String, int, boolean, Throwable)}.
     *
     * @param maybeDone whether the request is a write whose outcome is unknown
     */
    public CliniceaException failure(
            String message, int status, boolean retryable, boolean maybeDone, Throwable cause) {
        return new CliniceaException(message, resource, operation, status, retryable, maybeDone, cause);
    }

    /**
     * Returns the exception for a write that the server refused in the body of its response.
     *
     * @param message what failed and what to do; without secrets and row content
     * @param response the response, whose text the exception holds
     */
    public CliniceaException notSaved(String message, Response response) {
        return new CliniceaException(
                message, resource, operation, response.status(), false, false, response.text(), null);
    }

    /**
     * Returns the exception for a create whose response never came or cannot be read.
     *
     * @param status the HTTP status, or 0 if no response came
     * @param cause the cause, or null
     */
    public CliniceaOutcomeUnknownException outcomeUnknown(int status, IOException cause) {
        return outcomeUnknown("never came or cannot be read", status, null, cause);
    }

    /**
     * Returns the exception for a response with a status of success and a body that does not confirm it. The outcome of
     * a write is then unknown, and the exception holds the response's text. The text of a read is left out, because it
     * may be a token or a signature.
     *
     * @param why what is wrong with the response, as the rest of a sentence; without its content
     * @param response the response
     */
    public CliniceaException notConfirmed(String why, Response response) {
        if (creates()) {
            return outcomeUnknown(why, response.status(), response.text(), null);
        }
        return new CliniceaException(
                "Clinicea's response to " + this + " " + why + outcomeUnknownAdvice(),
                resource,
                operation,
                response.status(),
                true,
                !readOnly(),
                readOnly() ? null : response.text(),
                null);
    }

    private CliniceaOutcomeUnknownException outcomeUnknown(
            String why, int status, String responseText, IOException cause) {
        return new CliniceaOutcomeUnknownException(
                "The response to " + this + " " + why + ", so it is unknown whether the record was created."
                        + " It was not sent again; look the record up before you do"
                        + (lookUp == null ? "" : ", with operation=" + lookUp),
                resource,
                operation,
                status,
                lookUp,
                responseText,
                cause);
    }

    /** Returns resource and operation, without query and body, which may hold a patient's data. */
    @Override
    public String toString() {
        return resource + " " + operation;
    }
}
