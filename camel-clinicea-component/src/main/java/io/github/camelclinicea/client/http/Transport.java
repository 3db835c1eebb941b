/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Sends one request and reads its answer, once: no retry, no redirect, no judgement of the status. */
public interface Transport extends AutoCloseable {
    /**
     * @param method the HTTP method
     * @param target path and query, encoded; appended to the base URL
     * @param headers the headers to send
     * @param body a JSON body, or null
     * @return the answer, whatever its status
     * @throws UntrustedException if the server's certificate is refused
     * @throws NotSentException if it is certain that the server never saw the request
     * @throws TooLargeException if the body is larger than it may be
     * @throws IOException if no complete answer came in time
     */
    Response exchange(String method, String target, List<Parameter> headers, byte[] body) throws IOException;

    /**
     * Sends content to a blob store: to that host alone, without credentials.
     *
     * @param blob the address, with its signature
     * @param content what is to be there
     * @param timeout how long all of it may take
     * @return the answer, whatever its status
     * @throws ContentException if the content fails; all else as {@link #exchange}
     */
    default Response put(URI blob, Content content, Duration timeout) throws IOException {
        throw new UnsupportedOperationException("this transport reaches no blob store");
    }

    /** Cuts off what is under way; whoever waits for it gets an exception. */
    @Override
    default void close() {}

    /** The request never left: none of it was written, for whatever reason. */
    class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        public NotSentException(IOException cause) {
            this(cause.getMessage(), cause);
        }

        private NotSentException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** The server is not who it says it is, as far as can be told; asking again will not change that. */
    final class UntrustedException extends NotSentException {
        private static final long serialVersionUID = 1L;

        public UntrustedException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** What was to be sent cannot be read, or is not what it was; nothing is wrong with the connection. */
    final class ContentException extends IOException {
        private static final long serialVersionUID = 1L;

        ContentException(String message) {
            super(message);
        }
    }

    /** The body is larger than it may be; asking again will not make it smaller. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(String message) {
            super(message);
        }
    }
}
