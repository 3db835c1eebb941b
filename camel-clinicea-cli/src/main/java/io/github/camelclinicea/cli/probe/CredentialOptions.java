/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that send the credential in a form that a version of the API accepts.
 *
 * <p>Specified by {@code PrintedOptionsTest}.
 */
final class CredentialOptions {
    private CredentialOptions() {}

    /**
     * Returns the options by name. Those of secrets are placeholders.
     *
     * @param keys what is known of the forms
     * @param version the version of the API
     * @param loginNeedsKey whether the staff login was accepted with the key only
     */
    static Map<String, String> of(KeyForms keys, String version, boolean loginNeedsKey) {
        Map<String, String> options = new LinkedHashMap<>();
        List<KeyForm> accepted = keys.accepted(version);
        if (accepted.contains(KeyForm.TOKEN) && accepted.size() == 1) {
            options.put("username", "{{clinicea.username}}");
            options.put("password", "{{clinicea.password}}");
            if (loginNeedsKey) {
                options.put("apiKey", "{{clinicea.api-key}}");
            }
            return options;
        }
        options.put("apiKey", "{{clinicea.api-key}}");
        boolean api = accepted.contains(KeyForm.API);
        boolean apiKey = accepted.contains(KeyForm.API_KEY);
        if (api != apiKey) {
            options.put("apiKeyHeader", api ? "api" : KeyForm.PARAMETER);
        } else if (!api && accepted.contains(KeyForm.QUERY)) {
            options.put("apiKeyParameter", KeyForm.PARAMETER);
        }
        return options;
    }
}
