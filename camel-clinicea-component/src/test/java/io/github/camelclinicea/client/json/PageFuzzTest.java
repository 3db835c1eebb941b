/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.function.Executable;

/**
 * Tests mutated pages, responses and headers. No code may hang, use excessive memory or throw an unexpected exception.
 */
class PageFuzzTest {
    /** The time after which a run counts as hanging. */
    private static final Duration FOREVER = Duration.ofSeconds(60);

    private static final List<String> BODIES = List.of(
            "[]",
            "\uFEFF[{\"ID\":\"1\"}]",
            "[{\"PatientID\":\"p1\",\"FirstName\":\"Testa\",\"Fee\":10.10,\"DataStatusStr\":\"Added\","
                    + "\"ModifiedDatetime\":\"2026-01-01T00:00:00\"},{\"PatientID\":\"p2\",\"x\":null}]",
            " [ {\"ID\" : 7 , \"small\":1,\"large\":2,\"real\":1.5e3,\"whole\":3,\"exact\":0.10,\"yes\":true,"
                    + "\"more\":{\"a\":[1,{\"b\":\"\\u00fc\\n\"}]},\"list\":[1,2]} ,\n{}\t] ",
            "[{\"n\":\"ü€😀\",\"}\":\"]\",\"exact\":1e999999999,\"whole\":123456789012345678901234567890}]",
            "{\"ID\":\"a1\",\"SavingErrorCode\":0,\"SavingErrorText\":null}",
            "{\"ID\":1e2000000000,\"a\":[1e-2000000000,{\"b\":1e100000000}]}",
            "[{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}]",
            "\"token\"",
            "<html><body>Maintenance</body></html>");

    private static final List<String> HEADERS = List.of(
            "",
            "0",
            "120",
            "999999999999999999999999",
            "-1",
            "1.5",
            "Mon, 23 Nov 2026 10:05:17 GMT",
            "Monday, 23-Nov-26 10:05:17 GMT",
            "Mon Nov  3 10:05:17 2026",
            "Mon, 23 Nov 2026 10:06:17 +0000",
            "Sat, 01 Jan 0000 00:00:00 GMT",
            "31 Dec 9999 23:59:59 -1800");

    private static void guarded(Executable executable) {
        assertTimeoutPreemptively(FOREVER, executable);
    }

    @Property
    void given_any_body_when_read_as_a_page_then_it_is_rows_or_malformed(
            @ForAll("bodies") String body,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll("bodies") String other) {
        guarded(() -> AnyInput.asPage(Mutation.all(body.getBytes(UTF_8), mutations, other.getBytes(UTF_8))));
    }

    @Property
    void given_any_body_when_read_as_an_answer_then_it_is_a_record_or_a_failure(
            @ForAll("bodies") String body,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll("bodies") String other) {
        guarded(() -> AnyInput.asAnswer(Mutation.all(body.getBytes(UTF_8), mutations, other.getBytes(UTF_8))));
    }

    @Property
    void given_any_Retry_After_when_asked_how_long_to_wait_then_it_is_never_beyond_the_cap(
            @ForAll("headers") String header,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll("headers") String other,
            @ForAll("retries") int retries,
            @ForAll("waits") long maxWait) {
        guarded(() -> AnyInput.asRetryAfter(
                Mutation.headerOf(header, mutations, other), retries, Duration.ofMillis(maxWait)));
    }

    @Property
    void given_any_Date_when_read_then_it_is_a_moment_or_none(
            @ForAll("headers") String header,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll("headers") String other) {
        guarded(() -> AnyInput.asDate(Mutation.headerOf(header, mutations, other)));
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of(BODIES);
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.oneOf(Arbitraries.of(HEADERS), Arbitraries.strings().ofMaxLength(40));
    }

    @Provide
    Arbitrary<Integer> retries() {
        return Arbitraries.oneOf(Arbitraries.integers().between(0, 4), Arbitraries.of(Integer.MAX_VALUE));
    }

    @Provide
    Arbitrary<Long> waits() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 100_000), Arbitraries.longs().greaterOrEqual(0));
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        Arbitrary<Double> part = Arbitraries.doubles().between(0, 1);
        return Combinators.combine(Arbitraries.of(Mutation.Kind.class), part, part, Arbitraries.integers())
                .as(Mutation::new)
                .list()
                .ofMaxSize(4);
    }
}
