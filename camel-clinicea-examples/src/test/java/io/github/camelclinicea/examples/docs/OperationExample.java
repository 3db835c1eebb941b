/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds one use of an operation. The documentation shows it, and a test runs it.
 *
 * @param resource the resource
 * @param operation the operation; null for the list of changes
 * @param name the name to ask for it: its verb, or its own name if the verb is ambiguous
 * @param recordId the {@code CamelCliniceaRecordId} header, or null
 * @param parameters the {@code CamelCliniceaParameters} header, perhaps empty
 * @param body the arguments in the body, perhaps none
 * @param content the body if it is content, or null
 */
record OperationExample(
        Resource resource,
        Operation operation,
        String name,
        String recordId,
        Map<String, Object> parameters,
        Map<String, Object> body,
        String content) {
    /** Stands for all resources without rows of their own, because its fields are common. */
    static final String BY_CONVENTION = "leads";

    /** The values of arguments in the examples, by their names on the wire. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("patientID", "p-17"),
            Map.entry("patid", "p-17"),
            Map.entry("appointmentID", "a-4"),
            Map.entry("docID", "d-9"),
            Map.entry("id", "l-5"),
            Map.entry("staffID", "s-2"),
            Map.entry("clinicID", "c-1"),
            Map.entry("ClinicID", "c-1"),
            Map.entry("appointmentServiceID", "sv-3"),
            Map.entry("serviceType", "Consultation"),
            Map.entry("appointmentType", 1),
            Map.entry("notes", "By phone"),
            Map.entry("appointmentDateTime", "2027-03-01T09:30:00"),
            Map.entry("encdtm", "2027-03-01T09:30:00"),
            Map.entry("appointmentDate", "2027-03-01"),
            Map.entry("docName", "Referral.pdf"),
            Map.entry("searchBy", 3),
            Map.entry("find searchText", "ada@example.invalid"),
            Map.entry("findByFileNo searchText", "F-17"),
            Map.entry("findByUniqueNo searchText", "U-17"),
            Map.entry("findByMobile searchText", "555-0117"),
            Map.entry("findByMobile searchOption", "+1"),
            Map.entry("patMobile", "555-0117"),
            Map.entry("countryCode", "+1"),
            Map.entry("findByEmail searchText", "ada@example.invalid"));

    /** Returns an example of each of the catalogue's own operations, of the list of changes, and of the convention. */
    static List<OperationExample> all() {
        List<OperationExample> all = new ArrayList<>();
        for (String name : Catalogue.shipped().names()) {
            Resource resource = resource(name);
            resource.operations().stream()
                    .filter(operation -> !isConvention(operation))
                    .forEach(operation -> all.add(of(resource, operation)));
        }
        Resource resource = resource(BY_CONVENTION);
        all.add(new OperationExample(resource, null, "list", null, Map.of(), Map.of(), null));
        resource.operations().stream()
                .filter(OperationExample::isConvention)
                .forEach(operation -> all.add(of(resource, operation)));
        return all;
    }

    static boolean isConvention(Operation operation) {
        return operation.path().startsWith("{path}");
    }

    private static Resource resource(String name) {
        return Catalogue.shipped().resource(name).orElseThrow();
    }

    /**
     * Returns the arguments of the example. An update has all of them, because it overwrites what is left out. All
     * others have the required ones.
     */
    private static OperationExample of(Resource resource, Operation operation) {
        String recordId = null;
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Argument argument : operation.callerArguments()) {
            if (argument.recordId()) {
                recordId = (String) value(operation, argument);
            } else if (argument.required() || "update".equals(operation.verb())) {
                arguments.put(argument.name(), value(operation, argument));
            }
        }
        if (operation.openBody()) {
            arguments.put("FirstName", "Ada");
            arguments.put("LastName", "Example");
        }
        boolean told = operation.verb() != null && !operation.verb().equals("list");
        return new OperationExample(
                resource,
                operation,
                told ? operation.verb() : operation.name(),
                recordId,
                operation.takesBody() ? Map.of() : arguments,
                operation.takesBody() ? arguments : Map.of(),
                operation.content() ? "Dear colleague" : null);
    }

    private static Object value(Operation operation, Argument argument) {
        Object value = VALUES.getOrDefault(operation.name() + " " + argument.name(), VALUES.get(argument.name()));
        if (value == null) {
            throw new IllegalStateException("no example for " + argument.name() + " of " + operation.name());
        }
        return value;
    }

    /** Returns the endpoint, without the options that all examples need. */
    String uri() {
        return "clinicea:" + resource.name() + "?operation=" + name;
    }

    /** Returns the example as the cell of a table. */
    String cell() {
        String cell = "`" + uri() + "`";
        if (recordId != null) {
            cell += "<br>id `" + recordId + "`";
        }
        if (!parameters.isEmpty()) {
            cell += "<br>parameters `" + json(parameters) + "`";
        }
        if (content != null) {
            cell += "<br>body: the content, a file for instance";
        }
        if (!body.isEmpty()) {
            cell += "<br>body `" + json(body) + "`";
        }
        return cell;
    }

    static String json(Map<String, Object> map) {
        try {
            return new ObjectMapper().writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return resource.name() + " " + name;
    }
}
