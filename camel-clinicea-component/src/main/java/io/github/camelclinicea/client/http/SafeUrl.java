/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks URLs that come from the user or the server. */
public final class SafeUrl {
    private static final int NO_PORT = -1;
    private static final int LAST_PORT = 65_535;

    private SafeUrl() {}

    /**
     * Returns a URL after checking that it is http or https, with a host, a valid port and nothing that may hold a
     * secret.
     *
     * @param name the option or field that holds the text, for messages
     * @param text the text
     * @throws IllegalArgumentException if it is not; the message and its cause do not quote the text
     */
    public static URI check(String name, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            // Not the cause of the new exception: its message quotes the whole text.
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

    /** Returns whether a number is a valid port. */
    public static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
