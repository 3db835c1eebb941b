/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.List;
import java.util.Set;

/**
 * The fields of a row that the component itself reads. If several fields may hold a value, the first one that the row
 * has counts.
 *
 * @param ids the fields that may hold the id
 * @param statuses the fields that may hold the status
 * @param modified the fields that may hold the stamp
 * @param ignored the fields that are left out when contents are compared
 */
public record RowFields(List<String> ids, List<String> statuses, List<String> modified, Set<String> ignored) {
    public RowFields {
        ids = List.copyOf(ids);
        statuses = List.copyOf(statuses);
        modified = List.copyOf(modified);
        ignored = Set.copyOf(ignored);
    }
}
