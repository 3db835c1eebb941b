/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.CredentialNames;
import java.util.Map;

/**
 * Rejects arguments and fields whose names may be those of credentials. The sender of a message must not choose the
 * credential of its request. Only the arguments of the message are checked, not the fields that a merge adds from the
 * record.
 *
 * <p>Specified by {@code InjectionTest}.
 */
public final class CredentialCheck {
    private final CredentialNames names;

    /**
     * @param names the names of credentials at this endpoint
     */
    public CredentialCheck(CredentialNames names) {
        this.names = names;
    }

    /**
     * Checks the arguments of a message.
     *
     * @param operation the operation
     * @param arguments its arguments
     * @throws IllegalArgumentException if a name may be that of a credential
     */
    public void check(Operation operation, Arguments arguments) {
        arguments.parameters().forEach((name, value) -> {
            checkArgument(operation, name);
            checkFields(operation, value);
        });
        if (!operation.openBody()) {
            arguments.record().fieldNames().forEachRemaining(name -> checkArgument(operation, name));
        }
        checkFields(operation, arguments.record());
    }

    private void checkArgument(Operation operation, String name) {
        if (names.hold(name)
                || names.holdInQuery(name)
                        && operation.arguments().stream()
                                .noneMatch(argument -> argument.name().equals(name))) {
            throw refused(operation, name);
        }
    }

    /** Checks fields at any depth, because it is not known which of them the server reads. */
    private void checkFields(Operation operation, JsonNode value) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (names.hold(field.getKey())) {
                    throw refused(operation, field.getKey());
                }
            }
        }
        value.forEach(inner -> checkFields(operation, inner));
    }

    private static IllegalArgumentException refused(Operation operation, String name) {
        return new IllegalArgumentException("'" + name + "' of " + operation.name()
                + " cannot be given, it may carry a credential; set apiKey, or username and password, on the endpoint");
    }
}
