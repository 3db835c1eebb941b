/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.regex.Pattern;
import org.apache.camel.CamelException;
import org.apache.camel.spi.HttpResponseAware;

/**
 * Reports that a request to Clinicea failed. The message names the resource, the operation and the remedy. It
 * contains no secret, no query string and no content of a row. {@link #getServerMessage()} returns
 * the server's own text. It is in the message only with {@code serverMessageInException=true}.
 *
 * <p>Specified by {@code ServerMessageTest}, {@code OutcomeTest} and {@code SecretsTest}.
 */
public class CliniceaException extends CamelException implements HttpResponseAware {
    private static final long serialVersionUID = 1L;

    /** Characters that would break a line of a log, or hide or reorder a part of it. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** The resource, as in the endpoint URI. */
    private final String resource;
    /** The operation, or {@code changes} for the list of a consumer. */
    private final String operation;
    /** Whether the same request may succeed later. */
    private final boolean retryable;
    /** Whether the outcome of a write is unknown. */
    private final boolean maybeDone;
    /** The beginning of the response to a write, or null. */
    private final String responseText;
    /** The HTTP status, or 0. */
    private int httpResponseCode;
    /** The text of the status line, or null. */
    private String httpResponseStatus;
    /** The message of the response itself, or null. */
    private String serverMessage;
    /** The code of a refused write, or null. */
    private Integer savingErrorCode;
    /** Whether the message of this exception has that of the server. */
    private boolean showsServerMessage;

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

    /**
     * Creates an exception for a failure that another exception has already reported, with a stack trace of its own.
     *
     * @param original the exception to copy, with its cause
     * @param addition the text to add to its message; may be empty
     */
    public CliniceaException(CliniceaException original, String addition) {
        this(
                original.ownMessage() + addition,
                original.resource,
                original.operation,
                original.httpResponseCode,
                original.retryable,
                original.maybeDone,
                original.responseText,
                original.getCause());
        setServerMessage(original.serverMessage, original.savingErrorCode);
    }

    private String ownMessage() {
        return super.getMessage();
    }

    /**
     * Returns what failed and what to do. With {@code serverMessageInException=true} the server's own message follows,
     * in one line.
     */
    @Override
    public String getMessage() {
        return showsServerMessage && serverMessage != null
                ? super.getMessage() + ". The server's message: "
                        + UNPRINTABLE.matcher(serverMessage).replaceAll(" ")
                : super.getMessage();
    }

    /** {@return the resource, as in the endpoint URI} */
    public String getResource() {
        return resource;
    }

    /** {@return the operation, or {@code changes} for the consumer's list} */
    public String getOperation() {
        return operation;
    }

    /** {@return whether the same request may succeed later: the server was busy or could not be reached} */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * {@return whether the outcome of a write is unknown} No response came, or the response cannot be read or bound, or
     * it does not say whether the write was done.
     */
    public boolean isMaybeDone() {
        return maybeDone;
    }

    /**
     * {@return what the response itself says about the failure, at most 2,000 characters: the message in its body, or
     * else the text of the body} Credentials in it are masked. Null if no response came, or if it says nothing. Null
     * also for the records of a read and for the response of a blob store.
     *
     * <p>Do not log it unless the readers of the log may see patients' data, which it may quote. For that reason the
     * exception's message does not contain it by default.
     */
    public String getServerMessage() {
        return serverMessage;
    }

    /** {@return the {@code SavingErrorCode} of the response; null if it has none, or one that is not a number} */
    public Integer getSavingErrorCode() {
        return savingErrorCode;
    }

    /**
     * Sets what the response itself says. The component calls it before it throws the exception.
     *
     * @param serverMessage see {@link #getServerMessage()}
     * @param savingErrorCode see {@link #getSavingErrorCode()}
     */
    public final void setServerMessage(String serverMessage, Integer savingErrorCode) {
        this.serverMessage = serverMessage;
        this.savingErrorCode = savingErrorCode;
    }

    /** Adds the server's message to this exception's message from now on, for {@code serverMessageInException=true}. */
    public final void showServerMessage() {
        showsServerMessage = true;
    }

    /**
     * {@return the beginning of the response to a write as it was sent, if its HTTP status reports success and its body
     * does not; null for all other failures} It may have fields that {@link #getServerMessage()} leaves out, such as
     * the id of the record. Do not log it: it may quote a patient's data. For that reason no message contains it.
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
