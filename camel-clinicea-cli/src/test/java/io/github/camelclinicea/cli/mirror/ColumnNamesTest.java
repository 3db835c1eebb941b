/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {
    @ParameterizedTest
    @CsvSource({"FullName, fullname, FULLNAME", "xmin, field_xmin, FIELD_XMIN", "'', unnamed, UNNAMED", "Ö, ö, Ö"})
    void given_a_field_when_named_then_the_column_is_as_the_database_folds_it(
            String field, String lowerCase, String upperCase) {
        assertThat(new ColumnNames(true).of(field)).isEqualTo(lowerCase);
        assertThat(new ColumnNames(false).of(field)).isEqualTo(upperCase);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ö", "€", "\uD83D\uDE00"})
    void given_long_names_when_named_then_they_fit_and_differ(String letter) {
        ColumnNames names = new ColumnNames(true);

        String one = names.of(letter.repeat(70));

        assertThat(one.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(one).startsWith(letter.repeat(13)).isNotEqualTo(names.of(letter.repeat(71)));
        assertThat(new String(one.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(one);
    }
}
