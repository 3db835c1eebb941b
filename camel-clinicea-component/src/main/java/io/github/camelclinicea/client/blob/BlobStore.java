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
 * The store that documents' contents go to, which is not Clinicea: it is shown the signature that the API gave for it and no
 * credentials of ours. To store the same blob again does no harm, so that what failed in passing is repeated.
 */
public final class BlobStore {

    private static final int STORED = 201;

    private final Transport transport;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final Duration timeout;

    /** @param timeout how long one try may take in all */
    public BlobStore(Transport transport, RetryPolicy retryPolicy, StopSignal stop, Duration timeout) {
        this.transport = transport;
        this.retryPolicy = retryPolicy;
        this.stop = stop;
        this.timeout = timeout;
    }

    /** The content is not in the store, or nobody knows whether it is. */
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

        /** @return the HTTP status, or 0 if no answer came */
        public int status() {
            return status;
        }

        /** @return whether it may be in the store all the same */
        public boolean maybeStored() {
            return maybeStored;
        }
    }

    /**
     * @param folder where to
     * @param name the name it is to have there, as the API gave it
     * @param content what
     * @throws NotStoredException if the store has not said that it is there; the message says why, and nothing of address,
     *     signature or content
     */
    public void put(BlobFolder folder, String name, Content content) throws NotStoredException {
        URI blob;
        try {
            blob = folder.blob(name);
        } catch (IllegalArgumentException e) {
            throw new NotStoredException("nothing may be sent there: " + e.getMessage(), 0, false, false, e);
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
                failure = breakdown(e, maybeStored);
            } catch (RuntimeException e) {
                // Not passed on: it may quote the address, and the signature with it.
                failure = new NotStoredException(
                        "the upload broke off with a " + e.getClass().getName(), 0, false, true, null);
            }
            maybeStored = failure.maybeStored();
            waitOrThrow(attempts, failure, response);
        }
    }

    /** Waits for the next attempt. An interrupt ends the wait with the failure, which says whether the content is stored. */
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
                        ? "the signature that the API gave does not allow it, or not any more"
                        : status >= 200 && status < 300
                                ? "only 201 means that the content was stored"
                                : "it does not take the content";
        return new NotStoredException(
                "the blob store answered " + status + ", " + advice,
                status,
                RetryPolicy.passing(status),
                before || Request.doubtful(status),
                null);
    }

    private static NotStoredException breakdown(IOException e, boolean before) {
        if (e instanceof Transport.UntrustedException) {
            return new NotStoredException(
                    "the certificate of the blob store is not trusted, or is another host's; sslContextParameters says"
                            + " whom to trust",
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
                "no answer from the blob store: " + e.getMessage(),
                0,
                !(e instanceof Transport.TooLargeException),
                before || sent,
                e);
    }
}
