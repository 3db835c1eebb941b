/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Operation.Answer;
import io.github.camelclinicea.catalog.Resource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Generates the tables of {@code docs/reference/operations.md} from the catalogue. */
final class ProducerPage {
    private ProducerPage() {}

    /** Returns the page with its generated part made again. */
    static String renewed(String page) {
        return GeneratedPart.renewed(page, "<!-- from the catalogue -->\n", table(), "<!-- until here -->\n");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("""
                | Resource | Operation | Required | Optional | Returns | Grade | Example |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        OperationExample.all().forEach(example -> table.append(row(example)));
        table.append("""

                The meaning of arguments whose name does not say it:

                | Argument | Operation | Type | Meaning |
                | --- | --- | --- | --- |
                """);
        meanings()
                .forEach((meaning, operations) ->
                        table.append("| `" + meaning.name() + "` | " + String.join(", ", operations) + " | "
                                + meaning.type().shape() + " | " + meaning.description() + " |\n"));
        return table.toString();
    }

    private static String row(OperationExample example) {
        Operation operation = example.operation();
        if (operation == null) {
            return "| " + having(resource -> resource.changes() != null)
                    + " | `list` without arguments |  |  | a `List` of all changes since `syncFrom` | that of the"
                    + " [change list](catalogue.md) | " + example.cell() + " |\n";
        }
        boolean convention = OperationExample.isConvention(operation);
        String resources = convention
                ? having(resource -> resource.operations().contains(operation)) + ", and any with `path=`"
                : "`" + example.resource().name() + "`";
        return "| " + resources + " | " + names(operation) + " | " + arguments(operation, Argument::required) + " | "
                + (operation.openBody() ? "any fields in the body" : arguments(operation, a -> !a.required()))
                + (operation.openArguments() ? ", any others" : "") + " | "
                + gives(operation) + " | " + CataloguePage.grade(operation) + " | " + example.cell() + " |\n";
    }

    private static String names(Operation operation) {
        boolean both = operation.verb() != null && !operation.verb().equals(operation.name());
        return (both ? "`" + operation.verb() + "` or " : "") + "`" + operation.name() + "`";
    }

    private static String having(Predicate<Resource> what) {
        return Catalogue.shipped().names().stream()
                .filter(name -> what.test(Catalogue.shipped().resource(name).orElseThrow()))
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }

    private static String arguments(Operation operation, Predicate<Argument> which) {
        return operation.callerArguments().stream()
                .filter(which)
                .map(argument -> "`" + argument.name() + "`" + (argument.recordId() ? " *id*" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String gives(Operation operation) {
        return operation.answer() == Answer.LIST
                ? "a `List`" + (operation.paging() == null ? "" : " of all pages")
                : operation.answer() == Answer.OBJECT ? "a record" : "no body";
    }

    private record Meaning(String name, Argument.Type type, String description) {}

    private static Map<Meaning, Set<String>> meanings() {
        Map<Meaning, Set<String>> meanings = new LinkedHashMap<>();
        for (String name : Catalogue.shipped().names()) {
            Resource resource = Catalogue.shipped().resource(name).orElseThrow();
            if (resource.changes() != null) {
                add(meanings, "`list`", resource.changes().arguments());
            }
            resource.operations()
                    .forEach(operation -> add(meanings, "`" + operation.name() + "`", operation.callerArguments()));
        }
        return meanings;
    }

    private static void add(Map<Meaning, Set<String>> meanings, String operation, List<Argument> arguments) {
        for (Argument argument : arguments) {
            if (argument.description() != null) {
                meanings.computeIfAbsent(
                                new Meaning(argument.name(), argument.type(), argument.description()),
                                meaning -> new LinkedHashSet<>())
                        .add(operation);
            }
        }
    }
}
