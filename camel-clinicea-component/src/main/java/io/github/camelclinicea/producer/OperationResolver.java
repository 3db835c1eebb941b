/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the operation that a message asks for, by its verb or its own name.
 *
 * <p>Specified by {@code CliniceaProducerTest}.
 */
final class OperationResolver {
    private final Resource resource;
    private final ChangeList changes;
    private final Set<String> names;

    /**
     * @param resource the resource
     * @param changes its change list, or null if none is known
     */
    OperationResolver(Resource resource, ChangeList changes) {
        this.resource = resource;
        this.changes = changes;
        this.names = names(resource, changes != null);
    }

    /** Returns the verbs that the resource has, then the names of its operations in the catalogue. */
    private static Set<String> names(Resource resource, boolean listsChanges) {
        Set<String> names = new LinkedHashSet<>();
        for (CliniceaOperation operation : CliniceaOperation.values()) {
            String verb = operation.verb();
            boolean isList = operation == CliniceaOperation.LIST && listsChanges;
            if (isList || !resource.operationsFor(verb).isEmpty()) {
                names.add(verb);
            }
        }
        resource.operations().forEach(operation -> names.add(operation.name()));
        return names;
    }

    /**
     * Fails unless the resource has an operation of this name.
     *
     * @param wanted a verb or the name of an operation, or null
     * @throws IllegalArgumentException if there is none; the message lists the names that exist
     */
    void requireKnown(String wanted) {
        if (!names.contains(wanted)) {
            throw new IllegalArgumentException(
                    (wanted == null ? "No operation" : "Unknown operation '" + wanted + "'") + " for " + resource.name()
                            + ". " + (wanted == null ? "" : Suggestion.of(wanted, names))
                            + "Set the option operation or the header " + CliniceaConstants.OPERATION + " to one of "
                            + names);
        }
    }

    /**
     * Returns the operation of this name. Nothing is returned for the verb {@code list}, because the arguments decide
     * which look-up it is; see {@link #lookUp}.
     *
     * @param wanted a verb or the name of an operation, or null
     * @throws IllegalArgumentException if there is no such operation
     */
    Optional<Operation> find(String wanted) {
        requireKnown(wanted);
        Optional<Operation> named = resource.operation(wanted);
        if (named.isPresent() || wanted.equals(CliniceaOperation.LIST.verb())) {
            return named;
        }
        return resource.operationsFor(wanted).stream().findFirst();
    }

    /**
     * Returns the first look-up whose required arguments are given, or nothing for the list of all changes.
     *
     * @param given the names of the given arguments
     * @throws IllegalArgumentException if the arguments fit no look-up
     */
    Optional<Operation> lookUp(Set<String> given) {
        List<Operation> lookUps = resource.operationsFor(CliniceaOperation.LIST.verb());
        Optional<Operation> fitting = lookUps.stream()
                .filter(lookUp -> given.containsAll(lookUp.required()))
                .findFirst();
        if (fitting.isPresent()) {
            return fitting;
        }
        if (changes == null) {
            // Building its request names the missing argument.
            return Optional.of(lookUps.get(0));
        }
        requireArgumentsOfChanges(given, lookUps);
        return Optional.empty();
    }

    /** A misspelt argument of a look-up must not list the whole clinic instead. */
    private void requireArgumentsOfChanges(Set<String> given, List<Operation> lookUps) {
        List<String> taken = changes.arguments().stream().map(Argument::name).toList();
        if (!taken.containsAll(given)) {
            throw new IllegalArgumentException(
                    "The arguments " + given + " of list fit no look-up of " + resource.name()
                            + ": "
                            + lookUps.stream()
                                    .map(lookUp -> lookUp.name() + " needs " + lookUp.required())
                                    .toList()
                            + "; without arguments, all changes since syncFrom are listed");
        }
    }
}
