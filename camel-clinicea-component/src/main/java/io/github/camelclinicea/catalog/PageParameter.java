/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The query parameter that names the page.
 *
 * @param name the parameter's name on the wire
 * @param first the number of the first page, 0 or 1. A 0 is a starting point that a 400 may correct to 1: whether the
 *     {@code intPageNo} family counts from 0 is the wire contract's dangerous unknown
 */
public record PageParameter(
        String name, @JsonProperty(required = true) int first) {
    public PageParameter {
        Require.text(name, "page.name");
        Require.that(first == 0 || first == 1, "page.first must be 0 or 1, not " + first);
    }
}
