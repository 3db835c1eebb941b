/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What a failure of the HTTP client's means to whoever sent the request. */
final class TransportFailures {
    private TransportFailures() {}

    /**
     * Returns the same failure, as one that says what is certain of it, and nothing of the answer.
     *
     * @param e what the HTTP client threw
     * @param written whether any of the request may have been written; whatever else the failure looks like, it was not sent
     *     only if not
     */
    static IOException of(Throwable e, boolean written) {
        if (!written && e instanceof SSLPeerUnverifiedException) {
            return new Transport.UntrustedException(
                    "the server's certificate is for another host; check baseUrl", (IOException) e);
        }
        if (!written && e instanceof SSLHandshakeException && e.getCause() instanceof CertificateException) {
            return new Transport.UntrustedException(
                    "the server's certificate has expired or its CA is not trusted; sslContextParameters says whom to trust",
                    (IOException) e);
        }
        IOException failure = withoutQuotes(e);
        return written || failure instanceof Transport.NotSentException
                ? failure
                : new Transport.NotSentException(failure);
    }

    /** The HTTP client's own messages may quote what it stumbled over. */
    private static IOException withoutQuotes(Throwable e) {
        if (e instanceof MessageConstraintException) {
            return new Transport.TooLargeException("the answer has a line of more than "
                    + BoundedConnections.MAX_LINE_LENGTH + " bytes outside of its body, or more than "
                    + BoundedConnections.MAX_HEADERS + " headers");
        }
        if (e instanceof ClientProtocolException || e instanceof MalformedChunkCodingException) {
            return new IOException("the answer is not well-formed HTTP");
        }
        return e instanceof IOException io
                ? io
                : new IOException(
                        "the HTTP client failed with a " + e.getClass().getName());
    }
}
