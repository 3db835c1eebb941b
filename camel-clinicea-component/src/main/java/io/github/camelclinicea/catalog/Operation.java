/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Describes one operation of a producer.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param name the name of the operation
 * @param verb {@code create}, {@code update}, {@code delete}, {@code get} or {@code list}, if this operation performs
 *     it; null otherwise. If several look-ups have the verb {@code list}, the arguments of a message decide between
 *     them
 * @param method the HTTP method
 * @param path the path; {@code {path}} stands for the resource's own path and {@code {name}} for an argument
 * @param arguments the arguments
 * @param openArguments whether any further argument is sent, also by a write, because their names are not known
 * @param openBody whether the message body is sent as the JSON body with any fields
 * @param content whether the message body is the content of a document. It is sent to the blob store after this
 *     operation has registered the document
 * @param paging how to request the pages of the list, or null if the response has no pages
 * @param merge how to read the fields that an update would overwrite, or null if that is not known
 * @param answer the form of the response
 * @param grade how well this row is known; its path and arguments may have a grade of their own
 * @param grades the grades that differ from it, by the key of a {@link Part}
 * @param nameGrades the grades that differ from that of the arguments, by the name of an argument
 * @param note a note for users, or null
 */
public record Operation(
        String name,
        String verb,
        String method,
        String path,
        List<Argument> arguments,
        boolean openArguments,
        boolean openBody,
        boolean content,
        Paging paging,
        Merge merge,
        Answer answer,
        Grade grade,
        Map<String, Grade> grades,
        Map<String, Grade> nameGrades,
        String note) {

    /** The form of an operation's response. */
    public enum Answer {
        /** One record: an object, or an array of one. */
        OBJECT,
        /** A bare array of records. */
        LIST,
        /** A response whose body is ignored. */
        NOTHING
    }

    private static final Set<String> VERBS = Set.of("create", "update", "delete", "get", "list");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

    /**
     * Checks the row.
     *
     * @param name the component of that name
     * @param verb the component of that name
     * @param method the component of that name
     * @param path the component of that name
     * @param arguments the component of that name
     * @param openArguments the component of that name
     * @param openBody the component of that name
     * @param content the component of that name
     * @param paging the component of that name
     * @param merge the component of that name
     * @param answer the component of that name
     * @param grade the component of that name
     * @param grades the component of that name
     * @param nameGrades the component of that name
     * @param note the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public Operation {
        Require.text(name, "operation.name");
        Require.that(verb == null || VERBS.contains(verb), "operation.verb must be one of " + VERBS + ", not " + verb);
        Require.that(
                method != null && METHODS.contains(method),
                "operation.method must be one of " + METHODS + ", not " + method);
        Require.that(
                path != null && (path.startsWith("/") || path.startsWith("{path}")),
                "operation.path must start with / or {path}, not " + path);
        arguments = List.copyOf(Objects.requireNonNullElse(arguments, List.of()));
        Require.that(
                arguments.stream().map(Argument::name).distinct().count() == arguments.size(),
                "operation.arguments must not name one twice");
        Require.that(
                arguments.stream().filter(Argument::recordId).count() <= 1,
                "operation.arguments may have one recordId at most");
        for (Argument argument : arguments) {
            Require.that(
                    argument.place() != Argument.Place.PATH || path.contains("{" + argument.name() + "}"),
                    "operation.path has no place for {" + argument.name() + "}");
        }
        String rest = path.replaceFirst("^\\{path}", "/");
        for (Argument argument : arguments) {
            if (argument.place() == Argument.Place.PATH) {
                rest = rest.replace("{" + argument.name() + "}", "x");
            }
        }
        Require.path(rest, "operation.path, its arguments filled in,");
        Require.that(!(openBody && content), "operation.content leaves no body for openBody");
        Require.present(answer, "operation.answer");
        Require.that(paging == null || answer == Answer.LIST, "operation.paging is for lists only");
        Require.present(grade, "operation.grade");
        grades = Map.copyOf(Objects.requireNonNullElse(grades, Map.of()));
        nameGrades = Map.copyOf(Objects.requireNonNullElse(nameGrades, Map.of()));
        if (merge != null) {
            Require.that(
                    arguments.stream().anyMatch(Argument::recordId),
                    "operation.merge needs an argument with the record's id");
            Require.that(
                    arguments.stream()
                            .map(Argument::name)
                            .toList()
                            .containsAll(merge.fields().keySet()),
                    "operation.merge.fields must be for arguments of the operation");
        }
    }

    /**
     * {@return how well a part of this row is known}
     *
     * @param part the part, not null
     */
    public Grade gradeOf(Part part) {
        return part.in(grades, grade);
    }

    /** {@return whether the operation only reads, so that it may be repeated} */
    public boolean readOnly() {
        return method.equals("GET");
    }

    /**
     * {@return whether the fields of a message's body are arguments} They are not for reads, deletes and uploads of
     * content.
     */
    public boolean takesBody() {
        return !readOnly() && !method.equals("DELETE") && !content;
    }

    /** {@return the arguments that a message may give, in the order of the catalogue} */
    public List<Argument> callerArguments() {
        return arguments.stream().filter(argument -> !argument.fixed()).toList();
    }

    /** {@return the names of the required arguments, in the order of the catalogue} */
    public Set<String> required() {
        return arguments.stream()
                .filter(Argument::required)
                .map(Argument::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
