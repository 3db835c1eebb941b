/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the options of an endpoint into what the layers below take; whatever is wrong with one is said by its name. What
 * concerns the wire of a resource is in {@link WireOptions}, and the way to the server in {@link ConnectionOptions}. */
final class EndpointOptions {
    private static final int MAX_PASSES = 4;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    /** RFC 9110, token. */
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /** Headers that say how a request is to be read: with a key in one, each request would fail, or go astray. */
    private static final Set<String> HEADERS_OF_HTTP = new TreeSet<>(
            Set.of("connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"));
    /** Camel decodes the plus of an offset in a URI to a blank. */
    private static final Pattern OFFSET_WITHOUT_PLUS = Pattern.compile("(.*\\d) (\\d{2}:?\\d{2})");

    private static final DateTimeFormatter ISO_8601 = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd")
            .optionalStart()
            .appendPattern("'T'HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final CliniceaConfiguration options;

    EndpointOptions(CliniceaConfiguration options) {
        this.options = options;
    }

    void checkCredentials() {
        boolean key = present(options.getApiKey());
        boolean login = present(options.getUsername()) || present(options.getPassword());
        require(key || login, "No credentials: set apiKey, or username and password");
        require(
                !login || present(options.getUsername()) && present(options.getPassword()),
                "username and password belong together; one of them is missing");
        require(
                !key || options.getApiKey().chars().allMatch(c -> c > 0x20 && c < 0x7f),
                "apiKey contains a blank or a character that cannot be sent in a header; check how it was copied");
        List<String> headers = list(options.getApiKeyHeader());
        require(!headers.isEmpty(), "apiKeyHeader must name at least one header");
        require(
                headers.stream().allMatch(name -> HEADER_NAME.matcher(name).matches()),
                "apiKeyHeader has a character that the name of a header must not have");
        require(
                headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).noneMatch(HEADERS_OF_HTTP::contains),
                "apiKeyHeader must not be a header of HTTP itself, of " + HEADERS_OF_HTTP);
    }

    boolean staffLogin() {
        return present(options.getUsername());
    }

    SyncSettings sync(ChangeList changes) {
        require(
                options.getOverlap() >= 0,
                "overlap must not be negative; it is how far each sweep reaches back behind the last one");
        require(options.getPagesInFlight() >= 1, "pagesInFlight must be 1 or more, not " + options.getPagesInFlight());
        require(
                options.getMaxHeldRows() >= 0,
                "maxHeldRows must be 0 or more, not " + options.getMaxHeldRows()
                        + "; 0 has each failed row read again from the list at each poll");
        require(
                options.getHeldRowBackoff() >= 0,
                "heldRowBackoff must not be negative; 0 emits a row that keeps failing at each poll");
        return new SyncSettings(
                present(options.getSyncId()) ? options.getSyncId() : options.getResource(),
                Duration.ofMillis(options.getOverlap()),
                options.getPagesInFlight(),
                Objects.requireNonNullElse(
                        options.getFirstPage(), changes.page().first()),
                options.getFirstPage() != null,
                changes.pageSize().rows(),
                positive("maxPages", options.getMaxPages()),
                MAX_PASSES,
                options.getMaxMessagesPerPoll(),
                options.getMaxHeldRows(),
                Duration.ofMillis(options.getHeldRowBackoff()),
                changes.dropsDeleted(),
                options.isBatching(),
                options.isTransacted());
    }

    /** @param changes the resource's change list, or null if none is known */
    void checkEcho(ChangeList changes) {
        require(
                !options.isSuppressEcho() || options.getIdempotentRepository() != null,
                "suppressEcho needs an idempotentRepository: set the same one, and the same syncId, on the consumer and on"
                        + " the producer; what each of them keeps in its own memory, the other cannot see");
        require(
                !options.isSuppressEcho() || changes != null,
                "suppressEcho needs a list of changes, and none is known for '" + options.getResource()
                        + "': nothing that is written there comes back, so leave it off");
    }

    /** @return where a first sync starts; null for now */
    Instant syncFrom() {
        String text = options.getSyncFrom().trim();
        if (text.equalsIgnoreCase("now")) {
            return null;
        }
        try {
            String iso = OFFSET_WITHOUT_PLUS.matcher(text).replaceFirst("$1+$2");
            TemporalAccessor time = ISO_8601.parseBest(iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return withinFourDigits(instant(time));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "syncFrom=" + text + " is not a time; give ISO 8601 like 2000-01-01T00:00:00Z, or now", e);
        }
    }

    private static Instant instant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return time instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : ((LocalDate) time).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Beyond them a moment is not spelled as a server expects, or not at all. */
    private static Instant withinFourDigits(Instant moment) {
        if (moment.isBefore(EARLIEST) || !moment.isBefore(LATEST)) {
            throw new DateTimeException("its year has not four digits");
        }
        return moment;
    }

    /**
     * @return the change tags to deliver, in lower case; empty for all. A word that is none would silently drop everything,
     *     so only a user who also names the field of the tag may use words of his own
     */
    Set<String> statuses() {
        List<String> words = list(options.getStatuses());
        for (String word : words) {
            boolean known = Arrays.stream(DataStatus.values())
                    .anyMatch(status -> status.wireName().equalsIgnoreCase(word));
            require(
                    known || options.getStatusField() != null,
                    "statuses=" + options.getStatuses() + " has '" + word + "', which is none of None, Added, Modified,"
                            + " Deleted; for tags of your own set statusField, too");
        }
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** @return how long a poll may go without progress before it counts as hanging; 0 for ever */
    Duration healthCheckStaleAfter() {
        require(
                options.getHealthCheckStaleAfter() >= 0,
                "healthCheckStaleAfter must not be negative; 0 turns that part of the health check off");
        return Duration.ofMillis(options.getHealthCheckStaleAfter());
    }

    /** Returns how long a row may be held before the health check says so; 0 for ever. */
    Duration healthCheckHeldAfter() {
        require(
                options.getHealthCheckHeldAfter() >= 0,
                "healthCheckHeldAfter must not be negative; 0 turns that part of the health check off");
        return Duration.ofMillis(options.getHealthCheckHeldAfter());
    }

    static List<String> list(String option) {
        return option == null
                ? List.of()
                : Arrays.stream(option.split(","))
                        .map(String::trim)
                        .filter(s -> !s.isEmpty())
                        .toList();
    }

    static int positive(String name, int value) {
        require(value >= 1, name + " must be 1 or more, not " + value);
        return value;
    }

    static boolean present(String value) {
        return value != null && !value.isBlank();
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
