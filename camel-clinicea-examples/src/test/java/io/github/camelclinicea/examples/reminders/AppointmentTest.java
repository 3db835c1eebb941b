/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentTest {
    private static final RowFields FIELDS =
            RowFields.load(new DefaultCamelContext(), "classpath:reminders/fields.properties");

    private static Map<String, Object> row() {
        return new HashMap<>(Map.of(
                "PatientID", "p1",
                "StartDateTime", "2026-06-10T10:00:00",
                "EndDateTime", "2026-06-10T10:30:00",
                "AppointmentStatus", 0,
                "CancelledDatetime", "0001-01-01T00:00:00",
                "ClinicName", "Invented Clinic"));
    }

    private static Appointment appointment(Map<String, ?> row) {
        return Appointment.of("a1", row, FIELDS, new CliniceaTimes("Asia/Dubai"), Set.of("4", "no show"));
    }

    @Test
    void given_a_row_when_read_then_its_times_are_those_of_the_clinic() {
        assertThat(appointment(row()))
                .isEqualTo(new Appointment(
                        "a1",
                        "p1",
                        Instant.parse("2026-06-10T06:00:00Z"),
                        Instant.parse("2026-06-10T06:30:00Z"),
                        "Invented Clinic",
                        true));
    }

    @ParameterizedTest
    @CsvSource({"AppointmentStatus, 4", "AppointmentStatus, NO SHOW", "CancelledDatetime, 2026-06-01T00:00:00"})
    void given_a_sign_of_a_cancellation_when_read_then_the_appointment_does_not_take_place(String field, String value) {
        Map<String, Object> row = row();
        row.put(field, value);

        assertThat(appointment(row).open()).isFalse();
    }

    @Test
    void given_a_row_without_its_field_when_read_then_the_error_names_the_line() {
        Map<String, Object> row = row();
        row.remove("CancelledDatetime");

        assertThatThrownBy(() -> appointment(row)).hasMessageContaining("appointment.cancelled");
    }

    @ParameterizedTest
    @CsvSource({
        "StartDateTime, appointment.start",
        "EndDateTime, appointment.end",
        "CancelledDatetime, appointment.cancelled"
    })
    void given_a_field_that_is_no_time_when_read_then_the_error_names_the_line_and_does_not_quote_it(
            String field, String line) {
        Map<String, Object> row = row();
        row.put(field, "secret-content");

        assertThatThrownBy(() -> appointment(row)).hasMessageContaining(line).hasMessageNotContaining("secret-content");
    }
}
