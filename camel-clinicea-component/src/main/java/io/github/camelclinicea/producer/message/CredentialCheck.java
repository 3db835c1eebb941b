/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.CredentialNames;
import java.util.Map;

/**
 * Refuses arguments and fields by whose names a message could show a credential of its own: who writes a message has no say
 * in whose key goes along with it. Looks at what the message gives, and not at what a merged update adds from the record.
 */
public final class CredentialCheck {
    private final CredentialNames names;

    /** @param names the names for the endpoint */
    public CredentialCheck(CredentialNames names) {
        this.names = names;
    }

    /**
     * Checks what a message gives.
     *
     * @param operation what it is given for
     * @param arguments what it gives
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

    /** At any depth: which of them the server binds is not known. */
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
