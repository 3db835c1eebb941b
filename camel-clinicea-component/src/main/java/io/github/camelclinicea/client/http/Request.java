/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.io.IOException;
import java.util.List;

/**
 * One request, before credentials.
 *
 * @param resource the resource it is for, as in the endpoint URI; for messages
 * @param operation the operation it is; for messages
 * @param method the HTTP method
 * @param path the path from the root of the server, encoded
 * @param query the query parameters in order
 * @param body a JSON body in UTF-8, or null for none
 * @param lookUp the operation by which to find out whether a create was done whose answer never came; null if there is none
 */
public record Request(
        String resource,
        String operation,
        String method,
        String path,
        List<Parameter> query,
        byte[] body,
        String lookUp) {
    /** The outcome of the request is to be seen elsewhere, so there may be one. */
    private static final int SEE_OTHER = 303;

    public Request {
        query = List.copyOf(query);
    }

    /** A request that needs no look-up, since it makes no record. */
    public Request(String resource, String operation, String method, String path, List<Parameter> query, byte[] body) {
        this(resource, operation, method, path, query, body, null);
    }

    /** @return whether it only reads, so that repeating it does no harm */
    public boolean readOnly() {
        return method.equals("GET");
    }

    /** @return whether repeating it might make a second record */
    public boolean creates() {
        return method.equals("POST");
    }

    /**
     * @param status of an answer that is no success
     * @return whether what was asked may have been done all the same: the server or a gateway failed over it, other than by
     *     saying that it takes no such request, or none now; or it shows the outcome elsewhere
     */
    public boolean mayBeDone(int status) {
        return !readOnly() && (status == SEE_OTHER || doubtful(status));
    }

    public static boolean doubtful(int status) {
        return status >= 500 && status != 501 && status != 503 && status != 505;
    }

    /** @return what is to be said besides of a failure after which the request may have been done; nothing of a read */
    public String doubt() {
        return readOnly()
                ? ""
                : ". It may have been done all the same, and was not sent again; to send it once more does no harm unless the"
                        + " record has been changed since";
    }

    /**
     * Returns the failure of this request, of which nothing was done.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param status the HTTP status, or 0 if no response came
     * @param retryable whether the same request may succeed later
     * @param cause the cause, free of secrets and row content, or null
     */
    public CliniceaException failure(String message, int status, boolean retryable, Throwable cause) {
        return failure(message, status, retryable, false, cause);
    }

    /**
     * As {@link #failure(String, int, boolean, Throwable)}.
     *
     * @param maybeDone whether this is a write whose outcome is unknown
     */
    public CliniceaException failure(
            String message, int status, boolean retryable, boolean maybeDone, Throwable cause) {
        return new CliniceaException(message, resource, operation, status, retryable, maybeDone, cause);
    }

    /**
     * Returns the failure of a write that the server refused in the body of its response.
     *
     * @param message what failed and what to do; free of secrets and row content
     * @param answer the response, whose text the failure has at hand
     */
    public CliniceaException notSaved(String message, Response answer) {
        return new CliniceaException(message, resource, operation, answer.status(), false, false, answer.text(), null);
    }

    /** @return what is to be said of a create whose answer never came, or cannot be read */
    public CliniceaOutcomeUnknownException outcomeUnknown(int status, IOException cause) {
        return outcomeUnknown("never came or cannot be read", status, null, cause);
    }

    /**
     * Returns the failure of a call whose response has a status of success and a body that does not say so. The outcome of a
     * write is then unknown, and the failure has the response's text at hand. That of a read may be a token or a signature.
     *
     * @param why what the response is or lacks, as the rest of a sentence; nothing of its content
     * @param answer the response
     */
    public CliniceaException notConfirmed(String why, Response answer) {
        if (creates()) {
            return outcomeUnknown(why, answer.status(), answer.text(), null);
        }
        return new CliniceaException(
                "Clinicea's answer to " + this + " " + why + doubt(),
                resource,
                operation,
                answer.status(),
                true,
                !readOnly(),
                readOnly() ? null : answer.text(),
                null);
    }

    private CliniceaOutcomeUnknownException outcomeUnknown(
            String why, int status, String responseText, IOException cause) {
        return new CliniceaOutcomeUnknownException(
                "The answer to " + this + " " + why + ", so it is not known whether the record was made."
                        + " It was not sent again; look the record up before you do"
                        + (lookUp == null ? "" : ", with operation=" + lookUp),
                resource,
                operation,
                status,
                lookUp,
                responseText,
                cause);
    }

    /** @return resource and operation; neither query nor body, which may hold a patient's data */
    @Override
    public String toString() {
        return resource + " " + operation;
    }
}
