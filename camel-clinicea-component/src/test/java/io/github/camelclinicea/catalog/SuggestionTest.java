/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import static org.assertj.core.api.Assertions.assertThat;

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

    @ParameterizedTest
    @ValueSource(strings = {"invoices", "rooms", "x", "staff", ""})
    void given_another_name_when_asked_then_none_is_suggested(String wanted) {
        assertThat(Suggestion.of(wanted, Catalogue.shipped().names())).isEmpty();
    }
}
