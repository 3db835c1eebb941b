package io.github.camelclinicea.producer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.Encoding;
import io.github.camelclinicea.client.Json;
import io.github.camelclinicea.client.Parameter;
import io.github.camelclinicea.client.WireCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays a message's arguments where the operation wants them: path, query or JSON body. */
final class CallBuilder {
    private final String resource;
    private final String resourcePath;
    private final Operation operation;
    private final String pathOption;

    /**
     * @param resource the resource's name
     * @param resourcePath the resource's own path
     * @param operation what is to be called
     * @param pathOption a path to use in place of the operation's, or null
     */
    CallBuilder(String resource, String resourcePath, Operation operation, String pathOption) {
        this.resource = resource;
        this.resourcePath = resourcePath;
        this.operation = operation;
        this.pathOption = pathOption;
    }

    /**
     * @param arguments what the message gives
     * @return the call
     * @throws IllegalArgumentException if an argument is missing, unknown, or no single value; it is named
     */
    WireCall call(Arguments arguments) {
        Map<String, String> given = new LinkedHashMap<>(arguments.parameters());
        ObjectNode body = operation.openBody() ? arguments.record() : fromRecord(arguments.record(), given);
        String path = path();
        for (Argument argument : operation.arguments()) {
            String value = value(argument, given.remove(argument.name()), arguments.recordId());
            if (value != null) {
                switch (argument.place()) {
                    case PATH -> path = path.replace("{" + argument.name() + "}", segment(argument, value));
                    case BODY -> body.put(argument.name(), value);
                    case QUERY -> given.put(argument.name(), value);
                }
            }
        }
        List<Parameter> query = new ArrayList<>();
        given.forEach((name, value) -> query.add(new Parameter(name, value)));
        boolean hasBody =
                operation.openBody() || operation.arguments().stream().anyMatch(a -> a.place() == Argument.Place.BODY);
        return new WireCall(
                resource,
                operation.name(),
                operation.method(),
                path,
                query,
                hasBody ? body.toString().getBytes(StandardCharsets.UTF_8) : null);
    }

    /** The fields of the body are arguments by name; one that the operation does not take is a mistake worth telling. */
    private ObjectNode fromRecord(ObjectNode record, Map<String, String> given) {
        List<String> names =
                operation.callerArguments().stream().map(Argument::name).toList();
        record.properties().forEach(field -> {
            if (!names.contains(field.getKey())) {
                throw new IllegalArgumentException("The body has a field '" + field.getKey() + "' that "
                        + operation.name() + " does not take; it takes " + names);
            }
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                throw new IllegalArgumentException("The argument '" + field.getKey() + "' of " + operation.name()
                        + " must be a single value, not an object or an array");
            }
            if (!value.isNull()) {
                given.putIfAbsent(field.getKey(), value.asText());
            }
        });
        return Json.mapper().createObjectNode();
    }

    private String value(Argument argument, String given, String recordId) {
        String value = given;
        if (value == null && argument.recordId()) {
            value = recordId;
        }
        if (value == null) {
            value = argument.value();
        }
        if (value == null && argument.required()) {
            throw new IllegalArgumentException(operation.name() + " of " + resource + " needs '" + argument.name()
                    + "': " + whereToPut(argument) + "; it takes "
                    + operation.callerArguments().stream().map(Argument::name).toList());
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

    private String path() {
        String own = operation.path();
        if (own.startsWith("{path}")) {
            return (pathOption == null ? resourcePath : pathOption) + own.substring("{path}".length());
        }
        return pathOption == null ? own : pathOption;
    }

    private static String segment(Argument argument, String value) {
        try {
            return Encoding.pathSegment(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + argument.name() + "': " + e.getMessage(), e);
        }
    }
}
