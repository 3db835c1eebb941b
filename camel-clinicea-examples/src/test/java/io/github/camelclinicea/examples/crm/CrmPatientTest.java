/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrmPatientTest {
    private final CrmPatient edited = new CrmPatient(
            17,
            "p-17",
            2,
            Map.of("Mobile", "555-0117", "Email", "ada@example.invalid"),
            Map.of("Mobile", "555-0110", "Email", "ada@example.invalid"));

    @Test
    void given_a_record_that_lacks_fields_when_taken_then_the_row_is_as_it_was() {
        assertThat(edited.with(Map.of("MobileNumber", "555-0199"))).isEqualTo(edited);
        assertThat(edited.overruled(Map.of("MobileNumber", "555-0199"))).isEmpty();
    }

    @Test
    void given_a_record_with_a_field_that_is_null_when_taken_then_it_is_empty_in_the_row() {
        CrmPatient taken = edited.with(Collections.singletonMap("Email", null));

        assertThat(taken.fields()).containsEntry("Email", "").containsEntry("Mobile", "555-0117");
        assertThat(taken.unsent()).isEqualTo(Map.of("Mobile", "555-0117"));
    }

    @Test
    void given_a_row_when_shown_then_nothing_of_the_patient_is() {
        assertThat(edited).hasToString("CrmPatient 17");
    }
}
