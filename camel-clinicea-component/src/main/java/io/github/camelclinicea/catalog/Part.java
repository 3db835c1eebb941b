/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.Map;

/**
 * Names the parts of a row whose grade may differ from that of the row. Where a source states one name of a part and
 * not the other, the names themselves have grades.
 *
 * <p>Specified by {@code CatalogueGradesTest}.
 */
public enum Part {
    /** The path. */
    PATH("path"),
    /** The query parameters for the checkpoint. */
    SINCE("since"),
    /** The query parameter for the page number. */
    PAGE("page"),
    /** The number of the first page. */
    FIRST_PAGE("firstPage"),
    /** The number of rows of a full page, and the query parameter for it. */
    PAGE_SIZE("pageSize"),
    /** The fields that may hold a row's id. */
    ID_FIELDS("idFields"),
    /** The fields that may hold a row's status. */
    STATUS_FIELDS("statusFields"),
    /** The fields that may hold a row's last-change stamp. */
    MODIFIED_FIELDS("modifiedFields"),
    /** The names of the arguments. */
    ARGUMENTS("arguments");

    private final String key;

    Part(String key) {
        this.key = key;
    }

    /** {@return the name of the part in a catalogue file} */
    public String key() {
        return key;
    }

    /** Returns the grade of this part in a row. */
    Grade in(Map<String, Grade> grades, Grade ofRow) {
        return grades.getOrDefault(key, ofRow);
    }
}
