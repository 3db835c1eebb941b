/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * Converts failures of the HTTP client into exceptions that say what is certain about the request.
 *
 * <p>Specified by {@code CamelHttpTransportTest}.
 */
final class TransportFailures {
    private TransportFailures() {}

    /**
     * Returns the exception for a failure. Its message does not quote the response.
     *
     * @param e the failure
     * @param written whether any part of the request may have been written; only if not is it certain that it was not
     *     sent
     */
    static IOException of(Throwable e, boolean written) {
        if (!written && e instanceof SSLPeerUnverifiedException) {
            return new Transport.UntrustedException(
                    "the server's certificate is for another host; check baseUrl", (IOException) e);
        }
        if (!written && e instanceof SSLHandshakeException && e.getCause() instanceof CertificateException) {
            return new Transport.UntrustedException(
                    "the server's certificate has expired or its CA is not trusted; sslContextParameters sets the"
                            + " trusted certificates",
                    (IOException) e);
        }
        IOException failure = withoutQuotes(e);
        return written || failure instanceof Transport.NotSentException
                ? failure
                : new Transport.NotSentException(failure);
    }

    /** Replaces the messages of the HTTP client that may quote the response. */
    private static IOException withoutQuotes(Throwable e) {
        if (e instanceof MessageConstraintException) {
            return new Transport.TooLargeException("the response has a line of more than "
                    + BoundedConnections.MAX_LINE_LENGTH + " bytes outside of its body, or more than "
                    + BoundedConnections.MAX_HEADERS + " headers");
        }
        if (e instanceof ClientProtocolException || e instanceof MalformedChunkCodingException) {
            return new IOException("the response is not well-formed HTTP");
        }
        return e instanceof IOException io
                ? io
                : new IOException(
                        "the HTTP client failed with a " + e.getClass().getName());
    }
}
