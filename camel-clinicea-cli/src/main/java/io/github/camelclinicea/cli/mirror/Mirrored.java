/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.cli.BillLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names a mirrored resource and its table.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 *
 * @param resource the resource, which is also the id of its route
 */
record Mirrored(String resource) {
    static final Mirrored BILLS = new Mirrored(BillLists.BILLS);

    /** The list of deleted bills. It has no table of its own: its rows leave the one of {@link #BILLS}. */
    static final Mirrored DELETED_BILLS = new Mirrored(BillLists.DELETED);

    /** Returns the lists that are read for resources: their own, and the one of deleted bills if bills are mirrored. */
    static List<Mirrored> lists(List<Mirrored> resources) {
        List<Mirrored> lists = new ArrayList<>(resources);
        if (resources.contains(BILLS)) {
            lists.add(DELETED_BILLS);
        }
        return lists;
    }

    /**
     * Returns the name of the table.
     *
     * @param prefix the prefix of all tables of the mirror
     */
    String table(String prefix) {
        return prefix + resource.replaceAll("(?=\\p{Lu})", "_").toLowerCase(Locale.ROOT);
    }

    /** Returns whether a row with this status is no record any more; a list without a status has null. */
    static boolean isDeleted(String status) {
        return DataStatus.DELETED.wireName().equalsIgnoreCase(status);
    }

    /** Returns whether a row of a list is no record any more. */
    static boolean isDeleted(JsonNode record, ChangeList list) {
        return first(record, list.statusFields()).filter(Mirrored::isDeleted).isPresent();
    }

    private static Optional<String> first(JsonNode record, List<String> fields) {
        return fields.stream()
                .filter(record::hasNonNull)
                .findFirst()
                .map(field -> record.get(field).asText());
    }

    /**
     * Returns the id of a record.
     *
     * @param record a row of the list
     * @param list the list, which says where the id is
     * @throws IllegalStateException if the record has none
     */
    String id(JsonNode record, ChangeList list) {
        return first(record, list.idFields())
                .orElseThrow(() ->
                        new IllegalStateException("a record of " + resource + " has no field of " + list.idFields()));
    }
}
