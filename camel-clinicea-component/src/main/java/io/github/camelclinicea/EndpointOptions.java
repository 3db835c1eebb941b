/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Suggestion;
import io.github.camelclinicea.client.ApiKey;
import io.github.camelclinicea.client.CredentialNames;
import io.github.camelclinicea.client.Credentials;
import io.github.camelclinicea.client.CredentialsSource;
import io.github.camelclinicea.client.StaffLogin;
import io.github.camelclinicea.client.SuppliedCredentials;
import io.github.camelclinicea.event.LogText;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks options of an endpoint and converts them to the types of the packages below. Each method throws an {@link
 * IllegalArgumentException} that names the wrong option. {@link WireOptions} checks the options about requests and
 * responses of a resource, and {@link ConnectionOptions} those about the server.
 *
 * <p>Specified by {@code BadOptionsTest}.
 */
final class EndpointOptions {
    private static final int MAX_PASSES = 4;

    private static final List<String> STATUSES =
            Arrays.stream(DataStatus.values()).map(DataStatus::wireName).toList();

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    /** RFC 9110, token. */
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z0-9._-]+");
    /** Headers that HTTP itself uses. With the key in one of them, requests would fail or be misread. */
    private static final Set<String> HEADERS_OF_HTTP = new TreeSet<>(
            Set.of("connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"));
    /** Camel decodes the plus of an offset in a URI to a blank. */
    private static final Pattern OFFSET_WITHOUT_PLUS = Pattern.compile("(.*\\d) (\\d{2}:?\\d{2})");

    private final CliniceaConfiguration options;

    EndpointOptions(CliniceaConfiguration options) {
        this.options = options;
    }

    /** Checks that the state is in one place. */
    void checkState() {
        require(
                options.getIdempotentRepository() == null || options.getStateDataSource() == null,
                "idempotentRepository and stateDataSource are both set; they exclude each other, so remove one of them");
    }

    /** Checks that credentials are set, are no placeholders and can be sent. */
    void checkCredentials() {
        boolean key = present(options.getApiKey());
        boolean supplied = options.getApiKeySupplier() != null;
        boolean login = present(options.getUsername()) || present(options.getPassword());
        require(
                !key || !supplied,
                "apiKey and apiKeySupplier are both set; they exclude each other, so remove one of them");
        require(key || supplied || login, "No credentials: set apiKey, or username and password");
        require(
                !login || present(options.getUsername()) && present(options.getPassword()),
                "username and password belong together; one of them is missing");
        if (key) {
            checkKey("apiKey", options.getApiKey());
        }
        requireResolved("username", login && Placeholders.is(options.getUsername()));
        requireResolved("password", login && Placeholders.is(options.getPassword()));
        List<String> headers = list(options.getApiKeyHeader());
        require(!headers.isEmpty(), "apiKeyHeader must name at least one header");
        require(
                headers.stream().allMatch(name -> HEADER_NAME.matcher(name).matches()),
                "apiKeyHeader has a character that the name of a header must not have");
        require(
                headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).noneMatch(HEADERS_OF_HTTP::contains),
                "apiKeyHeader must not be a header of HTTP itself, of " + HEADERS_OF_HTTP);
        require(
                !present(options.getApiKeyParameter())
                        || PARAMETER_NAME.matcher(options.getApiKeyParameter()).matches(),
                "apiKeyParameter must be the name of a query parameter, of letters, digits, '.', '_' and '-', as in"
                        + " api_key");
    }

    /**
     * Checks that a key is no placeholder and can be sent.
     *
     * @param name names the key in the message
     */
    private static void checkKey(String name, String key) {
        requireResolved(name, Placeholders.isKey(key));
        require(
                key.chars().allMatch(c -> c > 0x20 && c < 0x7f),
                name + " contains a blank or a character that cannot be sent in a header; check how it was copied");
    }

    private static void requireResolved(String option, boolean placeholder) {
        require(
                !placeholder,
                option + " is a placeholder that nothing has replaced by its value; check the name of the property or"
                        + " environment variable that it stands for, and how it is written");
    }

    /** Returns what gives the credentials of the endpoint. */
    CredentialsSource credentials() {
        if (options.getApiKeySupplier() != null) {
            return new SuppliedCredentials(options.getApiKeySupplier(), options.getResource(), this::supplied);
        }
        Credentials fixed = credentials(options.getApiKey());
        return () -> fixed;
    }

    private Credentials supplied(String apiKey) {
        checkKey("the key of apiKeySupplier", apiKey);
        return credentials(apiKey);
    }

    /** @param apiKey the API key; null for none */
    private Credentials credentials(String apiKey) {
        return staffLogin()
                ? new StaffLogin(Objects.requireNonNullElse(apiKey, ""), options.getUsername(), options.getPassword())
                : new ApiKey(apiKey, list(options.getApiKeyHeader()), options.getApiKeyParameter());
    }

    /** Returns the argument names under which a message could pass a credential. */
    CredentialNames credentialNames() {
        List<String> names = new ArrayList<>(list(options.getApiKeyHeader()));
        names.addAll(list(options.getApiKeyParameter()));
        return CredentialNames.of(names, staffLogin());
    }

    /** Returns whether requests are sent with a staff login instead of the API key. */
    boolean staffLogin() {
        return present(options.getUsername());
    }

    /** Returns the settings of the sync of a change list. */
    SyncSettings sync(ChangeList changes) {
        require(
                options.getOverlap() >= 0,
                "overlap must not be negative; it is the time before the server's clock at which the next poll starts");
        require(options.getPagesInFlight() >= 1, "pagesInFlight must be 1 or more, not " + options.getPagesInFlight());
        require(
                options.getMaxHeldRows() >= 0,
                "maxHeldRows must be 0 or more, not " + options.getMaxHeldRows()
                        + "; with 0, each poll reads failed rows again from the list");
        require(
                options.getHeldRowBackoff() >= 0,
                "heldRowBackoff must not be negative; with 0, each poll emits a row that keeps failing");
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

    /**
     * Checks that {@code suppressEcho} has what it needs.
     *
     * @param changes the resource's change list, or null if none is known
     */
    void checkEcho(ChangeList changes) {
        require(
                !options.isSuppressEcho()
                        || options.getIdempotentRepository() != null
                        || options.getStateDataSource() != null,
                "suppressEcho needs an idempotentRepository: set the same one, and the same "
                        + "syncId, on the consumer and on"
                        + " the producer. Neither can read what the other keeps in its own memory");
        require(
                !options.isSuppressEcho() || changes != null,
                "suppressEcho needs a list of changes, and none is known for '" + options.getResource()
                        + "'. Its writes do not come back as changes, so leave suppressEcho off");
    }

    /** Returns the start of the first sync; null for now. */
    Instant syncFrom() {
        String text = options.getSyncFrom().trim();
        return text.equalsIgnoreCase("now") ? null : moment("syncFrom", text, ", or now");
    }

    /**
     * Returns the moment that a text stands for.
     *
     * @param name the name of the option or argument
     * @param text the text, in ISO 8601; null is no moment
     * @param alternative what else the option takes
     */
    static Instant moment(String name, String text, String alternative) {
        try {
            String iso =
                    OFFSET_WITHOUT_PLUS.matcher(text == null ? "" : text.trim()).replaceFirst("$1+$2");
            TemporalAccessor time = CliniceaTimes.parse(iso);
            return withinFourDigits(instant(time));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + "=" + LogText.of(text) + " is not a time; give ISO 8601 like 2000-01-01T00:00:00Z"
                            + alternative,
                    e);
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

    /** Rejects years that do not have four digits: a server may not read them, and some formats cannot write them. */
    private static Instant withinFourDigits(Instant moment) {
        if (moment.isBefore(EARLIEST) || !moment.isBefore(LATEST)) {
            throw new DateTimeException("its year has not four digits");
        }
        return moment;
    }

    /**
     * Returns the statuses to deliver, in lower case; empty for all. An unknown status is rejected unless {@code
     * statusField} is set: with a typing error, the consumer would silently deliver nothing.
     */
    Set<String> statuses() {
        List<String> wanted = list(options.getStatuses());
        for (String word : wanted) {
            boolean known = STATUSES.stream().anyMatch(word::equalsIgnoreCase);
            require(
                    known || options.getStatusField() != null,
                    "statuses=" + options.getStatuses() + " has '" + word + "'. "
                            + Suggestion.of(word, STATUSES) + "It is none of " + String.join(", ", STATUSES)
                            + "; to use other statuses, also set statusField");
        }
        return wanted.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the time without progress after which the health check reports a poll as stuck; zero disables the
     * check.
     */
    Duration healthCheckStaleAfter() {
        require(
                options.getHealthCheckStaleAfter() >= 0,
                "healthCheckStaleAfter must not be negative; 0 disables the check");
        return Duration.ofMillis(options.getHealthCheckStaleAfter());
    }

    /** Returns the time after which the health check reports a held row; zero disables the check. */
    Duration healthCheckHeldAfter() {
        require(
                options.getHealthCheckHeldAfter() >= 0,
                "healthCheckHeldAfter must not be negative; 0 disables the check");
        return Duration.ofMillis(options.getHealthCheckHeldAfter());
    }

    /** Returns the parts of an option that are separated by commas, without blanks around them; none for null. */
    static List<String> list(String option) {
        return option == null
                ? List.of()
                : Arrays.stream(option.split(","))
                        .map(String::trim)
                        .filter(s -> !s.isEmpty())
                        .toList();
    }

    /** Returns the value of an option that must be 1 or more. */
    static int positive(String name, int value) {
        require(value >= 1, name + " must be 1 or more, not " + value);
        return value;
    }

    /** Returns whether an option is set to more than blanks. */
    static boolean present(String value) {
        return value != null && !value.isBlank();
    }

    /**
     * Checks a condition.
     *
     * @throws IllegalArgumentException with the message, if the condition is false
     */
    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
