/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.blob;

import io.github.camelclinicea.client.http.Attempts;
import io.github.camelclinicea.client.http.Content;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Stores the content of documents in a blob store, which is not Clinicea. A request carries the signature that the API
 * gave, and none of our credentials. Storing the same blob twice does no harm, so a request is repeated after a
 * temporary failure.
 */
public final class BlobStore {

    private static final int STORED = 201;

    private final Transport transport;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final Duration timeout;

    /**
     * Creates a blob store.
     *
     * @param timeout the longest time for one attempt
     */
    public BlobStore(Transport transport, RetryPolicy retryPolicy, StopSignal stop, Duration timeout) {
        this.transport = transport;
        this.retryPolicy = retryPolicy;
        this.stop = stop;
        this.timeout = timeout;
    }

    /** Reports that the content is not in the store, or that it is unknown whether it is. */
    public static final class NotStoredException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final boolean mayRetry;
        private final boolean maybeStored;

        private NotStoredException(String message, int status, boolean mayRetry, boolean maybeStored, Throwable cause) {
            super(message, cause);
            this.status = status;
            this.mayRetry = mayRetry;
            this.maybeStored = maybeStored;
        }

        /** Returns the HTTP status, or 0 if no response came. */
        public int status() {
            return status;
        }

        /** Returns whether the content may still be in the store. */
        public boolean maybeStored() {
            return maybeStored;
        }
    }

    /**
     * Stores content.
     *
     * @param folder the folder that the API named
     * @param name the name of the blob in the folder, as the API gave it
     * @param content the content
     * @throws NotStoredException if the store has not confirmed that it has the content. The message says why, and
     *     quotes neither address, signature nor content
     */
    public void put(BlobFolder folder, String name, Content content) throws NotStoredException {
        URI blob;
        try {
            blob = folder.blob(name);
        } catch (IllegalArgumentException e) {
            throw new NotStoredException("no content may be sent there: " + e.getMessage(), 0, false, false, e);
        }
        Attempts attempts = new Attempts(retryPolicy, stop);
        boolean maybeStored = false;
        while (true) {
            NotStoredException failure;
            Response response = null;
            try {
                response = transport.put(blob, content, timeout);
                if (response.status() == STORED) {
                    return;
                }
                failure = refusal(response.status(), maybeStored);
            } catch (IOException e) {
                failure = noResponse(e, maybeStored);
            } catch (RuntimeException e) {
                // Not the cause of the new exception: its message may quote the address and the signature.
                failure = new NotStoredException(
                        "the upload failed with a " + e.getClass().getName(), 0, false, true, null);
            }
            maybeStored = failure.maybeStored();
            waitOrThrow(attempts, failure, response);
        }
    }

    /**
     * Waits for the next attempt. An interrupt ends the wait with the failure, which says whether the content is
     * stored.
     */
    private void waitOrThrow(Attempts attempts, NotStoredException failure, Response response)
            throws NotStoredException {
        try {
            attempts.waitOrThrow(failure, failure.mayRetry, response);
        } catch (InterruptedException e) {
            if (!stop.isGiven()) {
                Thread.currentThread().interrupt();
            }
            throw failure;
        }
    }

    private static NotStoredException refusal(int status, boolean before) {
        String advice = status >= 300 && status < 400
                ? "a redirect is not followed"
                : status == 403
                        ? "the signature that the API gave does not allow it, or no longer allows it"
                        : status >= 200 && status < 300
                                ? "only 201 means that the content was stored"
                                : "it does not accept the content";
        return new NotStoredException(
                "the blob store responded with " + status + ", " + advice,
                status,
                RetryPolicy.isTemporary(status),
                before || Request.leavesOutcomeUnknown(status),
                null);
    }

    private static NotStoredException noResponse(IOException e, boolean before) {
        if (e instanceof Transport.UntrustedException) {
            return new NotStoredException(
                    "the certificate of the blob store is not trusted, or belongs to another host; sslContextParameters"
                            + " sets the trusted certificates",
                    0,
                    false,
                    before,
                    e);
        }
        if (e instanceof Transport.ContentException) {
            return new NotStoredException(e.getMessage(), 0, false, before, e);
        }
        boolean sent = !(e instanceof Transport.NotSentException);
        return new NotStoredException(
                "no response from the blob store: " + e.getMessage(),
                0,
                !(e instanceof Transport.TooLargeException),
                before || sent,
                e);
    }
}
