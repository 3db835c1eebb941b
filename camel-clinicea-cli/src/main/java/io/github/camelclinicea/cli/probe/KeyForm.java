/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.client.http.Parameter;
import java.util.List;

/**
 * The ways to send a credential (docs/design/wire.md, section 1).
 *
 * <p>Specified by {@code ProbeTest}.
 */
enum KeyForm {
    /** The header of the help page. */
    API("key in header api"),
    /** The header that live integrations send. */
    API_KEY("key in header api_key"),
    /** The query parameter that booking sites send. */
    QUERY("key in query parameter api_key"),
    /** The token of a staff login, as the query parameter {@code api_key}. */
    TOKEN("token of the staff login");

    static final String PARAMETER = "api_key";

    private final String words;

    KeyForm(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Returns the header that carries the credential in this form; empty if the query does. */
    List<Parameter> headers(String secret) {
        return switch (this) {
            case API -> List.of(new Parameter("api", secret));
            case API_KEY -> List.of(new Parameter(PARAMETER, secret));
            case QUERY, TOKEN -> List.of();
        };
    }

    /** Returns the query parameter that carries the credential in this form; empty if a header does. */
    List<Parameter> query(String secret) {
        return this == QUERY || this == TOKEN ? List.of(new Parameter(PARAMETER, secret)) : List.of();
    }
}
