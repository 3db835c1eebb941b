/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.camelclinicea.catalog.SinceParameter;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.CamelException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.URISupport;

/** Tests random endpoint URIs. Each must give a working endpoint, or be refused as a wrong option. */
class EndpointFuzzTest {
    /** The time after which a run counts as hanging. */
    private static final Duration FOREVER = Duration.ofSeconds(60);

    private static final List<Class<? extends Throwable>> REFUSALS = List.of(
            RuntimeCamelException.class,
            CamelException.class,
            IllegalArgumentException.class,
            DateTimeException.class,
            URISyntaxException.class,
            ClassNotFoundException.class,
            ParseException.class);

    /** Moments with the longest and the shortest text of each field. */
    private static final List<Instant> MOMENTS = List.of(
            Instant.EPOCH,
            Instant.parse("2026-09-30T23:59:59Z"),
            Instant.parse("2026-12-31T10:10:10Z"),
            Instant.parse("9999-05-01T12:00:00Z"));

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    @BeforeContainer
    static void start() {
        CAMEL.disableJMX();
        CAMEL.start();
    }

    @AfterContainer
    static void stop() {
        CAMEL.stop();
    }

    @Property(seed = "20261124")
    void given_any_options_when_resolved_then_the_endpoint_works_or_they_are_refused(
            @ForAll("resources") String resource, @ForAll("options") Map<String, String> options) {
        assertTimeoutPreemptively(FOREVER, () -> tryOut("clinicea:" + resource + "?" + query(options)));
    }

    @Property(seed = "20261124")
    void given_any_options_without_any_encoding_when_resolved_then_the_endpoint_works_or_they_are_refused(
            @ForAll("resources") String resource, @ForAll("options") Map<String, String> options) {
        StringBuilder uri = new StringBuilder("clinicea:" + resource + "?apiKey=k");
        options.forEach(
                (name, value) -> uri.append('&').append(name).append('=').append(value));
        assertTimeoutPreemptively(FOREVER, () -> tryOut(uri.toString()));
    }

    private static String query(Map<String, String> options) throws URISyntaxException {
        return URISupport.createQueryString(Map.copyOf(options));
    }

    private static void tryOut(String uri) throws Exception {
        CliniceaEndpoint endpoint;
        try {
            endpoint = CAMEL.getEndpoint(uri, CliniceaEndpoint.class);
        } catch (RuntimeException e) {
            assertRefusal(uri, e);
            return;
        }
        CAMEL.removeEndpoint(endpoint);
        CliniceaConfiguration configuration = endpoint.getConfiguration();
        if (configuration.isBatching() || configuration.isTransacted()) {
            assertThatIllegalArgumentException()
                    .as(uri)
                    .isThrownBy(endpoint::createProducer)
                    .withMessageContaining("is an option of consumers");
        } else {
            assertThat(endpoint.createProducer()).as(uri).isNotNull();
        }
        assertThat(endpoint.toString()).hasSizeLessThan(3 * uri.length() + 1000);
        if (endpoint.changes() != null) {
            assertThat(endpoint.createConsumer(exchange -> {})).isNotNull();
            for (SinceParameter since : endpoint.changes().since()) {
                assertSpelled(since, Objects.requireNonNullElse(endpoint.syncFrom(), Instant.now()));
                MOMENTS.forEach(moment -> assertSpelled(since, moment));
            }
        }
    }

    private static void assertSpelled(SinceParameter since, Instant moment) {
        assertThat(since.format().format(moment)).hasSizeLessThan(10_000);
    }

    private static void assertRefusal(String uri, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (!thrownByCamel(cause)) {
                assertThat(cause).as(uri).isInstanceOfAny(REFUSALS.toArray(Class[]::new));
            }
        }
    }

    /**
     * Returns whether Camel's converters threw an exception before the option was set, such as an index out of bounds.
     */
    private static boolean thrownByCamel(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith("org.apache.camel.") || name.startsWith("io.github.camelclinicea."))
                .findFirst()
                .filter(name -> name.startsWith("org.apache.camel."))
                .isPresent();
    }

    @Provide
    Arbitrary<String> resources() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("patients", "appointments", "bills", "visits", "documents", "invoices")),
                Tuple.of(1, Arbitraries.strings().ascii().ofMaxLength(10)));
    }

    @Provide
    Arbitrary<Map<String, String>> options() {
        List<String> names = List.copyOf(new CliniceaEndpointUriFactory().propertyNames());
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(names)),
                Tuple.of(2, Arbitraries.of("syncFrom", "timestampFormat", "baseUrl", "path", "statuses", "bodyType")),
                Tuple.of(1, Arbitraries.of("parameter.x", "scheduler.cron", "nothing")));
        return Arbitraries.maps(name, values()).ofMaxSize(4).map(options -> {
            options.putIfAbsent("apiKey", "k");
            return options;
        });
    }

    private static Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "", " ", "0", "1", "-1", "true", "5m", "100ms", "now", "Map", "Node", "java.lang.Object"),
                Arbitraries.of(
                        "2026-01-02T03:04:05Z",
                        "2026-02-30",
                        "+999999999-12-31T23:59:59-18:00",
                        "-999999999-01-01T00:00:00+18:00",
                        "0000-01-01",
                        "99999-01-01"),
                Arbitraries.of(
                        "https://clinic.example", "http://localhost:99999", "http://[::1", "https:///x", "//", "/a b"),
                Arbitraries.of("2147483648", "9223372036854775807", "1e9", "NaN", "0x10", "99999999999999999999"),
                Arbitraries.of(
                        "#", "#bean:", "#nothing", "RAW(", "RAW()", "RAW(a&b)", "{{", "{{x}}", "%", "%zz", "a%00b"),
                Arbitraries.of("Added,,", ",", ",,", "\uD800", "é😀", "\u202E", "a\nb", "a\u0000b"),
                Arbitraries.strings()
                        .withChars("yMdHhmsSnNaAEeXxzZVOpGQqLuwWDkKB'[]{}#/:. -")
                        .ofMaxLength(30),
                Arbitraries.of("[", "y", "'", "p", "(", "n", "MMMM ", "x")
                        .flatMap(text -> Arbitraries.integers().between(1, 300).map(text::repeat)),
                Arbitraries.strings().ofMaxLength(20));
    }
}
