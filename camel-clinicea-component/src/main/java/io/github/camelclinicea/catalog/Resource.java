/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes a resource of Clinicea, the part after {@code clinicea:} in an endpoint URI.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param name the name in an endpoint URI
 * @param path the path, from the root of the server; the paths of writes by the help page's conventions begin with it
 * @param pathGuesses if no source names the path, the paths that it may have, beginning with {@code path}; otherwise
 *     empty. The option {@code path} can correct it
 * @param changes the change list, or null if none is known (documents have none)
 * @param operations the operations: first those of the catalogue, then those of the help page's conventions
 */
public record Resource(
        String name, String path, List<String> pathGuesses, ChangeList changes, List<Operation> operations) {

    /**
     * Checks the row.
     *
     * @param name the component of that name
     * @param path the component of that name
     * @param pathGuesses the component of that name
     * @param changes the component of that name
     * @param operations the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public Resource {
        Require.text(name, "resource.name");
        Require.path(path, "resource.path");
        pathGuesses = List.copyOf(Objects.requireNonNullElse(pathGuesses, List.of()));
        pathGuesses.forEach(guess -> Require.path(guess, "resource.pathGuesses"));
        Require.that(
                pathGuesses.isEmpty() || pathGuesses.get(0).equals(path),
                "resource.pathGuesses must begin with the path");
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

    /** {@return whether no source names the path} */
    public boolean guessedPath() {
        return !pathGuesses.isEmpty();
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
     * {@return the operation that reads the record of an update}
     *
     * @param update an operation of this resource whose {@code merge} is not null
     */
    public Operation readFor(Operation update) {
        return named(update.merge().readBy(), operations).orElseThrow();
    }

    /**
     * {@return the operation of a name; empty if there is none}
     *
     * @param wanted the name of an operation, not its verb; not null
     */
    public Optional<Operation> operation(String wanted) {
        return operations.stream().filter(o -> o.name().equals(wanted)).findFirst();
    }

    /**
     * {@return all operations that perform a verb, in the order of the catalogue}
     *
     * @param verb {@code create}, {@code update}, {@code delete}, {@code get} or {@code list}
     */
    public List<Operation> operationsFor(String verb) {
        return operations.stream().filter(o -> verb.equals(o.verb())).toList();
    }

    /**
     * Returns the operation that shows whether a write was done, for a write whose outcome is unknown. This is a
     * look-up whose required arguments the write has, or else any look-up, or else {@code list} for the change list.
     *
     * @param write an operation of this resource
     * @return the name of the operation; empty if the resource has none of these
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
