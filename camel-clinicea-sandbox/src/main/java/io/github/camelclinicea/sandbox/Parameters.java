/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.PageParameter;
import io.github.camelclinicea.catalog.PageSize;
import io.github.camelclinicea.catalog.TimestampFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads query parameters strictly. A wrong one is a 400 that names the parameter and the form it must have.
 *
 * <p>Specified by {@code RefusalTest}.
 */
final class Parameters {
    /** The parameter with the API key, or the token of a staff login. It is allowed in every query. */
    static final String TOKEN = "api_key";

    private static final int SMALLEST_PAGE = 10;
    private static final int LARGEST_PAGE = 100;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern SECONDS = Pattern.compile(DATE + "T[0-9]{2}:[0-9]{2}:[0-9]{2}");
    private static final Pattern SECONDS_OFFSET = Pattern.compile(SECONDS + "[+-][0-9]{2}:[0-9]{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile(DATE + "T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?");

    private Parameters() {}

    static void refuseUnknown(Map<String, String> given, Set<String> known) {
        for (String name : given.keySet()) {
            if (!known.contains(name) && !name.equals(TOKEN)) {
                throw Refusal.badRequest("unknown parameter '" + name + "'");
            }
        }
    }

    static int page(Map<String, String> given, PageParameter page) {
        String text = given.get(page.name());
        if (text == null) {
            throw missing(page.name());
        }
        int number = integer(page.name(), text);
        if (number < page.first()) {
            throw Refusal.badRequest("parameter '" + page.name() + "' must be " + page.first() + " or more");
        }
        return number;
    }

    static int rows(Map<String, String> given, PageSize size) {
        String text = size.name() == null ? null : given.get(size.name());
        if (text == null) {
            return size.rows();
        }
        int rows = integer(size.name(), text);
        if (rows < SMALLEST_PAGE || rows > LARGEST_PAGE) {
            throw Refusal.badRequest(
                    "parameter '" + size.name() + "' must be from " + SMALLEST_PAGE + " to " + LARGEST_PAGE);
        }
        return rows;
    }

    /**
     * Checks the arguments of a request. A blank optional argument counts as left out.
     *
     * @param given the values by name; others may be among them
     * @param arguments the arguments that the operation takes
     * @throws Refusal 400, if a required one is missing or blank, or a value is not of the argument's type
     */
    static void check(Map<String, String> given, List<Argument> arguments) {
        for (Argument argument : arguments) {
            String text = given.get(argument.name());
            if (text != null && !text.isBlank()) {
                check(argument.name(), argument.type(), text);
            } else if (argument.required()) {
                throw missing(argument.name());
            }
        }
    }

    static Refusal missing(String name) {
        return Refusal.badRequest("parameter '" + name + "' is missing");
    }

    /** Returns the moment of a since-parameter. Its value must have exactly the given format. */
    static Instant since(String name, TimestampFormat format, String text) {
        try {
            if (format == TimestampFormat.UTC_SECONDS && SECONDS.matcher(text).matches()) {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            }
            if (format == TimestampFormat.ISO_OFFSET
                    && SECONDS_OFFSET.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // Well formed but no moment, such as 30 February: refused like a malformed value.
        }
        throw Refusal.badRequest("parameter '" + name + "' must look like "
                + (format == TimestampFormat.UTC_SECONDS
                        ? "2015-03-21T14:30:10, UTC, without a zone or milliseconds"
                        : "2015-03-21T14:30:10+00:00, with the plus sent as %2B"));
    }

    static int integer(String name, String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw Refusal.badRequest("parameter '" + name + "' must be an integer");
        }
        return Integer.parseInt(text);
    }

    private static void check(String name, Argument.Type type, String text) {
        switch (type) {
            case TEXT -> {}
            case INTEGER -> integer(name, text);
            case DATE_OR_TIME ->
                check(name, DATE.matcher(text).matches() ? Argument.Type.DATE : Argument.Type.DATE_TIME, text);
            case DATE -> {
                if (!DATE.matcher(text).matches() || !parses(DateTimeFormatter.ISO_LOCAL_DATE, text)) {
                    throw Refusal.badRequest("parameter '" + name + "' must look like " + LocalDate.EPOCH);
                }
            }
            case DATE_TIME -> {
                if (!DATE_TIME.matcher(text).matches() || !parses(DateTimeFormatter.ISO_DATE_TIME, text)) {
                    throw Refusal.badRequest("parameter '" + name + "' must be ISO 8601, like 2015-03-21T14:30:10");
                }
            }
        }
    }

    private static boolean parses(DateTimeFormatter formatter, String text) {
        try {
            formatter.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
