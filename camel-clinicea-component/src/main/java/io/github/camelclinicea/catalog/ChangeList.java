/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.List;
import java.util.Objects;

/**
 * The list of everything that changed since a moment: what a consumer polls (docs/design/wire.md, section 2).
 *
 * @param path where it is, from the root of the server
 * @param since the parameters that carry the sync timestamp; all of them are sent, each in its own format, because the
 *     documentation names two and the server reads the one it knows
 * @param page the page parameter
 * @param pageSize the size of a page
 * @param idFields the fields that may hold a row's id; the first that a row has wins
 * @param statusFields the fields that may hold its change tag; the first that a row has wins
 * @param modifiedFields the fields that may hold its last-change stamp; the first that a row has wins
 * @param dropsDeleted whether deleted records leave the list, so that its rows shift without a trace
 * @param arguments optional further query parameters that the list takes
 * @param grade how well all this is known
 * @param note what a user should know besides, or null
 */
public record ChangeList(
        String path,
        List<SinceParameter> since,
        PageParameter page,
        PageSize pageSize,
        List<String> idFields,
        List<String> statusFields,
        List<String> modifiedFields,
        boolean dropsDeleted,
        List<Argument> arguments,
        Grade grade,
        String note) {

    public ChangeList {
        Require.path(path, "changes.path");
        since = Require.some(since, "changes.since");
        Require.present(page, "changes.page");
        Require.present(pageSize, "changes.pageSize");
        idFields = Require.some(idFields, "changes.idFields");
        statusFields = Require.some(statusFields, "changes.statusFields");
        modifiedFields = Require.some(modifiedFields, "changes.modifiedFields");
        arguments = List.copyOf(Objects.requireNonNullElse(arguments, List.of()));
        Require.present(grade, "changes.grade");
    }
}
