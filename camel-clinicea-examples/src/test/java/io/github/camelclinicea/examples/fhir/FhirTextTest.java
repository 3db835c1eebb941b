/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FhirTextTest {
    @Test
    void given_texts_that_fhir_forbids_when_cleaned_then_the_rest_stays() {
        assertThat(FhirText.clean(null)).isNull();
        assertThat(FhirText.clean(" \t\r\n\u00A0\u200B\u0000")).isNull();
        assertThat(FhirText.clean("\uFEFFAda\u0007B\u0085\uD800")).isEqualTo("Ada B");
        assertThat(FhirText.clean("a\nb\tc")).isEqualTo("a\nb\tc");
        assertThat(FhirText.clean("टेस्ट 👨‍👩‍👧 مثال")).isEqualTo("टेस्ट 👨‍👩‍👧 مثال");
    }

    @Test
    void given_a_text_that_is_too_long_when_cleaned_then_no_character_is_cut_in_two() {
        String cut = FhirText.clean("x".repeat(FhirText.MOST_CHARACTERS - 1) + "😀😀");

        assertThat(cut).isEqualTo("x".repeat(FhirText.MOST_CHARACTERS - 1));
    }
}
