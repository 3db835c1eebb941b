/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Describes a change list, which a consumer polls (docs/design/wire.md, section 2).
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param path the path, from the root of the server
 * @param since the query parameters for the checkpoint. All of them are sent, each in its own format, because the
 *     documentation names two and the server reads the one it knows
 * @param page the query parameter for the page number
 * @param pageSize the size of a page
 * @param idFields the fields that may hold a row's id; the first one that a row has is used
 * @param statusFields the fields that may hold a row's status; the first one that a row has is used
 * @param modifiedFields the fields that may hold a row's last-change stamp; the first one that a row has is used
 * @param dropsDeleted whether deleted records leave the list, so that its rows shift and no row shows it
 * @param arguments the optional query parameters
 * @param grade how well this row is known; parts may have a grade of their own
 * @param grades the grades that differ from it, by the key of a {@link Part}
 * @param nameGrades the grades that differ from that of their part, by the name of a query parameter for the checkpoint
 *     or of a field
 * @param note a note for users, or null
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
        Map<String, Grade> grades,
        Map<String, Grade> nameGrades,
        String note) {

    /**
     * Checks the row.
     *
     * @param path the component of that name
     * @param since the component of that name
     * @param page the component of that name
     * @param pageSize the component of that name
     * @param idFields the component of that name
     * @param statusFields the component of that name
     * @param modifiedFields the component of that name
     * @param dropsDeleted the component of that name
     * @param arguments the component of that name
     * @param grade the component of that name
     * @param grades the component of that name
     * @param nameGrades the component of that name
     * @param note the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
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
        grades = Map.copyOf(Objects.requireNonNullElse(grades, Map.of()));
        nameGrades = Map.copyOf(Objects.requireNonNullElse(nameGrades, Map.of()));
    }

    /**
     * {@return how well a part of this row is known}
     *
     * @param part the part, not null
     */
    public Grade gradeOf(Part part) {
        return part.in(grades, grade);
    }

    /**
     * {@return how well one name of a part is known}
     *
     * @param part the part
     * @param name a query parameter for the checkpoint, or a field
     */
    public Grade gradeOf(Part part, String name) {
        return Objects.requireNonNullElseGet(nameGrades.get(name), () -> gradeOf(part));
    }
}
