/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import io.github.camelclinicea.CliniceaConfiguration;

/**
 * An account of Clinicea.
 *
 * <p>Specified by {@code ApiKeyOptionsTest}.
 *
 * @param baseUrl the server's address
 * @param apiKey the organisation's key; null if only a member of staff logs in
 * @param username the member of staff, or null
 * @param password the password of {@code username}, or null
 */
public record Account(String baseUrl, String apiKey, String username, String password) {
    /** Sets the account on a component, so that no endpoint URI has a secret. */
    public void addTo(CliniceaConfiguration configuration) {
        configuration.setBaseUrl(baseUrl);
        configuration.setApiKey(apiKey);
        configuration.setUsername(username);
        configuration.setPassword(password);
    }

    /** Returns the address only, because the rest is secret. */
    @Override
    public String toString() {
        return "Account[" + baseUrl + "]";
    }
}
