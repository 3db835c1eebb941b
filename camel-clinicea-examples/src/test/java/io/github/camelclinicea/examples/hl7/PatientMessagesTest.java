/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static io.github.camelclinicea.examples.hl7.Hospital.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.model.Message;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientMessagesTest {
    private static final Sent THERE = new Sent("A04", "v0", 1, null, null, null);
    private static final Instant MODIFIED = Instant.parse("2026-03-01T05:30:00Z");

    private final PatientMessages messages = new Hl7Properties("Asia/Dubai", Map.of()).patients();

    private static Map<String, Object> row(Object... changed) {
        Map<String, Object> row = new HashMap<>();
        for (String field : new String[] {
            "FileNo",
            "FirstName",
            "MiddleName",
            "LastName",
            "FullName",
            "DateOfBirth",
            "Gender",
            "Mobile",
            "HomePhone",
            "Email",
            "Address1",
            "Address2",
            "City"
        }) {
            row.put(field, null);
        }
        row.put("LastName", "Sandbox-0001");
        for (int i = 0; i < changed.length; i += 2) {
            row.put((String) changed[i], changed[i + 1]);
        }
        return row;
    }

    private static Change change(Map<String, Object> row, boolean deleted) {
        return new Change("patients", "p-1", "v1", deleted, MODIFIED, row);
    }

    private Message next(Sent sent, Object... changed) {
        return Hl7Properties.read(
                messages.next(change(row(changed), false), sent).message());
    }

    @Test
    void given_a_patient_when_sent_first_then_it_is_a04_with_header_identifiers_and_demographics() {
        Message adt = next(
                Sent.NOTHING,
                "FileNo",
                "F-00001",
                "FirstName",
                "Testa",
                "MiddleName",
                "B.",
                "DateOfBirth",
                "1990-05-17T00:00:00",
                "Gender",
                "Female",
                "Mobile",
                "555-0101",
                "HomePhone",
                "555-0102",
                "Email",
                "p@example.invalid",
                "Address1",
                "1 Invented Street",
                "Address2",
                "2",
                "City",
                "Prüfstadt");

        assertThat(get(adt, "/MSH-3")).isEqualTo("CLINICEA");
        assertThat(get(adt, "/MSH-4")).isEqualTo("CLINIC");
        assertThat(get(adt, "/MSH-5")).isEqualTo("HIS");
        assertThat(get(adt, "/MSH-6")).isEqualTo("HOSPITAL");
        assertThat(get(adt, "/MSH-7")).matches("\\d{14}\\+0400");
        assertThat(get(adt, "/MSH-9-1") + get(adt, "/MSH-9-2") + get(adt, "/MSH-9-3"))
                .isEqualTo("ADTA04ADT_A01");
        assertThat(get(adt, "/MSH-10")).hasSize(20);
        assertThat(get(adt, "/MSH-11")).isEqualTo("P");
        assertThat(get(adt, "/MSH-12")).isEqualTo("2.5");
        assertThat(get(adt, "/MSH-18")).isEqualTo("UNICODE UTF-8");
        assertThat(get(adt, "/EVN-2")).isEqualTo("20260301093000+0400");
        assertThat(get(adt, "/PID-3(0)-1")).isEqualTo("p-1");
        assertThat(get(adt, "/PID-3(0)-4")).isEqualTo("CLINICEA");
        assertThat(get(adt, "/PID-3(0)-5")).isEqualTo("PI");
        assertThat(get(adt, "/PID-3(1)-1")).isEqualTo("F-00001");
        assertThat(get(adt, "/PID-3(1)-4")).isEqualTo("CLINICEA-FILE");
        assertThat(get(adt, "/PID-5-1")).isEqualTo("Sandbox-0001");
        assertThat(get(adt, "/PID-5-2")).isEqualTo("Testa");
        assertThat(get(adt, "/PID-5-3")).isEqualTo("B.");
        assertThat(get(adt, "/PID-7")).isEqualTo("19900517");
        assertThat(get(adt, "/PID-8")).isEqualTo("F");
        assertThat(get(adt, "/PID-11-1")).isEqualTo("1 Invented Street");
        assertThat(get(adt, "/PID-11-3")).isEqualTo("Prüfstadt");
        assertThat(get(adt, "/PID-13(0)-1")).isEqualTo("555-0101");
        assertThat(get(adt, "/PID-13(1)-12")).isEqualTo("555-0102");
        assertThat(get(adt, "/PID-13(2)-4")).isEqualTo("p@example.invalid");
        assertThat(get(adt, "/PV1-2")).isEqualTo("O");
    }

    @ParameterizedTest
    @CsvSource({
        "'a|b^c&d~e\\f', 'a|b^c&d~e\\f'",
        "'\\X|\\', '\\X|\\'",
        "'\\.br|PID|2\\', '\\.br|PID|2\\'",
        "'Δοκιμή テスト مثال 🙂', 'Δοκιμή テスト مثال 🙂'"
    })
    void given_a_name_with_special_characters_when_sent_then_the_receiver_reads_it(String name, String read) {
        Message adt = next(Sent.NOTHING, "FirstName", name);

        assertThat(get(adt, "/PID-5-2")).isEqualTo(read);
        assertThat(get(adt, "/PID-5-1")).isEqualTo("Sandbox-0001");
    }

    @Test
    void given_line_breaks_and_frame_bytes_in_a_name_when_sent_then_it_stays_one_segment() {
        Outgoing sent = messages.next(
                change(row("FirstName", "A\r\nPID|2\u001c\rB", "City", "C\nD\u000b"), false), Sent.NOTHING);

        assertThat(sent.message().split("\r")).hasSize(4);
        assertThat(sent.message()).doesNotContain("\n", "\u001c", "\u000b");
        assertThat(get(Hl7Properties.read(sent.message()), "/PID-5-2")).isEqualTo("A PID|2 B");
    }

    @Test
    void given_a_very_long_text_when_sent_then_it_arrives_whole() {
        assertThat(get(next(Sent.NOTHING, "Address1", "ß".repeat(5_000)), "/PID-11-1"))
                .hasSize(5_000);
    }

    @Test
    void given_values_that_are_not_there_when_sent_first_then_the_fields_are_empty() {
        Message adt = next(Sent.NOTHING, "DateOfBirth", "0001-01-01T00:00:00", "City", " ");

        assertThat(get(adt, "/PID-7")).isEmpty();
        assertThat(get(adt, "/PID-11-1") + get(adt, "/PID-11-3")).isEmpty();
        assertThat(get(adt, "/PID-13-1")).isEmpty();
        assertThat(get(adt, "/PID-8")).isEqualTo("U");
    }

    @Test
    void given_values_that_were_removed_when_sent_again_then_the_receiver_is_to_remove_them() {
        Message adt = next(THERE, "DateOfBirth", "0001-01-01T00:00:00");

        assertThat(get(adt, "/MSH-9-2")).isEqualTo("A08");
        assertThat(get(adt, "/PID-7")).isEqualTo("\"\"");
        assertThat(get(adt, "/PID-11-1")).isEqualTo("\"\"");
        assertThat(get(adt, "/PID-13-1")).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1990-05-17T00:00:00, 19900517",
        "1990-05-17, 19900517",
        "1990-05-17T00:00:00Z, 19900517",
        "1990-05-17T00:00:00+05:30, 19900517"
    })
    void given_a_date_of_birth_when_sent_in_another_zone_then_it_is_the_same_day(String born, String sent) {
        PatientMessages west = new Hl7Properties("America/New_York", Map.of()).patients();

        assertThat(get(
                        Hl7Properties.read(west.next(change(row("DateOfBirth", born), false), Sent.NOTHING)
                                .message()),
                        "/PID-7"))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"1, M", "' 2 ', F", "female, F", "3, U", "x=y, U"})
    void given_a_sex_when_sent_then_the_property_maps_it(String value, String sex) {
        PatientMessages mapped = new Hl7Properties("Asia/Dubai", Map.of("hl7.sex", "1=M, 2=F ,Female=F")).patients();

        assertThat(get(
                        Hl7Properties.read(mapped.next(change(row("Gender", value), false), Sent.NOTHING)
                                .message()),
                        "/PID-8"))
                .isEqualTo(sex);
    }

    @Test
    void given_a_row_with_the_whole_name_only_when_sent_then_it_is_a_display_name() {
        Message adt = next(Sent.NOTHING, "LastName", null, "FullName", "Testa Sandbox");

        assertThat(get(adt, "/PID-5-1")).isEqualTo("Testa Sandbox");
        assertThat(get(adt, "/PID-5-7")).isEqualTo("D");
    }

    @Test
    void given_a_row_without_a_name_when_made_then_it_fails_and_says_which_line_of_the_mapping_it_is() {
        assertThatThrownBy(() -> next(Sent.NOTHING, "LastName", null, "Mobile", "555-0101"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patient.name")
                .hasMessageContaining("hl7/fields.properties")
                .hasMessageNotContaining("555");
    }

    @Test
    void given_a_date_that_is_none_when_made_then_it_fails_without_the_value() {
        assertThatThrownBy(() -> next(Sent.NOTHING, "DateOfBirth", "17 May"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patient.born")
                .hasMessageContaining("hl7/fields.properties")
                .hasMessageNotContaining("May");
    }

    @Test
    void given_a_deleted_patient_with_nothing_but_an_id_when_made_then_it_is_a29_if_the_receiver_has_them() {
        Change deleted = change(Map.of(), true);
        Message adt = Hl7Properties.read(messages.next(deleted, THERE).message());

        assertThat(get(adt, "/MSH-9-2") + get(adt, "/MSH-9-3")).isEqualTo("A29ADT_A21");
        assertThat(get(adt, "/PID-3-1")).isEqualTo("p-1");
        assertThat(messages.next(deleted, Sent.NOTHING)).isNull();
        assertThat(messages.next(deleted, new Sent("A29", "v0", 2, null, null, null)))
                .isNull();
    }

    @Test
    void given_a_patient_who_comes_back_when_made_then_it_is_a04_again() {
        assertThat(messages.next(change(row(), false), new Sent("A29", "v0", 2, null, null, null))
                        .event())
                .isEqualTo("A04");
    }

    @Test
    void given_a_version_that_the_receiver_has_when_made_then_there_is_nothing_to_send() {
        assertThat(messages.next(change(row(), false), new Sent("A08", "v1", 2, null, null, null)))
                .isNull();
    }

    @Test
    void given_an_event_that_ends_no_patient_when_configured_then_it_is_rejected_at_the_start() {
        assertThatThrownBy(() -> new Hl7Properties("Asia/Dubai", Map.of("hl7.deleted-patient", "A08")).patients())
                .hasMessageContaining("hl7.deleted-patient");
        assertThat(new Hl7Properties("Asia/Dubai", Map.of("hl7.deleted-patient", "A23"))
                        .patients()
                        .next(change(Map.of(), true), THERE)
                        .event())
                .isEqualTo("A23");
    }
}
