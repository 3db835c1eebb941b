/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Sends one request and reads its response, once: without a retry, without a redirect, with any status.
 *
 * <p>Specified by {@code CamelHttpTransportTest}.
 */
public interface Transport extends AutoCloseable {
    /** The {@code User-Agent} header of each request. */
    String USER_AGENT = "camel-clinicea";

    /**
     * Sends a request and returns its response, with any status.
     *
     * @param method the HTTP method
     * @param target path and query, encoded; appended to the base URL
     * @param headers the headers to send
     * @param body a JSON body, or null
     * @throws UntrustedException if the server's certificate is not trusted
     * @throws NotSentException if it is certain that the server did not receive the request
     * @throws TooLargeException if the response is larger than it may be
     * @throws IOException if no complete response came in time
     */
    Response exchange(String method, String target, List<Parameter> headers, byte[] body) throws IOException;

    /**
     * Sends content to a blob store and returns the response, with any status. Sends no credentials and follows no
     * redirect.
     *
     * @param blob the address, with its signature
     * @param content the content
     * @param timeout the longest time for the request
     * @throws ContentException if the content cannot be read or has changed its length
     * @throws IOException as {@link #exchange}
     */
    default Response put(URI blob, Content content, Duration timeout) throws IOException {
        throw new UnsupportedOperationException("this transport reaches no blob store");
    }

    /** Returns whether a failure of {@link #exchange} means that a time limit ended the request. */
    static boolean isTimeout(Throwable failure) {
        return failure instanceof SocketTimeoutException || failure.getCause() instanceof SocketTimeoutException;
    }

    /** Cancels all requests in flight. The threads that wait for them get an exception. */
    @Override
    default void close() {}

    /** Reports that no part of the request was written. */
    class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        public NotSentException(IOException cause) {
            this(cause.getMessage(), cause);
        }

        private NotSentException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Reports that the server's certificate is not trusted. A repetition would not change that. */
    final class UntrustedException extends NotSentException {
        private static final long serialVersionUID = 1L;

        public UntrustedException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Reports that the content to send cannot be read or has changed. The connection works. */
    final class ContentException extends IOException {
        private static final long serialVersionUID = 1L;

        ContentException(String message) {
            super(message);
        }
    }

    /** Reports that the response is larger than it may be. A repetition would not change that. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(String message) {
            super(message);
        }
    }
}
