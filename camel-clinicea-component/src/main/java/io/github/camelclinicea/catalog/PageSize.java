/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * Describes the size of a page.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param name the query parameter for the page size, or null if the server decides
 * @param rows the number of rows of a full page; 100 in all rows of the catalogue
 */
public record PageSize(String name, int rows) {
    /**
     * Checks the row.
     *
     * @param name the component of that name
     * @param rows the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public PageSize {
        Require.that(rows > 0, "pageSize.rows must be positive, not " + rows);
    }
}
