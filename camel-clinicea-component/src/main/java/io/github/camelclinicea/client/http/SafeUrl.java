/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks URLs that the user or the server gives. */
public final class SafeUrl {
    private static final int NO_PORT = -1;
    private static final int LAST_PORT = 65_535;

    private SafeUrl() {}

    /**
     * Checks that a text is an http or https URL with a host, a possible port and nothing that may hold a secret.
     *
     * @param name the option or field that the text is of, for messages
     * @param text the text
     * @return the URL
     * @throws IllegalArgumentException if it is not; the message and its cause do not quote the text
     */
    public static URI check(String name, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            // Not passed on as the cause: its message quotes the whole text.
            throw new IllegalArgumentException(name + " is not a URL");
        }
        String scheme = url.getScheme();
        require(
                url.getHost() != null && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme)),
                name + " must be an http or https URL with a host");
        require(
                url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
                name + " must not contain user information, a query or a fragment");
        require(
                url.getPort() == NO_PORT || isPort(url.getPort()),
                name + " has the port " + url.getPort() + ", which must be from 1 to " + LAST_PORT);
        return url;
    }

    /** Returns whether a number is that of a port. */
    public static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
