/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * How many rows a full page has.
 *
 * @param name the query parameter that asks for it, or null where the server alone decides
 * @param rows rows of a full page, 100 everywhere so far
 */
public record PageSize(String name, int rows) {
    public PageSize {
        Require.that(rows > 0, "pageSize.rows must be positive, not " + rows);
    }
}
