/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Describes the query parameter for the page number.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param name the parameter's name on the wire
 * @param first the number of the first page, 0 or 1. If it is 0 and the server refuses page 0 with a 400, page 1 is
 *     requested: no source says whether {@code intPageNo} counts from 0
 */
public record PageParameter(
        String name, @JsonProperty(required = true) int first) {
    /**
     * Checks the row.
     *
     * @param name the component of that name
     * @param first the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public PageParameter {
        Require.text(name, "page.name");
        Require.that(first == 0 || first == 1, "page.first must be 0 or 1, not " + first);
    }
}
