/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactTest {
    @ParameterizedTest
    @CsvSource({
        "unknown, anything, false",
        "0, 0, false",
        "0, 1 (page 0: 400), true",
        "1, 1 (page 0: 400), false",
        "PatientID or ID, ID, false",
        "PatientID or ID, RecordGUID, true",
        "respected, no rows from tomorrow on, false",
        "respected, ignored, true",
        "refused, refused (400), false",
        "accepted, refused (401), true",
        "all, 11 of 11, false",
        "all, 0 of 11, true",
        "respected, not asked, false",
        "0, not known: no rows, false"
    })
    void given_an_expectation_when_seen_then_only_another_answer_differs(
            String expected, String seen, boolean differs) {
        assertThat(Fact.of("patients", "a fact", expected, seen).differs()).isEqualTo(differs);
    }
}
