/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "patient, patients",
        "Patients, patients",
        "PATIENTS, patients",
        "patinets, patients",
        "apointments, appointments",
        "appointment, appointments",
        "bill, bills",
        "deleted_bills, deletedBills",
        "patient-packages, patientPackages",
        "payment, payments",
        "laeds, leads"
    })
    void given_a_misspelt_name_when_asked_then_the_right_one_is_suggested(String wanted, String right) {
        assertThat(Suggestion.of(wanted, Catalogue.shipped().names())).isEqualTo("Did you mean '" + right + "'? ");
    }

    @Test
    @Timeout(5)
    void given_a_text_of_megabytes_when_asked_then_none_is_suggested_and_little_memory_is_taken() {
        assertThat(Suggestion.of("p".repeat(20_000_000), Catalogue.shipped().names()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoices", "rooms", "x", "staff", ""})
    void given_another_name_when_asked_then_none_is_suggested(String wanted) {
        assertThat(Suggestion.of(wanted, Catalogue.shipped().names())).isEmpty();
    }
}
