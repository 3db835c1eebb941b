/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * Says how to request the pages of a list.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param page the query parameter for the page number, not null
 * @param pageSize the size of a page, not null
 */
public record Paging(PageParameter page, PageSize pageSize) {
    /**
     * Checks the row.
     *
     * @param page the component of that name
     * @param pageSize the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public Paging {
        Require.present(page, "paging.page");
        Require.present(pageSize, "paging.pageSize");
    }
}
