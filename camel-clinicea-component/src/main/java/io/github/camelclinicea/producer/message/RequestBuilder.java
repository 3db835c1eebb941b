/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.row.RecordId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Builds the request of an operation: puts each argument into the path, the query or the JSON body. Wrong arguments are
 * rejected. The message of the exception has the argument's name but not its value, which may be a patient's.
 *
 * <p>Specified by {@code ArgumentsTest}.
 */
public final class RequestBuilder {
    private static final String RESOURCE_PATH = "{path}";

    private final Resource resource;
    private final Operation operation;
    private final String pathOption;
    private final boolean strict;

    /**
     * @param resource the resource
     * @param operation one of its operations
     * @param pathOption a path that replaces the operation's, or null
     * @param strict whether to reject arguments that the operation does not take; otherwise they are sent
     */
    public RequestBuilder(Resource resource, Operation operation, String pathOption, boolean strict) {
        this.resource = resource;
        this.operation = operation;
        this.pathOption = pathOption;
        this.strict = strict;
    }

    /**
     * Returns the builder for a read that another operation needs. The path option is meant for the other operation. It
     * applies to the read only if the read's path begins with the resource's path.
     *
     * @param resource the resource
     * @param read the read
     * @param pathOption the path that replaces the other operation's, or null
     */
    public static RequestBuilder ofRead(Resource resource, Operation read, String pathOption) {
        return new RequestBuilder(resource, read, followsFromResource(read) ? pathOption : null, false);
    }

    private static boolean followsFromResource(Operation operation) {
        return operation.path().startsWith(RESOURCE_PATH);
    }

    /**
     * Builds the request.
     *
     * @param arguments the arguments
     * @return the request, which is not sent
     * @throws IllegalArgumentException if an argument is missing, unknown, given twice, or of the wrong type
     */
    public Request request(Arguments arguments) {
        Map<String, JsonNode> given = given(arguments);
        String path = path();
        List<Parameter> query = new ArrayList<>();
        ObjectNode body = Json.mapper().createObjectNode();
        for (Argument argument : operation.arguments()) {
            String value = value(argument, given.remove(argument.name()), arguments.recordId());
            if (value != null) {
                switch (argument.place()) {
                    case PATH -> path = path.replace("{" + argument.name() + "}", segment(argument, value));
                    case BODY -> body.put(argument.name(), value);
                    case QUERY -> query.add(new Parameter(argument.name(), value));
                }
            }
        }
        addUnknown(given, arguments, query, body);
        if (operation.openBody()) {
            body.setAll(arguments.record());
        }
        return new Request(
                resource.name(),
                operation.name(),
                operation.method(),
                path,
                query,
                hasJsonBody() ? MessageValues.json(body) : null,
                resource.lookUpFor(operation).orElse(null));
    }

    /** Returns the arguments by name, from the header and the body. The fields of an open body are no arguments. */
    private Map<String, JsonNode> given(Arguments arguments) {
        Map<String, JsonNode> given = new LinkedHashMap<>(arguments.parameters());
        given.keySet().forEach(this::refuse);
        if (!operation.openBody()) {
            for (Map.Entry<String, JsonNode> field : arguments.record().properties()) {
                refuse(field.getKey());
                if (!field.getValue().isNull()) {
                    JsonNode other = given.putIfAbsent(field.getKey(), field.getValue());
                    refuseTwoValues(field.getKey(), field.getValue(), other);
                }
            }
        }
        return given;
    }

    /**
     * Fails if the header and the body give different values. A header stays on the message after an operation, and
     * must not override the body of the next one.
     */
    private void refuseTwoValues(String name, JsonNode inBody, JsonNode inHeader) {
        if (inHeader != null && !RecordId.same(inHeader.asText(), inBody.asText())) {
            throw new IllegalArgumentException(
                    theArgument(name) + " is given twice, differently: in the body and in the header "
                            + CliniceaConstants.PARAMETERS + "; give it once");
        }
    }

    private void refuse(String name) {
        Paging paging = operation.paging();
        boolean isSetByOperation = operation.arguments().stream()
                        .anyMatch(
                                argument -> argument.fixed() && argument.name().equalsIgnoreCase(name))
                || paging != null
                        && (name.equalsIgnoreCase(paging.page().name())
                                || name.equalsIgnoreCase(paging.pageSize().name()));
        if (isSetByOperation) {
            throw new IllegalArgumentException(
                    theArgument(name) + " cannot be given, because the operation sets it; it takes " + taken());
        }
        boolean isKnown = operation.arguments().stream()
                .anyMatch(argument -> argument.name().equals(name));
        if (strict && !isKnown) {
            throw new IllegalArgumentException(operation.name() + " of " + resource.name() + " does not take '" + name
                    + "'; it takes " + taken() + "; with strictParameters=false it would be sent");
        }
    }

    /**
     * Adds arguments that the catalogue does not know: to the JSON body if the message's body has them, else to the
     * query.
     */
    private void addUnknown(
            Map<String, JsonNode> unknown, Arguments arguments, List<Parameter> query, ObjectNode body) {
        unknown.forEach((name, value) -> {
            if (hasJsonBody() && arguments.record().has(name)) {
                body.set(name, value);
                return;
            }
            Argument any = new Argument(name, null, null, false, false, null, false, null, false);
            String text = ArgumentText.of(any, value, operation.name());
            if (text != null) {
                refuseSecondSpelling(name, query);
                query.add(new Parameter(name, text));
            }
        });
    }

    /**
     * Fails if the query has the name in other capitals. The server may ignore capitals, and would take either value.
     */
    private void refuseSecondSpelling(String name, List<Parameter> query) {
        for (Parameter other : query) {
            if (other.name().equalsIgnoreCase(name)) {
                throw new IllegalArgumentException(
                        theArgument(name) + " is given twice, the other time as '" + other.name() + "'; give it once");
            }
        }
    }

    private boolean hasJsonBody() {
        return operation.openBody()
                || operation.arguments().stream().anyMatch(argument -> argument.place() == Argument.Place.BODY);
    }

    private String value(Argument argument, JsonNode given, String recordId) {
        String value = ArgumentText.of(argument, given, operation.name());
        if (value == null && argument.recordId() && recordId != null && !recordId.isBlank()) {
            value = recordId;
        }
        if (value == null) {
            value = argument.value();
        }
        if (value == null && argument.required()) {
            throw new IllegalArgumentException(operation.name() + " of " + resource.name() + " needs '"
                    + argument.name() + "': " + whereToPut(argument) + "; it takes " + taken());
        }
        return value;
    }

    private String whereToPut(Argument argument) {
        if (argument.recordId()) {
            return "set the header " + CliniceaConstants.RECORD_ID + " to the id of the record";
        }
        return "put it into " + (operation.takesBody() ? "the body or into " : "") + "the Map of the header "
                + CliniceaConstants.PARAMETERS;
    }

    private String theArgument(String name) {
        return "'" + name + "' of " + operation.name();
    }

    private String taken() {
        List<String> signatures =
                operation.callerArguments().stream().map(Argument::signature).toList();
        return operation.openBody() ? "any fields in the body, and " + signatures : signatures.toString();
    }

    private String path() {
        String operationPath = operation.path();
        if (followsFromResource(operation)) {
            return Objects.requireNonNullElse(pathOption, resource.path())
                    + operationPath.substring(RESOURCE_PATH.length());
        }
        return pathOption == null ? operationPath : pathOption;
    }

    private static String segment(Argument argument, String value) {
        try {
            return Encoding.pathSegment(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + argument.name() + "': " + e.getMessage(), e);
        }
    }
}
