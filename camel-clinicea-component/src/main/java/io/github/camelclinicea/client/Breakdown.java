package io.github.camelclinicea.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What a failure of the HTTP client's means to whoever sent the request. */
final class Breakdown {
    private Breakdown() {}

    /** @return the same failure, as one that says what is certain of it, and nothing of the answer */
    static IOException of(IOException e) {
        if (e instanceof ClientProtocolException || e instanceof MalformedChunkCodingException) {
            // The HTTP client's own message quotes what it stumbled over.
            return new IOException("the answer is not well-formed HTTP");
        }
        if (e instanceof MessageConstraintException) {
            return new Transport.TooLargeException("the answer has a line of more than "
                    + BoundedConnections.MAX_LINE_LENGTH + " bytes outside of its body, or more than "
                    + BoundedConnections.MAX_HEADERS + " headers");
        }
        if (e instanceof SSLPeerUnverifiedException) {
            return new Transport.UntrustedException("the server's certificate is for another host; check baseUrl", e);
        }
        if (e instanceof SSLHandshakeException && e.getCause() instanceof CertificateException) {
            return new Transport.UntrustedException(
                    "the server's certificate has expired or its CA is not trusted; sslContextParameters says whom to trust",
                    e);
        }
        return neverSent(e) ? new Transport.NotSentException(e) : e;
    }

    private static boolean neverSent(IOException e) {
        return e instanceof ConnectException
                || e instanceof ConnectTimeoutException
                || e instanceof ConnectionRequestTimeoutException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || e instanceof SSLHandshakeException;
    }
}
