/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One call a producer can make.
 *
 * @param name the name by which it is asked for
 * @param verb which of {@code create}, {@code update}, {@code delete}, {@code get} and {@code list} it also answers to, or
 *     null for none. Several look-ups may share {@code list}: the arguments given decide
 * @param method the HTTP method
 * @param path where it is; {@code {path}} stands for the resource's own path and {@code {name}} for an argument
 * @param arguments what it takes
 * @param openBody whether the message body is sent as the JSON body, whatever its fields
 * @param content whether the message body is the content of a document, which goes to the blob store once the call has
 *     registered it
 * @param paging how its list is paged, or null for a single answer
 * @param merge how the rest of the record is read that an update would overwrite, or null if that is not known
 * @param answer what comes back
 * @param grade how well all this is known
 * @param note what a user should know besides, or null
 */
public record Operation(
        String name,
        String verb,
        String method,
        String path,
        List<Argument> arguments,
        boolean openBody,
        boolean content,
        Paging paging,
        Merge merge,
        Answer answer,
        Grade grade,
        String note) {

    /** The shape of an operation's answer. */
    public enum Answer {
        /** One record: an object, or an array of one. */
        OBJECT,
        /** A bare array of records. */
        LIST,
        /** Nothing that matters. */
        NOTHING
    }

    private static final Set<String> VERBS = Set.of("create", "update", "delete", "get", "list");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

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
        Require.that(paging == null || answer == Answer.LIST, "operation.paging is for a LIST answer only");
        Require.present(grade, "operation.grade");
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

    /** @return whether the call only reads, so that repeating it does no harm */
    public boolean readOnly() {
        return method.equals("GET");
    }

    /** @return whether a message's body holds arguments; reads and deletes leave it alone, and content is no argument */
    public boolean takesBody() {
        return !readOnly() && !method.equals("DELETE") && !content;
    }

    /** @return the arguments that a caller may give, in the order of the catalogue */
    public List<Argument> callerArguments() {
        return arguments.stream().filter(argument -> !argument.fixed()).toList();
    }

    /** @return the names of the arguments a call must have, in the order of the catalogue */
    public Set<String> required() {
        return arguments.stream()
                .filter(Argument::required)
                .map(Argument::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
