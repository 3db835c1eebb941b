/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.util.Objects;

/**
 * One query parameter, before encoding.
 *
 * @param name its name, not null
 * @param value its value, not null
 */
public record Parameter(String name, String value) {
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** @return the name only: a value may be a patient's data or a token */
    @Override
    public String toString() {
        return name;
    }
}
