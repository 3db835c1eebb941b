/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be asked of a resource, and which of it is meant. */
final class OperationResolver {
    private final Resource resource;
    private final ChangeList changes;

    /**
     * @param resource the resource
     * @param changes its change list, or null if none is known
     */
    OperationResolver(Resource resource, ChangeList changes) {
        this.resource = resource;
        this.changes = changes;
    }

    /**
     * @param wanted the operation asked for, or null
     * @throws IllegalArgumentException if there is none of that name
     */
    void requireKnown(String wanted) {
        if (!names().contains(wanted)) {
            throw new IllegalArgumentException(
                    (wanted == null ? "No operation" : "Unknown operation '" + wanted + "'") + " for " + resource.name()
                            + ": set the option operation or the header " + CliniceaConstants.OPERATION + " to one of "
                            + names());
        }
    }

    /** @return the verbs that this resource has, then the names of the catalogue's rows */
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (CliniceaOperation operation : CliniceaOperation.values()) {
            boolean listsChanges = operation == CliniceaOperation.LIST && changes != null;
            if (listsChanges || !resource.operationsFor(operation.verb()).isEmpty()) {
                names.add(operation.verb());
            }
        }
        resource.operations().forEach(operation -> names.add(operation.name()));
        return names;
    }

    /**
     * @param wanted an operation that is known
     * @return the operation that writes; nothing if it only reads
     */
    Optional<Operation> write(String wanted) {
        return resource.operation(wanted)
                .or(() -> resource.operationsFor(wanted).stream().findFirst())
                .filter(operation -> !operation.readOnly());
    }

    /**
     * @param wanted an operation that is known
     * @param given the names of the arguments in the header
     * @return the operation; nothing for the list of all changes
     * @throws IllegalArgumentException if a list is wanted and the arguments fit none
     */
    Optional<Operation> choose(String wanted, Set<String> given) {
        Optional<Operation> named = resource.operation(wanted);
        if (named.isPresent()) {
            return named;
        }
        List<Operation> candidates = resource.operationsFor(wanted);
        if (!wanted.equals(CliniceaOperation.LIST.verb())) {
            return Optional.of(candidates.get(0));
        }
        return candidates.stream()
                .filter(look -> given.containsAll(look.required()))
                .findFirst()
                .or(() -> listOfChanges(candidates, given));
    }

    /** No look-up fits. What is left must not be the whole clinic because an argument was misspelt. */
    private Optional<Operation> listOfChanges(List<Operation> lookUps, Set<String> given) {
        if (changes == null) {
            return Optional.of(lookUps.get(0));
        }
        List<String> taken = changes.arguments().stream().map(Argument::name).toList();
        if (!taken.containsAll(given)) {
            throw new IllegalArgumentException(
                    "The arguments " + given + " of list fit no look-up of " + resource.name()
                            + ": "
                            + lookUps.stream()
                                    .map(look -> look.name() + " needs " + look.required())
                                    .toList()
                            + "; without arguments, all changes since syncFrom are listed");
        }
        return Optional.empty();
    }
}
