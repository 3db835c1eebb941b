/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A resource of Clinicea: what {@code clinicea:<name>} stands for.
 *
 * @param name its name in an endpoint URI
 * @param path its own path, from the root of the server; the writes of the help page's convention start from it
 * @param guessedPath whether no source names the path, so that {@code path=} may have to correct it
 * @param changes its change list, or null where none is known (documents have none)
 * @param operations what a producer can ask of it, the catalogue's own rows first, then the help page's convention
 */
public record Resource(String name, String path, boolean guessedPath, ChangeList changes, List<Operation> operations) {

    public Resource {
        Require.text(name, "resource.name");
        Require.path(path, "resource.path");
        operations = List.copyOf(Objects.requireNonNullElse(operations, List.of()));
        Require.that(
                operations.stream().map(Operation::name).distinct().count() == operations.size(),
                "resource.operations must not name one twice");
        for (Operation update : operations) {
            Require.that(
                    update.merge() == null
                            || canRead(update, named(update.merge().readBy(), operations)),
                    "operation.merge.readBy of " + update.name()
                            + " must be a read whose required arguments the update has");
        }
    }

    private static boolean canRead(Operation update, Optional<Operation> read) {
        return read.filter(Operation::readOnly)
                .filter(look -> look.arguments().stream()
                        .filter(argument -> argument.required() && !argument.recordId())
                        .allMatch(argument -> update.arguments().stream()
                                .anyMatch(other -> other.name().equals(argument.name()))))
                .isPresent();
    }

    private static Optional<Operation> named(String nameOrVerb, List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.name().equals(nameOrVerb))
                .findFirst()
                .or(() -> operations.stream()
                        .filter(operation -> nameOrVerb.equals(operation.verb()))
                        .findFirst());
    }

    /**
     * @param update one of this resource's operations that can be merged
     * @return the operation that reads its record
     */
    public Operation readFor(Operation update) {
        return named(update.merge().readBy(), operations).orElseThrow();
    }

    /**
     * @param wanted an operation's own name, not null
     * @return the operation of that name
     */
    public Optional<Operation> operation(String wanted) {
        return operations.stream().filter(o -> o.name().equals(wanted)).findFirst();
    }

    /**
     * @param verb {@code create}, {@code update}, {@code delete}, {@code get} or {@code list}
     * @return all operations that answer to it, in the order of the catalogue
     */
    public List<Operation> operationsFor(String verb) {
        return operations.stream().filter(o -> verb.equals(o.verb())).toList();
    }

    /**
     * How to find out whether a write did what it should, when its answer never came.
     *
     * @param write one of this resource's operations
     * @return the name of the operation to ask: preferably a look-up that needs nothing but what the write was given, else
     *     any, else {@code list} for the change list; nothing if there is none of these
     */
    public Optional<String> lookUpFor(Operation write) {
        List<String> given = write.arguments().stream().map(Argument::name).toList();
        List<Operation> lookUps = operationsFor("list");
        return lookUps.stream()
                .filter(look -> given.containsAll(look.required()))
                .findFirst()
                .or(() -> lookUps.stream().findFirst())
                .map(Operation::name)
                .or(() -> Optional.ofNullable(changes).map(list -> "list"));
    }
}
