/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

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
 * Recognises JSON objects that report an error: in place of a record, in place of a list's rows, or next to a record's
 * id. No document lists the fields of Clinicea's errors, so these are the names that servers and gateways commonly use
 * (docs/explanation/decisions/0029).
 *
 * <p>Specified by {@code OutcomeTest}.
 */
public final class ErrorObject {
    /** This may also be a field of a record, so it is an error only in an object without an id. */
    private static final String MESSAGE = "message";

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]");

    private static final Pattern ERRORS = Pattern.compile("error"
            + "(s|codes?|descriptions?|details?|info|list|messages?|msg|numbers?|reasons?|strings?|texts?|types?)?"
            + "|(api|inner|model|odata|server|user|validation)errors?|(has|is)errors?"
            + "|exception|exceptionmessage|exceptiontype|(soap)?fault|faultcode|faultstring|modelstate");

    /** Fields of an error that hold a text for people. Fields named after the error may hold one, too. */
    private static final Set<String> MESSAGES =
            Set.of(MESSAGE, "description", "detail", "messagedetail", "reason", "title");

    /** The last part of the name of an error's field that holds a text for programs. */
    private static final Pattern FOR_PROGRAMS = Pattern.compile(".*(codes?|instance|numbers?|stacktrace|types?)");

    private static final String SAVING_ERROR_CODE = letters("SavingErrorCode");

    private static final String SAVING_ERROR_TEXT = letters("SavingErrorText");

    private static final Set<String> SUCCESS_FLAGS =
            Set.of("success", "succeeded", "successful", "saved", "issuccess", "issuccessful", "issaved", "ok");

    private static final Set<String> STATUSES = Set.of("status", "statuscode", "httpstatus");

    /** Fields that hold an outcome or a record inside an envelope, those of SOAP and OData among them. */
    private static final Set<String> ENVELOPES =
            Set.of("body", "d", "data", "envelope", "outcome", "payload", "record", "response", "result", "value");

    /** A .NET service names the field after its operation, as in {@code UpdateAppointmentResult}. */
    private static final String RESULT = "result";

    private static final Pattern NOT_DONE =
            Pattern.compile("error|fail|failure|failed|false", Pattern.CASE_INSENSITIVE);

    private static final Pattern ZERO = Pattern.compile("[-+]?0+(\\.0*)?|ok|success", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOTHING = Pattern.compile("\\s*|null|none|false", Pattern.CASE_INSENSITIVE);

    /** Fields next to an error that give its details. */
    private static final Set<String> DETAILS = Set.of(
            MESSAGE, "code", "detail", "instance", "innerexception", "messagedetail", "stacktrace", "title", "type");

    private static final Pattern FALSE = Pattern.compile("\\s*(false|no?|0+(\\.0*)?)\\s*", Pattern.CASE_INSENSITIVE);

    /** Words for a status that no record has. An appointment or a payment may have the status "failed". */
    private static final Pattern ERROR_STATUS = Pattern.compile("error|fail|failure", Pattern.CASE_INSENSITIVE);

    private static final Pattern ERROR_STATUS_WITHOUT_ID =
            Pattern.compile("error|fail|failure|failed|false|[45]\\d\\d", Pattern.CASE_INSENSITIVE);

    private final Function<JsonNode, String> id;

    /**
     * Creates the recogniser for the objects of one resource.
     *
     * @param id returns the id of a record; null if it has none
     */
    public ErrorObject(Function<JsonNode, String> id) {
        this.id = id;
    }

    /** Returns whether an object says that the write has failed, although the object may have an id. */
    public boolean deniesSuccess(JsonNode object) {
        return Stream.concat(Stream.of(object), envelopes(object))
                .anyMatch(part -> hasField(part, SUCCESS_FLAGS::contains, ErrorObject::isFalse)
                        || hasField(part, ErrorObject::isErrorName, ErrorObject::isErrorValue)
                        || hasField(part, STATUSES::contains, status -> matches(status, ERROR_STATUS)));
    }

    /** Returns whether an object without an id is an error, or an envelope around one. */
    public boolean replacesRecord(JsonNode object) {
        if (id.apply(object) != null) {
            return false;
        }
        return deniesSuccess(object)
                || hasField(object, MESSAGE::equals, ErrorObject::isErrorValue)
                || hasField(object, STATUSES::contains, status -> matches(status, ERROR_STATUS_WITHOUT_ID))
                || hasField(object, ENVELOPES::contains, result -> matches(result, NOT_DONE))
                || hasField(object, name -> name.endsWith(RESULT), result -> result.isBoolean() && !result.asBoolean())
                || envelopes(object).anyMatch(this::replacesRecord);
    }

    /** Returns whether an object without an id is an error and has only fields of an error. */
    boolean isAllError(JsonNode object) {
        return replacesRecord(object)
                && object.properties().stream()
                        .map(field -> letters(field.getKey()))
                        .allMatch(name -> DETAILS.contains(name)
                                || SUCCESS_FLAGS.contains(name)
                                || STATUSES.contains(name)
                                || isErrorName(name));
    }

    /** Returns whether an object without an id is an envelope around a record that has one. */
    public boolean isEnvelope(JsonNode object) {
        return id.apply(object) == null
                && envelopes(object).anyMatch(inner -> id.apply(inner.isArray() ? inner.path(0) : inner) != null);
    }

    /** Returns the values of an object's envelope fields, or of its only field. */
    private static Stream<JsonNode> envelopes(JsonNode object) {
        return object.isArray() || object.size() == 1
                ? StreamSupport.stream(object.spliterator(), false)
                : object.properties().stream()
                        .filter(field -> ENVELOPES.contains(letters(field.getKey())))
                        .map(Map.Entry::getValue);
    }

    private static boolean hasField(JsonNode object, Predicate<String> name, Predicate<JsonNode> test) {
        return object.properties().stream()
                .anyMatch(field -> name.test(letters(field.getKey())) && test.test(field.getValue()));
    }

    private static boolean isErrorName(String letters) {
        return ERRORS.matcher(letters).matches();
    }

    /** Returns whether a field holds the code of a saving error (docs/design/wire.md, section 4). */
    public static boolean isSavingErrorCode(String name) {
        return letters(name).equals(SAVING_ERROR_CODE);
    }

    /** Returns whether a field holds the text of a saving error (docs/design/wire.md, section 4). */
    public static boolean isSavingErrorText(String name) {
        return letters(name).equals(SAVING_ERROR_TEXT);
    }

    /** Returns whether a field of an error may hold a text for people. */
    static boolean isMessage(String name) {
        String letters = letters(name);
        return MESSAGES.contains(letters) || isErrorName(letters) && !isForPrograms(name);
    }

    /** Returns whether a field of an error holds a text for programs: a code, a type or a stack trace. */
    static boolean isForPrograms(String name) {
        return FOR_PROGRAMS.matcher(letters(name)).matches();
    }

    private static boolean isFalse(JsonNode value) {
        return value.isValueNode() && FALSE.matcher(value.asText()).matches();
    }

    private static boolean matches(JsonNode value, Pattern pattern) {
        return value.isValueNode() && pattern.matcher(value.asText().strip()).matches();
    }

    /**
     * Returns whether the value of an error field reports an error: it is neither empty nor zero, nor a word for
     * either.
     */
    public static boolean isErrorValue(JsonNode value) {
        return value.isContainerNode()
                ? !value.isEmpty()
                : !isZero(value) && !NOTHING.matcher(value.asText()).matches();
    }

    /** Returns whether a value is a zero, or a word for success that is used in place of the code 0. */
    public static boolean isZero(JsonNode value) {
        return ZERO.matcher(value.asText()).matches();
    }

    /**
     * Returns the spelling in which names are compared: {@code error_code}, {@code Error-Code} and {@code errorCode}
     * are one name.
     */
    public static String letters(String name) {
        return NO_LETTER.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
