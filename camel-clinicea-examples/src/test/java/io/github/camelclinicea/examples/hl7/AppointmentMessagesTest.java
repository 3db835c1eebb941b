/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static io.github.camelclinicea.examples.hl7.Hospital.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.model.Message;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentMessagesTest {
    private static final String UNSET = "0001-01-01T00:00:00";
    private static final Sent THERE = new Sent("S12", "v0", 1, "2026-03-01T05:30:00Z", "2026-03-01T06:00:00Z", "p-1");

    private final AppointmentMessages messages = new Hl7Properties("Asia/Dubai", Map.of()).appointments();

    private static Map<String, Object> row(Object... changed) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "PatientID", "p-1",
                "PatientName", "Testa Sandbox",
                "StartDateTime", "2026-03-01T09:30:00",
                "EndDateTime", "2026-03-01T10:00:00",
                "StaffID", "s-1",
                "StaffName", "Staff Sandbox-01",
                "ClinicID", "c-1",
                "ClinicName", "Sandbox Clinic Ä",
                "ServiceType", "Massage (Größe L)"));
        row.put("CancelledDatetime", UNSET);
        row.put("CancelReason", null);
        row.put("AppointmentStatus", 0);
        for (int i = 0; i < changed.length; i += 2) {
            row.put((String) changed[i], changed[i + 1]);
        }
        return row;
    }

    private static Change change(boolean deleted, Map<String, Object> row) {
        return new Change("appointments", "a-1", "v1", deleted, null, row);
    }

    private Outgoing next(Sent sent, Object... changed) {
        return messages.next(change(false, row(changed)), sent);
    }

    private static Message read(Outgoing outgoing) {
        return Hl7Properties.read(outgoing.message());
    }

    @Test
    void given_an_appointment_when_sent_first_then_it_is_s12_with_times_patient_and_resources() {
        Message siu = read(next(Sent.NOTHING));

        assertThat(get(siu, "/MSH-9-1") + get(siu, "/MSH-9-2") + get(siu, "/MSH-9-3"))
                .isEqualTo("SIUS12SIU_S12");
        assertThat(get(siu, "/SCH-1-1")).isEqualTo("a-1");
        assertThat(get(siu, "/SCH-2-1")).isEqualTo("a-1");
        assertThat(get(siu, "/SCH-2-2")).isEqualTo("CLINICEA");
        assertThat(get(siu, "/SCH-6-2")).isEqualTo("Booked");
        assertThat(get(siu, "/SCH-9")).isEqualTo("30");
        assertThat(get(siu, "/SCH-11-4")).isEqualTo("20260301093000+0400");
        assertThat(get(siu, "/SCH-11-5")).isEqualTo("20260301100000+0400");
        assertThat(get(siu, "/SCH-25-1")).isEqualTo("Booked");
        assertThat(get(siu, "/.PID-3-1")).isEqualTo("p-1");
        assertThat(get(siu, "/.PID-3-4")).isEqualTo("CLINICEA");
        assertThat(get(siu, "/.PID-5-1")).isEqualTo("Testa Sandbox");
        assertThat(get(siu, "/.AIS-3-2")).isEqualTo("Massage (Größe L)");
        assertThat(get(siu, "/.AIL-3-4")).isEqualTo("c-1");
        assertThat(get(siu, "/.AIP-3-1")).isEqualTo("s-1");
    }

    @ParameterizedTest
    @CsvSource({
        "StartDateTime, 2026-03-01T09:45:00, S13",
        "StartDateTime, 2026-03-01T05:30:00Z, S14",
        "EndDateTime, 2026-03-01T10:15:00, S14",
        "StaffName, Staff Sandbox-02, S14",
        "PatientID, p-2, S14",
        "CancelledDatetime, 2026-02-28T10:00:00, S15",
        "AppointmentStatus, cancelled, S15"
    })
    void given_a_change_when_made_then_it_has_its_event(String field, String value, String event) {
        Outgoing outgoing = next(THERE, field, value);

        assertThat(outgoing.event()).isEqualTo(event);
        assertThat(get(read(outgoing), "/MSH-9-2")).isEqualTo(event);
        assertThat(get(read(outgoing), "/SCH-25-1")).isEqualTo(event.equals("S15") ? "Cancelled" : "Booked");
    }

    @Test
    void given_an_appointment_that_the_receiver_never_had_when_cancelled_or_deleted_then_nothing_is_sent() {
        assertThat(next(Sent.NOTHING, "CancelledDatetime", "2026-02-28T10:00:00"))
                .isNull();
        assertThat(messages.next(change(true, Map.of()), Sent.NOTHING)).isNull();
    }

    @Test
    void given_a_cancelled_appointment_when_changed_or_deleted_then_nothing_more_is_sent() {
        Sent cancelled = new Sent("S15", "v0", 2, THERE.start(), THERE.end(), "p-1");

        assertThat(next(cancelled, "CancelledDatetime", "2026-02-28T10:00:00", "CancelReason", "Other"))
                .isNull();
        assertThat(messages.next(change(true, row()), cancelled)).isNull();
    }

    @Test
    void given_a_cancelled_appointment_when_it_is_booked_again_then_it_is_s12() {
        assertThat(next(new Sent("S15", "v0", 2, THERE.start(), THERE.end(), "p-1"))
                        .event())
                .isEqualTo("S12");
    }

    @Test
    void given_a_deleted_appointment_with_nothing_but_an_id_when_made_then_s15_has_what_was_sent() {
        Message siu = read(messages.next(change(true, Map.of()), THERE));

        assertThat(get(siu, "/MSH-9-2")).isEqualTo("S15");
        assertThat(get(siu, "/SCH-11-4")).isEqualTo("20260301093000+0400");
        assertThat(get(siu, "/SCH-25-1")).isEqualTo("Deleted");
        assertThat(get(siu, "/.PID-3-1")).isEqualTo("p-1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:30:00, 20260329013000+0100",
        "2026-03-29T02:30:00, 20260329033000+0200",
        "2026-03-29T03:30:00, 20260329033000+0200",
        "2026-10-25T02:30:00, 20261025023000+0200",
        "2026-10-25T03:30:00, 20261025033000+0100"
    })
    void given_days_on_which_clocks_change_when_sent_then_the_offset_is_that_of_the_moment(String start, String sent) {
        AppointmentMessages berlin = new Hl7Properties("Europe/Berlin", Map.of()).appointments();

        assertThat(get(
                        read(berlin.next(
                                change(false, row("StartDateTime", start, "EndDateTime", UNSET)), Sent.NOTHING)),
                        "/SCH-11-4"))
                .isEqualTo(sent);
    }

    @Test
    void given_an_appointment_of_nobody_yet_when_sent_then_it_has_no_pid() {
        assertThat(next(Sent.NOTHING, "PatientID", null, "PatientName", null).message())
                .doesNotContain("PID|");
    }

    @Test
    void given_the_zero_guid_as_patient_or_staff_when_sent_then_it_is_nobody() {
        String zero = "00000000-0000-0000-0000-000000000000";
        Outgoing sent = next(Sent.NOTHING, "PatientID", zero, "StaffID", zero, "StaffName", null);

        assertThat(sent.message()).doesNotContain("PID|", "AIP|", zero);
        assertThat(sent.patient()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "StartDateTime,appointment.start",
        "EndDateTime,appointment.end",
        "CancelledDatetime,appointment.cancelled-at"
    })
    void given_a_time_that_is_none_when_made_then_it_fails_and_names_the_line(String field, String key) {
        assertThatThrownBy(() -> next(Sent.NOTHING, field, "17 May"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("hl7/fields.properties")
                .hasMessageNotContaining("May");
    }

    @Test
    void given_an_appointment_without_a_start_when_made_then_it_fails_and_names_the_line() {
        assertThatThrownBy(() -> next(Sent.NOTHING, "StartDateTime", UNSET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("appointment.start")
                .hasMessageNotContaining("Sandbox");
    }

    @Test
    void given_a_status_with_a_word_of_hl7_when_sent_then_the_property_maps_it() {
        assertThat(get(read(next(Sent.NOTHING, "AppointmentStatus", "NoShow")), "/SCH-25-1"))
                .isEqualTo("Noshow");
    }
}
