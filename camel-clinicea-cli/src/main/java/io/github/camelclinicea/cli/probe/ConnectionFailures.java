/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/**
 * Says in words why a connection failed. The message of the exception is not quoted, because it may have the request.
 *
 * <p>Specified by {@code HostileServerTest}.
 */
final class ConnectionFailures {
    private ConnectionFailures() {}

    /**
     * Returns the reason and what to do.
     *
     * @param failure the failure of a request
     * @param host the host of the server
     */
    static String words(IOException failure, String host) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "The host " + host + " is not known. Check --base-url, and the network's DNS";
            }
            if (cause instanceof SSLException) {
                return "TLS with " + host + " failed. Check --base-url, and whether a proxy replaces certificates";
            }
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "No connection to " + host + " in time. Check --base-url, firewall and proxy";
        }
        if (failure instanceof ConnectException) {
            return host + " refused the connection. Check --base-url and its port";
        }
        return "The connection to " + host + " broke before the response was complete. Try again";
    }
}
