/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Serves the catalogue's look-ups. An argument filters by the field of its name, such as {@code patientID} by
 * {@code PatientID}. The few arguments with another meaning are named in the code. Deleted rows are not found.
 *
 * <p>Specified by {@code LookUpTest}.
 */
final class LookUps {
    private static final String SEARCH_BY = "searchBy";
    private static final String START = "StartDateTime";
    private static final String UPCOMING = "0";
    private static final String ALL_APPOINTMENTS = "2";
    private static final Pattern COUNTRY_CODE = Pattern.compile("\\+[0-9]{1,4}");

    private final ClinicStore clinic;

    LookUps(ClinicStore clinic) {
        this.clinic = clinic;
    }

    SandboxResponse respond(Resource resource, Operation operation, SandboxRequest request) {
        Map<String, String> given = arguments(operation, request);
        if (operation.answer() == Operation.Answer.OBJECT) {
            return object(resource, operation, given);
        }
        List<Predicate<StoredRow>> filters = conditions(operation, given);
        long skip = 0;
        long most = Long.MAX_VALUE;
        if (operation.paging() != null) {
            Paging paging = operation.paging();
            most = Parameters.rows(given, paging.pageSize());
            skip = (Parameters.page(given, paging.page()) - paging.page().first()) * most;
        }
        Predicate<StoredRow> all = filters.stream().reduce(row -> true, Predicate::and);
        return SandboxResponse.rows(clinic.present(resource.name()).stream()
                .filter(all)
                .skip(skip)
                .limit(most)
                .toList());
    }

    private List<Predicate<StoredRow>> conditions(Operation operation, Map<String, String> given) {
        if (given.containsKey(SEARCH_BY)) {
            return List.of(patients(given));
        }
        return operation.name().equals("getPatientFamily")
                ? List.of(family(given.get("patientID")))
                : filters(operation, given);
    }

    /**
     * Returns the operation's query parameters, with the catalogue's values for those that the request leaves out.
     *
     * @throws Refusal 400, if one is missing, malformed or unknown
     */
    static Map<String, String> arguments(Operation operation, SandboxRequest request) {
        Map<String, String> query = request.query();
        List<String> known = new ArrayList<>();
        operation.arguments().stream()
                .filter(argument -> argument.place() == Argument.Place.QUERY)
                .forEach(argument -> known.add(argument.name()));
        if (operation.paging() != null) {
            known.add(operation.paging().page().name());
            String size = operation.paging().pageSize().name();
            if (size != null) {
                known.add(size);
            }
        }
        if (!operation.openArguments()) {
            Parameters.refuseUnknown(query, Set.copyOf(known));
        }
        for (Argument argument : operation.arguments()) {
            if (argument.value() != null) {
                query.putIfAbsent(argument.name(), argument.value());
            }
        }
        Parameters.check(
                query,
                operation.arguments().stream()
                        .filter(argument -> argument.place() == Argument.Place.QUERY)
                        .toList());
        return query;
    }

    /** Returns the field of a row that an argument filters by: the same name with a field's capital letters. */
    static String fieldOf(Argument argument) {
        return argument.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + argument.name().substring(1);
    }

    private SandboxResponse object(Resource resource, Operation operation, Map<String, String> given) {
        Argument id = operation.arguments().stream()
                .filter(Argument::recordId)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(operation.name() + " has no argument with the id of a record"));
        return clinic.find(resource.name(), given.get(id.name()))
                .map(SandboxResponse::row)
                .orElseGet(SandboxResponse::nothing);
    }

    private List<Predicate<StoredRow>> filters(Operation operation, Map<String, String> given) {
        List<Predicate<StoredRow>> filters = new ArrayList<>();
        for (Argument argument : operation.arguments()) {
            String text = given.getOrDefault(argument.name(), "");
            if (!text.isBlank() && !isForAll(argument, text)) {
                filters.add(
                        switch (argument.name()) {
                            case "appointmentDate" -> row -> startsWith(row, START, text);
                            case "appointmentType" -> row -> isUpcoming(row) == text.equals(UPCOMING);
                            case "searchText" -> row -> containsIgnoringCase(row, "Name", text);
                            case "patMobile" -> row -> row.has("Mobile", text);
                            case "countryCode" -> row -> row.has("MobileCountryCode", text);
                            default -> row -> row.has(fieldOf(argument), text);
                        });
            }
        }
        return filters;
    }

    /**
     * Returns whether a value does not narrow a list ({@code docs/design/wire.md, section 5}). Clients send 0 for all
     * the codes but one.
     */
    private static boolean isForAll(Argument argument, String text) {
        return argument.name().equals("appointmentType")
                ? text.equals(ALL_APPOINTMENTS)
                : argument.value() != null && text.equals(argument.value());
    }

    private boolean isUpcoming(StoredRow row) {
        return row.fields().get(START) instanceof String start && start.compareTo(Fields.stamp(clinic.now())) >= 0;
    }

    /** Returns the condition for the family of a patient: the others with the same last name. */
    private Predicate<StoredRow> family(String patientId) {
        return clinic.find("patients", patientId)
                .map(patient -> patient.fields().get("LastName"))
                .<Predicate<StoredRow>>map(name ->
                        row -> name.equals(row.fields().get("LastName")) && !row.has(Fields.PATIENT_ID, patientId))
                .orElse(row -> false);
    }

    /** Returns the condition for each value of {@code searchBy}, 0 to 3 ({@code docs/design/wire.md, section 5}). */
    private static Predicate<StoredRow> patients(Map<String, String> given) {
        String text = given.get("searchText");
        String option = given.getOrDefault("searchOption", "");
        int by = Parameters.integer(SEARCH_BY, given.get(SEARCH_BY));
        if (by == 2 && !COUNTRY_CODE.matcher(option).matches()) {
            throw Refusal.badRequest("parameter 'searchOption' must be a country code like +1, sent as %2B1");
        }
        return switch (by) {
            case 0 -> row -> row.has("FileNo", text);
            case 1 -> row -> row.has("UniqueNumber", text);
            case 2 -> row -> row.has("Mobile", text) && row.has("MobileCountryCode", option);
            case 3 -> row -> row.has("Email", text);
            default -> throw Refusal.badRequest("parameter 'searchBy' must be 0, 1, 2 or 3");
        };
    }

    private static boolean startsWith(StoredRow row, String field, String text) {
        return row.fields().get(field) instanceof String value && value.startsWith(text);
    }

    private static boolean containsIgnoringCase(StoredRow row, String field, String text) {
        return row.fields().get(field) instanceof String value
                && value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
