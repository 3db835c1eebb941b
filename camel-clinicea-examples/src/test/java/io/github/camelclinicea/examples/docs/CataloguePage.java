/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.SinceParameter;
import java.util.stream.Collectors;

/** Generates the page {@code docs/reference/catalogue.md} from the catalogue. */
final class CataloguePage {
    private CataloguePage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # The catalogue

                The catalogue is the component's knowledge of Clinicea's API. Nobody on this project could try the live service. Each
                row has the grade of its evidence:

                | Grade | Meaning |
                | --- | --- |
                | HELP | for a change list: stated on the vendor's help page; for an operation: a convention that the page implies and no source confirms |
                | VENDOR | stated on another official page of the vendor |
                | LIVE | reported by a public integration as observed on the live service |
                | USED | sent by public, shipped code to the live service; result not stated |
                | SECOND | reported from the vendor's API description at second hand |

                A path marked *guess* is by analogy. The component logs a WARN when a route starts with it.

                These options correct the catalogue: `path`, `syncParameter`, `timestampFormat`, `pageParameter`, `firstPage`,
                `pageSizeParameter`, `pageSize`, `idField`, `statusField` and `modifiedField`. For a resource that is not here, use
                `clinicea:anyName?path=/its/path`.

                ## Change lists that a consumer polls

                | Resource | Path | Since parameter | Page parameter | Page size | Id | Grade |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (String name : Catalogue.shipped().names()) {
            Resource resource = Catalogue.shipped().resource(name).orElseThrow();
            if (resource.changes() != null) {
                page.append(row(resource, resource.changes()));
            }
        }
        page.append("""

                A since parameter is sent as `2015-03-21T14:30:10` (UTC_SECONDS) or `2015-03-21T14:30:10+00:00` (ISO_OFFSET). If a row
                lists two, both are sent, and the server reads the one it knows.

                It is uncertain whether a list from 0 really begins there. As long as page 0 has never had rows, page 1 is requested,
                too. `firstPage` sets the number.

                """);
        for (String name : Catalogue.shipped().names()) {
            ChangeList changes =
                    Catalogue.shipped().resource(name).orElseThrow().changes();
            if (changes != null && changes.note() != null) {
                page.append("- `")
                        .append(name)
                        .append("`: ")
                        .append(changes.note())
                        .append(".\n");
            }
        }
        page.append("""

                ## Operations that a producer can run

                Arguments in **bold** are required. *id* marks the argument that the header `CamelCliniceaRecordId` fills. The operation
                sets a *fixed* argument itself. `list` without arguments reads the change list from `syncFrom` to its end.

                | Resource | Operation | Name | Request | Arguments | Grade |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (String name : Catalogue.shipped().names()) {
            Resource resource = Catalogue.shipped().resource(name).orElseThrow();
            resource.operations().forEach(operation -> page.append(row(resource, operation)));
        }
        page.append("\n");
        for (String name : Catalogue.shipped().names()) {
            for (Operation operation :
                    Catalogue.shipped().resource(name).orElseThrow().operations()) {
                if (operation.note() != null && !operation.path().startsWith("{path}")) {
                    page.append("- `")
                            .append(operation.name())
                            .append("`: ")
                            .append(operation.note())
                            .append(".\n");
                }
            }
        }
        page.append("""

                With `mergeOnUpdate=true` an update reads its record first:

                | Resource | Update | Operation that reads | Arguments whose field has another name |
                | --- | --- | --- | --- |
                """);
        for (String name : Catalogue.shipped().names()) {
            Resource resource = Catalogue.shipped().resource(name).orElseThrow();
            resource.operationsFor("update").forEach(update -> page.append(merge(resource, update)));
        }
        page.append("""

                For the operations graded HELP, the help page names only the verbs. Their paths and JSON bodies are unverified.
                """);
        return page.toString();
    }

    private static String row(Resource resource, ChangeList changes) {
        return "| `" + resource.name() + "` | `" + changes.path() + "`" + (resource.guessedPath() ? " *guess*" : "")
                + " | "
                + changes.since().stream().map(CataloguePage::since).collect(Collectors.joining(", "))
                + " | `" + changes.page().name() + "` from " + changes.page().first() + " | "
                + changes.pageSize().rows()
                + (changes.pageSize().name() == null
                        ? ""
                        : ", `" + changes.pageSize().name() + "`") + " | "
                + changes.idFields().stream().map(f -> "`" + f + "`").collect(Collectors.joining(", ")) + " | "
                + changes.grade() + " |\n";
    }

    private static String since(SinceParameter since) {
        return "`" + since.name() + "` " + since.format();
    }

    private static String row(Resource resource, Operation operation) {
        return "| `" + resource.name() + "` | " + (operation.verb() == null ? "" : "`" + operation.verb() + "`") + " | "
                + (operation.name().equals(operation.verb()) ? "" : "`" + operation.name() + "`") + " | `"
                + operation.method() + " " + operation.path().replace("{path}", resource.path()) + "`"
                + (operation.openBody() ? " and a JSON body" : "") + " | "
                + operation.arguments().stream().map(CataloguePage::argument).collect(Collectors.joining(", ")) + " | "
                + operation.grade() + " |\n";
    }

    private static String merge(Resource resource, Operation update) {
        return "| `" + resource.name() + "` | `" + update.name() + "` | `"
                + resource.readFor(update).name() + "` | "
                + update.merge().fields().entrySet().stream()
                        .map(field -> "`" + field.getKey() + "` from `" + field.getValue() + "`")
                        .sorted()
                        .collect(Collectors.joining(", "))
                + " |\n";
    }

    private static String argument(Argument argument) {
        if (argument.fixed()) {
            return "`" + argument.name() + "=" + argument.value() + "` *fixed*";
        }
        String name = "`" + argument.name() + "`";
        return (argument.required() ? "**" + name + "**" : name) + (argument.recordId() ? " *id*" : "");
    }
}
