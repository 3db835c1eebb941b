/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.util.Objects;

/**
 * One query parameter or header, before encoding.
 *
 * <p>Specified by {@code CliniceaClientTest}.
 *
 * @param name its name, not null
 * @param value its value, not null
 */
public record Parameter(String name, String value) {
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** Returns the name only, because the value may be a patient's data or a token. */
    @Override
    public String toString() {
        return name;
    }
}
