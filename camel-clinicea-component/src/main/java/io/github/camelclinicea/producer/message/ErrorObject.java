/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Recognises JSON objects that report an error in place of a record or beside its id. No document lists the fields of
 * Clinicea's errors, so these are the names that servers and gateways use (docs/explanation/decisions/0029).
 */
final class ErrorObject {
    /** May also be a field of a record, so it is an error only in an object without an id. */
    private static final String MESSAGE = "message";

    private static final Set<String> ERRORS = Set.of(
            "error",
            "errors",
            "errorcode",
            "errordescription",
            "error_description",
            "errormessage",
            "errortext",
            "exception",
            "exceptionmessage",
            "exceptiontype",
            "fault",
            "faultstring",
            "haserror",
            "haserrors",
            "iserror",
            "modelstate");

    private static final Set<String> SUCCESS_FLAGS =
            Set.of("success", "succeeded", "successful", "issuccess", "issuccessful", "ok");

    private static final Set<String> STATUSES = Set.of("status", "statuscode", "httpstatus");

    /** Fields that hold an outcome or a record inside an envelope. */
    private static final Set<String> ENVELOPES = Set.of("data", "outcome", "payload", "record", "response", "result");

    private static final Pattern FALSE = Pattern.compile("\\s*(false|no|0+(\\.0*)?)\\s*", Pattern.CASE_INSENSITIVE);

    /** Words for a status that no record has. An appointment or a payment may well have failed. */
    private static final Pattern ERROR_STATUS = Pattern.compile("error|fail|failure", Pattern.CASE_INSENSITIVE);

    private static final Pattern ERROR_STATUS_WITHOUT_ID =
            Pattern.compile("error|fail|failure|failed|false|[45]\\d\\d", Pattern.CASE_INSENSITIVE);

    private final Function<JsonNode, String> id;

    /** @param id finds the id of a record; null if it has none */
    ErrorObject(Function<JsonNode, String> id) {
        this.id = id;
    }

    /** Returns whether an object denies that the write which it answers succeeded, though it may have an id. */
    boolean deniesSuccess(JsonNode object) {
        return Stream.concat(Stream.of(object), envelopes(object))
                .anyMatch(part -> hasField(part, SUCCESS_FLAGS, ErrorObject::isFalse)
                        || hasField(part, ERRORS, SavingError::tells)
                        || hasField(part, STATUSES, status -> matches(status, ERROR_STATUS)));
    }

    /** Returns whether an object without an id is an error, or an envelope around one. */
    boolean replacesRecord(JsonNode object) {
        if (id.apply(object) != null) {
            return false;
        }
        return deniesSuccess(object)
                || hasField(object, Set.of(MESSAGE), SavingError::tells)
                || hasField(object, STATUSES, status -> matches(status, ERROR_STATUS_WITHOUT_ID))
                || envelopes(object).anyMatch(this::replacesRecord);
    }

    /** Returns whether an object without an id is an envelope around a record that has one. */
    boolean isEnvelope(JsonNode object) {
        return id.apply(object) == null
                && envelopes(object).anyMatch(inner -> id.apply(inner.isArray() ? inner.path(0) : inner) != null);
    }

    /** Returns what an object holds under the names of envelopes, or as its only field. */
    private static Stream<JsonNode> envelopes(JsonNode object) {
        return object.isArray() || object.size() == 1
                ? StreamSupport.stream(object.spliterator(), false)
                : object.properties().stream()
                        .filter(field -> ENVELOPES.contains(lower(field.getKey())))
                        .map(Map.Entry::getValue);
    }

    private static boolean hasField(JsonNode object, Set<String> names, Predicate<JsonNode> test) {
        return object.properties().stream()
                .anyMatch(field -> names.contains(lower(field.getKey())) && test.test(field.getValue()));
    }

    private static boolean isFalse(JsonNode value) {
        return value.isValueNode() && FALSE.matcher(value.asText()).matches();
    }

    private static boolean matches(JsonNode value, Pattern pattern) {
        return value.isValueNode() && pattern.matcher(value.asText().strip()).matches();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
