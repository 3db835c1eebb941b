/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Part;
import io.github.camelclinicea.catalog.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates the page {@code docs/reference/catalogue.md} from the catalogue. */
final class CataloguePage {
    private CataloguePage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # The catalogue

                The catalogue is the component's knowledge of Clinicea's API. Nobody on this project could try the live service. Each
                fact has the grade of its evidence:

                | Grade | Meaning |
                | --- | --- |
                | HELP | stated on the vendor's help page |
                | VENDOR | stated on another official page of the vendor |
                | LIVE | reported by a public integration as observed on the live service |
                | USED | sent by public, shipped code to the live service; result not stated |
                | SECOND | reported from the vendor's API description at second hand |
                | CONVENTION | a convention of this project, which the help page implies and no source states |
                | GUESS | a guess by analogy: there is such a thing, and no source says how it is called |
                | OWN | stated by you, in a file of your own or by an option |

                The component logs a WARN when a route starts with a path that is a GUESS.

                A file of your own corrects the catalogue or adds to it: [correct the
                catalogue](../how-to/correct-the-catalogue.md). For one endpoint, these options do the same: `path`, `syncParameter`,
                `timestampFormat`, `pageParameter`, `firstPage`, `pageSizeParameter`, `pageSize`, `idField`, `statusField` and
                `modifiedField`. For a resource that is not here, use `clinicea:anyName?path=/its/path`.

                ## Change lists that a consumer polls

                The grade of each part is behind it.

                | Resource | Path | Since parameter | Page parameter | First page | Page size | Id | Status | Stamp |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
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

                The paths that a guess may stand for, in the order in which to try them:

                | Resource | Paths |
                | --- | --- |
                """);
        for (String name : Catalogue.shipped().names()) {
            Resource resource = Catalogue.shipped().resource(name).orElseThrow();
            if (resource.guessedPath()) {
                page.append("| `" + name + "` | " + codes(resource.pathGuesses()) + " |\n");
            }
        }
        page.append("""

                ## Operations that a producer can run

                Arguments in **bold** are required. *id* marks the argument that the header `CamelCliniceaRecordId` fills. The operation
                sets a *fixed* argument itself, and sends the value of one with `=` unless you give another. `list` without arguments reads the change list from `syncFrom` to its end.

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

                For the operations graded CONVENTION, the help page names only the verbs. Their paths and JSON bodies are unverified.
                """);
        return page.toString();
    }

    private static String row(Resource resource, ChangeList changes) {
        return "| `" + resource.name() + "` | `" + changes.path() + "` " + changes.gradeOf(Part.PATH) + " | "
                + changes.since().stream()
                        .map(since -> "`" + since.name() + "` as " + since.format() + " "
                                + changes.gradeOf(Part.SINCE, since.name()))
                        .collect(Collectors.joining(", "))
                + " | `" + changes.page().name() + "` " + changes.gradeOf(Part.PAGE) + " | "
                + changes.page().first() + " " + changes.gradeOf(Part.FIRST_PAGE) + " | "
                + (changes.pageSize().name() == null
                        ? ""
                        : "`" + changes.pageSize().name() + "` ")
                + changes.pageSize().rows() + " " + changes.gradeOf(Part.PAGE_SIZE) + " | "
                + fields(changes, Part.ID_FIELDS, changes.idFields()) + " | "
                + fields(changes, Part.STATUS_FIELDS, changes.statusFields()) + " | "
                + fields(changes, Part.MODIFIED_FIELDS, changes.modifiedFields()) + " |\n";
    }

    private static String fields(ChangeList changes, Part part, List<String> fields) {
        return fields.stream()
                .map(field -> "`" + field + "` " + changes.gradeOf(part, field))
                .collect(Collectors.joining(", "));
    }

    private static String codes(List<String> texts) {
        return texts.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    }

    /** Returns the grade of an operation, and those of its parts that differ. */
    static String grade(Operation operation) {
        return operation.grade()
                + Stream.of(Part.PATH, Part.ARGUMENTS)
                        .filter(part -> operation.gradeOf(part) != operation.grade())
                        .map(part -> "; " + part.key() + " " + operation.gradeOf(part))
                        .collect(Collectors.joining());
    }

    private static String row(Resource resource, Operation operation) {
        return "| `" + resource.name() + "` | " + (operation.verb() == null ? "" : "`" + operation.verb() + "`") + " | "
                + (operation.name().equals(operation.verb()) ? "" : "`" + operation.name() + "`") + " | `"
                + operation.method() + " " + operation.path().replace("{path}", resource.path()) + "`"
                + (operation.openBody() ? " and a JSON body" : "") + " | "
                + operation.arguments().stream().map(CataloguePage::argument).collect(Collectors.joining(", "))
                + (operation.openArguments() ? ", any others" : "") + " | "
                + grade(operation) + " |\n";
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
        String name = "`" + argument.name() + (argument.value() == null ? "" : "=" + argument.value()) + "`";
        return (argument.required() ? "**" + name + "**" : name) + (argument.recordId() ? " *id*" : "");
    }
}
