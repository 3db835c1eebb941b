/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFormatTest {

    @ParameterizedTest
    @CsvSource({
        "ISO_OFFSET, 2015-03-21T14:30:10Z, 2015-03-21T14:30:10+00:00",
        "UTC_SECONDS, 2015-03-21T14:30:10Z, 2015-03-21T14:30:10",
        "ISO_OFFSET, 2026-01-02T03:04:00Z, 2026-01-02T03:04:00+00:00",
        "UTC_SECONDS, 2026-01-02T03:04:00Z, 2026-01-02T03:04:00",
        "yyyy/MM/dd HH:mm, 2026-11-23T10:05:17Z, 2026/11/23 10:05",
    })
    void given_a_moment_when_formatted_then_it_is_spelled_in_utc(String format, Instant moment, String text) {
        assertThat(TimestampFormat.of(format).format(moment)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00.999999999Z, 2026-01-01T00:00:00",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59",
    })
    void given_a_fraction_of_a_second_when_formatted_then_the_text_names_no_later_moment(Instant moment, String text) {
        assertThat(TimestampFormat.UTC_SECONDS.format(moment)).isEqualTo(text);
    }

    @Property(seed = "20261124")
    void given_any_moment_when_formatted_with_its_offset_then_it_reads_back_as_its_second(
            @ForAll @LongRange(min = 0, max = 253_402_300_799L) long second,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nano) {
        Instant moment = Instant.ofEpochSecond(second, nano);

        assertThat(OffsetDateTime.parse(TimestampFormat.ISO_OFFSET.format(moment))
                        .toInstant())
                .isEqualTo(moment.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void given_another_language_of_the_machine_when_a_month_is_spelled_then_it_is_still_english() {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(TimestampFormat.of("dd MMM yyyy").format(Instant.parse("2026-05-04T00:00:00Z")))
                    .isEqualTo("04 May 2026");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy-bb", "{", "'open", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"})
    void given_a_text_that_is_no_pattern_when_made_a_format_then_it_is_refused(String pattern) {
        assertThatThrownBy(() -> TimestampFormat.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A width that fits midnight or May may not fit 23 o'clock or September. */
    @ParameterizedTest
    @ValueSource(strings = {"pH", "ppppMMMM", "'at' ppD", "pppppppEEEE"})
    void given_a_pattern_that_fits_some_moments_only_when_made_a_format_then_it_is_refused(String pattern) {
        assertThatThrownBy(() -> TimestampFormat.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }

    @Test
    void given_the_letter_of_padding_in_quotes_when_made_a_format_then_it_is_text() {
        assertThat(TimestampFormat.of("'p''p'HH").format(Instant.EPOCH)).isEqualTo("p'p00");
    }

    @Test
    void given_a_pattern_nested_without_end_when_made_a_format_then_it_is_refused() {
        assertThatThrownBy(() -> TimestampFormat.of("[".repeat(20_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 characters")
                .hasMessageNotContaining("[[[");
    }

    @Property(seed = "20261124")
    void given_any_pattern_when_made_a_format_then_it_spells_every_moment_or_is_refused(
            @ForAll("patterns") String pattern,
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second) {
        TimestampFormat format;
        try {
            format = TimestampFormat.of(pattern);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(format.format(Instant.ofEpochSecond(second))).hasSizeLessThan(10_000);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withCharRange('A', 'Z')
                        .withChars("'[]{}#/:. -")
                        .ofMaxLength(30),
                Arbitraries.of("yyyy-MM-dd", "HH:mm:ss", "p", "d", "H", "M", "E", "a", "B", "S", "'T'")
                        .list()
                        .ofMaxSize(5)
                        .map(parts -> String.join("", parts)),
                Arbitraries.of("[", "y", "'", "p", "(", "n", "MMMM ", "z")
                        .flatMap(text ->
                                Arbitraries.integers().between(1, 20_000).map(text::repeat)));
    }

    @Test
    void given_two_formats_when_compared_then_they_are_equal_if_made_of_the_same_text() {
        assertThat(TimestampFormat.of("ISO_OFFSET")).isSameAs(TimestampFormat.ISO_OFFSET);
        assertThat(TimestampFormat.of("yyyy"))
                .isEqualTo(TimestampFormat.of("yyyy"))
                .hasSameHashCodeAs(TimestampFormat.of("yyyy"))
                .isNotEqualTo(TimestampFormat.of("uuuu"))
                .hasToString("yyyy");
        assertThat(TimestampFormat.UTC_SECONDS).hasToString("UTC_SECONDS");
    }
}
