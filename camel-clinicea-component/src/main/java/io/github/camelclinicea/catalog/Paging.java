/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * How a list that comes in pages is asked for.
 *
 * @param page the page parameter, not null
 * @param pageSize the size of a page, not null
 */
public record Paging(PageParameter page, PageSize pageSize) {
    public Paging {
        Require.present(page, "paging.page");
        Require.present(pageSize, "paging.pageSize");
    }
}
