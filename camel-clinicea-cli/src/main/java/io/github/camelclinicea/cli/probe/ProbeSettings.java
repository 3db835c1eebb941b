/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a run.
 *
 * <p>Specified by {@code ProbeCommandTest}.
 *
 * @param baseUrl the server, without a slash at the end
 * @param apiKey the key of the organisation, secret; null for none
 * @param username the login name of a staff member, secret; null for none
 * @param password the password, secret; null for none
 * @param resources the names of the lists to ask; each is in the catalogue and has a change list
 * @param pause the time between two requests
 * @param timeout the time that one request may take, with the body of its response
 */
record ProbeSettings(
        URI baseUrl,
        String apiKey,
        String username,
        String password,
        List<String> resources,
        Duration pause,
        Duration timeout) {

    boolean hasLogin() {
        return username != null;
    }

    /** Returns the server's address only, because there are secrets among the other values. */
    @Override
    public String toString() {
        return "ProbeSettings[" + baseUrl + "]";
    }
}
