/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.examples.fields.RowFields;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientTest {
    private static final RowFields FIELDS =
            RowFields.load(new DefaultCamelContext(), "classpath:reminders/fields.properties");

    private static Patient patient(String field, Object value) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "FirstName",
                "Ada",
                "Email",
                "ada@example.invalid",
                "Mobile",
                "+1 202-555-0117",
                "EmailOptOut",
                false,
                "SMSOptOut",
                false,
                "IsActive",
                true));
        row.put(field, value);
        return Patient.of("p1", row, FIELDS, "AE");
    }

    @ParameterizedTest
    @CsvSource({
        "050 123 4567, 971501234567",
        "+971-50-1234567, 971501234567",
        "00971501234567, 971501234567",
        "971501234567, 971501234567",
        "+1 (202) 555-0117, 12025550117",
        "٠٥٠١٢٣٤٥٦٧, 971501234567"
    })
    void given_a_number_as_people_write_it_when_read_then_it_is_digits_with_the_country(String number, String digits) {
        assertThat(patient("Mobile", number).mobile()).isEqualTo(digits);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "none", "12", "0501234567 0507654321", "+999 12345678", "0501234567; 0507654321"})
    void given_no_number_or_several_when_read_then_there_is_none(String number) {
        assertThat(patient("Mobile", number).mobile()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.invalid, b@example.invalid",
                "a@example.invalid;b@example.invalid",
                "Ada <a@example.invalid>",
                "a@example.invalid\r\nBcc: b@example.invalid",
                "a b@example.invalid",
                "a@example",
                "none",
                "@example.invalid",
                "a@-example.invalid",
                "ädä@example.invalid"
            })
    void given_a_text_that_is_not_one_address_when_read_then_there_is_none(String mail) {
        assertThat(patient("Email", mail).mail()).isNull();
    }

    @Test
    void given_a_text_of_many_labels_when_read_then_there_is_no_address() {
        assertThat(patient("Email", "a@a" + ".a".repeat(20_000)).mail()).isNull();
    }

    @Test
    void given_a_code_of_a_country_when_read_then_only_one_that_has_numbers_is_accepted() {
        assertThat(Patient.country(" ae ")).isEqualTo("AE");
        assertThatThrownBy(() -> Patient.country("UAE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reminders.country");
    }

    @Test
    void given_an_address_when_read_then_it_is_kept() {
        assertThat(patient("Email", " o'ada+1@mail.example.invalid ").mail()).isEqualTo("o'ada+1@mail.example.invalid");
    }

    @Test
    void given_a_name_with_control_characters_when_read_then_it_is_one_line() {
        assertThat(patient("FirstName", "Ada\r\nBcc:\u0000x\u202Ey\u2028z").name())
                .isEqualTo("Ada Bcc: x y z");
        assertThat(patient("FirstName", "\u0000\n").name()).isNull();
        assertThat(patient("FirstName", "😀".repeat(200)).name()).isEqualTo("😀".repeat(100));
    }

    @Test
    void given_one_of_the_two_flags_of_an_inactive_patient_when_read_then_both_are_understood() {
        assertThat(patient("IsActive", "0").active()).isFalse();
        assertThat(patient("IsInactive", 1).active()).isFalse();
        assertThat(patient("IsInactive", false).active()).isTrue();
    }

    @Test
    void given_a_flag_that_cannot_be_read_when_read_then_the_error_names_the_line_and_not_the_patient() {
        assertThatThrownBy(() -> patient("EmailOptOut", "ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patient.no-mail")
                .hasMessageNotContaining("ada");
        assertThat(patient("Email", "ada@example.invalid").toString()).doesNotContain("ada");
    }
}
