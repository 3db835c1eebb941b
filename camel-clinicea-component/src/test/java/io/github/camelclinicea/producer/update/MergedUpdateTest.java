/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.producer.ProducerTestBase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests updates that read the record first, over a real server. */
class MergedUpdateTest extends ProducerTestBase {
    private static final String LIST = "/api/v2/appointments/getAppointmentsByPatient";
    private static final String UPDATE = "/api/v3/appointments/updateAppointment";
    private static final String LEAD = "/api/v1/leads/l-5";

    private static final String OTHER = "{\"ID\":\"a-3\",\"PatientID\":\"p-17\",\"Notes\":\"of another one\"}";
    private static final String STAMP = "2027-02-01T08:00:00";

    /** The request with all arguments, if only the patient is given. The clinic is in Dubai. */
    private static final String WHOLE = UPDATE
            + "?appointmentID=a-4&patientID=p-17&appointmentDateTime=2027-03-01T07:00:00&staffID=s-2&clinicID=c-1"
            + "&serviceType=Consultation&appointmentType=1&notes=By%20phone&appointmentServiceID=sv-3";

    /** Returns the fields of a row; a null removes one. */
    private static Map<String, String> fields(String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ID", "\"a-4\"");
        fields.put("PatientID", "\"p-17\"");
        fields.put("StartDateTime", "\"2027-03-01T11:00:00\"");
        fields.put("StaffID", "\"s-2\"");
        fields.put("ClinicID", "\"c-1\"");
        fields.put("ServiceType", "\"Consultation\"");
        fields.put("AppointmentType", "1");
        fields.put("Notes", "\"By phone\"");
        fields.put("AppointmentServiceID", "\"sv-3\"");
        fields.put("ModifiedDatetime", "\"" + STAMP + "\"");
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                fields.remove(changes[i]);
            } else {
                fields.put(changes[i], changes[i + 1]);
            }
        }
        return fields;
    }

    private static String appointment(String... changes) {
        StringBuilder row = new StringBuilder();
        fields(changes)
                .forEach((name, value) -> row.append(row.isEmpty() ? "{" : ",").append("\"" + name + "\":" + value));
        return row.append("}").toString();
    }

    /** Sets the responses to reads of a path. The last one stays, and a page after the first is empty. */
    private void serveReads(String path, String... answers) {
        for (int i = 0; i < answers.length; i++) {
            clinicea.server()
                    .stubFor(get(urlPathEqualTo(path))
                            .inScenario(path)
                            .whenScenarioStateIs(state(i))
                            .willSetStateTo(state(Math.min(i + 1, answers.length - 1)))
                            .willReturn(answers[i].isEmpty() ? answer(204) : json(answers[i])));
        }
    }

    private static String state(int read) {
        return read == 0 ? Scenario.STARTED : Integer.toString(read);
    }

    private void serveAppointments(String... versions) {
        clinicea.server().stubFor(any(anyUrl()).atPriority(10).willReturn(answer(404)));
        serveReads(
                LIST,
                Arrays.stream(versions)
                        .map(version -> "[" + OTHER + (version.isEmpty() ? "" : "," + version) + "]")
                        .toArray(String[]::new));
        clinicea.server().stubFor(put(urlPathEqualTo(UPDATE)).willReturn(json("{\"ID\":\"a-4\"}")));
    }

    private void serveLead(String... versions) {
        serveReads(LEAD, versions);
        clinicea.server().stubFor(put(urlPathEqualTo(LEAD)).willReturn(json("{\"ID\":\"l-5\"}")));
    }

    private Exchange update(Object body) {
        return update("appointments", "", "a-4", body);
    }

    private Exchange update(String resource, String options, String id, Object body) {
        return updateWithoutZone(resource, options + "&clinicZone=Asia/Dubai", id, body);
    }

    private Exchange updateWithoutZone(String resource, String options, String id, Object body) {
        return call(resource, "operation=update&mergeOnUpdate=true" + options)
                .withHeader(CliniceaConstants.RECORD_ID, id)
                .withBody(body)
                .send();
    }

    private List<LoggedRequest> written() {
        return clinicea.server().findAll(RequestPatternBuilder.newRequestPattern(RequestMethod.PUT, anyUrl()));
    }

    private String writtenUrl() {
        assertThat(written()).hasSize(1);
        return written().get(0).getUrl();
    }

    private String writtenBody() {
        assertThat(written()).hasSize(1);
        return written().get(0).getBodyAsString();
    }

    private void assertRefused(Exchange out, String... words) {
        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
        assertThat(written()).isEmpty();
    }

    private CliniceaException assertFailed(Exchange out) {
        assertThat(written()).isEmpty();
        assertThat(out.getException()).isExactlyInstanceOf(CliniceaException.class);
        CliniceaException failure = (CliniceaException) out.getException();
        assertThat(failure)
                .hasMessageNotContaining("By phone")
                .hasMessageNotContaining("p-17")
                .hasMessageContaining("was not sent");
        return failure;
    }

    // ---- an update of arguments

    @Test
    void given_one_field_when_an_appointment_is_updated_then_all_others_are_sent_as_they_are() {
        serveAppointments(appointment());

        Exchange out = update(Map.of("patientID", "p-17", "notes", "In person"));

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("By%20phone", "In%20person"));
        assertThat(writtenBody()).isEmpty();
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(false);
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("a-4");
        assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "a-4"));
        assertThat(clinicea.requests(LIST))
                .hasSize(2)
                .allSatisfy(read -> assertThat(read.getUrl())
                        .isEqualTo(LIST + "?patientID=p-17&appointmentType=2&pageNo=1&pageSize=100"));
    }

    @Test
    void given_the_arguments_in_the_header_when_updated_then_they_are_laid_over_as_well() {
        serveAppointments(appointment());

        Exchange out = call("appointments", "operation=updateAppointment&mergeOnUpdate=true&clinicZone=Asia/Dubai")
                .withHeader(
                        CliniceaConstants.PARAMETERS,
                        Map.of("appointmentID", "a-4", "patientID", "p-17", "appointmentType", 3))
                .withHeader(CliniceaConstants.RECORD_ID, "of another resource")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("appointmentType=1", "appointmentType=3"));
        assertThat(clinicea.requests(LIST))
                .isNotEmpty()
                .allSatisfy(read -> assertThat(read.getUrl())
                        .contains("&appointmentType=2&")
                        .doesNotContain("appointmentType=3"));
    }

    @Test
    void given_a_record_on_a_later_page_when_updated_then_it_is_found() {
        serveAppointments(appointment());
        clinicea.servePages(LIST, "pageNo", 1, List.of("[" + OTHER + "]", "[" + appointment() + "]"));

        assertThat(update(Map.of("patientID", "p-17")).getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE);
    }

    /** An object has all fields of its class, and fields without a value are null. */
    @Test
    void given_a_guid_that_comes_back_in_capitals_when_updated_then_it_is_the_same_record() {
        String guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        String capitals = "{\"ID\":\"" + guid.toUpperCase(Locale.ROOT) + "\"}";
        serveAppointments(appointment("ID", "\"" + guid.toUpperCase(Locale.ROOT) + "\""));
        clinicea.server().stubFor(put(urlPathEqualTo(UPDATE)).willReturn(json(capitals)));

        Exchange inList = update("appointments", "", guid, Map.of("patientID", "p-17", "notes", "Moved"));

        assertThat(inList.getException()).isNull();
        assertThat(writtenUrl()).contains("appointmentID=" + guid);
    }

    @Test
    void given_a_guid_that_is_read_in_capitals_when_updated_then_it_is_the_same_record() {
        String guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        String path = LEAD.substring(0, LEAD.lastIndexOf('/') + 1) + guid;
        serveReads(path, "{\"ID\":\"" + guid.toUpperCase(Locale.ROOT) + "\",\"City\":\"Pune\"}");
        clinicea.server().stubFor(put(urlPathEqualTo(path)).willReturn(json("{\"ID\":\"" + guid + "\"}")));

        Exchange out = update("leads", "", guid, Map.of("City", "Goa"));

        assertThat(out.getException()).isNull();
        assertThat(writtenBody()).contains("Goa");
    }

    @Test
    void given_fields_that_are_null_when_updated_then_they_are_as_if_not_given() {
        serveAppointments(appointment());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("patientID", "p-17");
        body.put("notes", null);

        assertThat(update(body).getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE);
    }

    @Test
    void given_an_empty_text_when_updated_then_the_field_is_emptied() {
        serveAppointments(appointment());

        assertThat(update(Map.of("patientID", "p-17", "notes", "")).getException())
                .isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("By%20phone", ""));
    }

    /** An empty column of a CSV file gives a blank. */
    @Test
    void given_blanks_for_what_cannot_be_sent_blank_when_updated_then_the_record_keeps_what_it_has() {
        serveAppointments(appointment());

        assertThat(update(Map.of("patientID", "p-17", "appointmentType", "", "appointmentDateTime", " "))
                        .getException())
                .isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE);
    }

    @Test
    void given_a_blank_in_the_header_when_updated_then_the_record_keeps_what_it_has() {
        serveAppointments(appointment());

        Exchange out = call("appointments", "operation=updateAppointment&mergeOnUpdate=true&clinicZone=Asia/Dubai")
                .withHeader(
                        CliniceaConstants.PARAMETERS,
                        Map.of("appointmentID", "a-4", "patientID", "p-17", "appointmentType", ""))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE);
    }

    /** Columns: a field; its value in the record; the value that is sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            StartDateTime   | "0001-01-01T00:00:00"    | ``
            StartDateTime   | "0001-01-01T00:00:00Z"   | ``
            StartDateTime   | "0001-01-01T00:00:00+05:30" | ``
            StartDateTime   | "/Date(-62135596800000)/" | ``
            StartDateTime   | null                     | ``
            StartDateTime   | ""                       | ``
            StartDateTime   | "2027-03-01T11:00:00.5"  | &appointmentDateTime=2027-03-01T07:00:00
            """)
    void given_a_start_that_is_odd_when_updated_then_it_is_sent_in_whole_seconds_unless_it_is_none(
            String field, String value, String sent) {
        serveAppointments(appointment(field, value));

        assertThat(update(Map.of("patientID", "p-17")).getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("&appointmentDateTime=2027-03-01T07:00:00", sent));
    }

    @Test
    void given_values_of_other_kinds_when_updated_then_they_are_sent_to_the_letter() {
        serveAppointments(appointment("Notes", "10.50", "ServiceType", "true", "StaffID", "null"));

        assertThat(update(Map.of("patientID", "p-17")).getException()).isNull();
        assertThat(writtenUrl())
                .isEqualTo(WHOLE.replace("By%20phone", "10.50")
                        .replace("Consultation", "true")
                        .replace("&staffID=s-2", ""));
    }

    @Test
    void given_an_argument_that_the_record_has_no_field_for_when_updated_then_nothing_is_written_and_it_is_named() {
        serveAppointments(appointment("Notes", null, "StaffID", null));

        assertRefused(update(Map.of("patientID", "p-17")), "updateAppointment", "[staffID, notes]", "empty text");

        assertThat(update(Map.of("patientID", "p-17", "notes", "", "staffID", "s-9"))
                        .getException())
                .isNull();
        assertThat(writtenUrl()).contains("staffID=s-9").contains("notes=&");
    }

    @Test
    void given_the_records_field_in_place_of_the_argument_when_updated_then_its_old_value_is_not_sent_beside_it() {
        serveAppointments(appointment());

        assertRefused(
                update(Map.of("patientID", "p-17", "startDateTime", "2027-03-01T12:00:00")),
                "give it as 'appointmentDateTime'",
                "Nothing was written");
    }

    @Test
    void given_a_record_that_names_the_start_like_the_argument_when_updated_then_it_is_found_all_the_same() {
        serveAppointments(appointment("StartDateTime", null, "APPOINTMENTDATETIME", "\"2027-03-01T11:00:00\""));

        assertThat(update(Map.of("patientID", "p-17")).getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE);
    }

    @Test
    void given_two_fields_that_differ_in_capitals_when_updated_then_nothing_is_guessed() {
        serveAppointments(appointment("NOTES", "\"shouted\""));

        assertRefused(update(Map.of("patientID", "p-17")), "'notes'", "[Notes, NOTES]");
    }

    @Test
    void given_no_clinicZone_when_a_local_time_would_be_sent_back_as_utc_then_nothing_is_written_and_both_are_named() {
        serveAppointments(appointment());

        Exchange out = updateWithoutZone("appointments", "", "a-4", Map.of("patientID", "p-17", "notes", "Moved"));

        assertRefused(out, "StartDateTime", "'appointmentDateTime'", "set clinicZone", "Nothing was written");
        assertThat(out.getException()).hasMessageNotContaining("2027-03-01");
    }

    @Test
    void given_no_clinicZone_when_the_message_gives_the_time_then_it_is_sent_as_given() {
        serveAppointments(appointment());

        Exchange out = updateWithoutZone(
                "appointments", "", "a-4", Map.of("patientID", "p-17", "appointmentDateTime", "2027-03-01T07:00:00"));

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE);
    }

    /** Columns: the zone; the record's time; the time that is sent. The last rows lie beside hours that clocks repeat or skip. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Asia/Dubai      | 2027-03-01T11:00:00       | 2027-03-01T07:00:00
            Asia/Dubai      | 2027-03-01T02:30:00       | 2027-02-28T22:30:00
            Asia/Dubai      | /Date(1803884400000)/     | 2027-03-01T07:00:00
            Asia/Dubai      | 2027-03-01T11:00:00Z      | 2027-03-01T11:00:00Z
            Asia/Dubai      | 2027-03-01T11:00:00+05:30 | 2027-03-01T11:00:00%2B05:30
            Asia/Dubai      | /Date(1803884400500)/     | 2027-03-01T07:00:00
            Europe/Berlin   | /Date(1824942600000)/     | 2027-10-31T00:30:00
            Europe/Berlin   | 2027-10-31T01:59:59.9     | 2027-10-30T23:59:59
            Europe/Berlin   | 2027-10-31T03:00:00       | 2027-10-31T02:00:00
            Europe/Berlin   | 2027-03-28T01:59:59       | 2027-03-28T00:59:59
            Europe/Berlin   | 2027-03-28T03:00:00       | 2027-03-28T01:00:00
            """)
    void given_clinicZone_when_a_local_time_is_sent_back_then_it_is_converted_to_utc(
            String zone, String time, String sent) {
        serveAppointments(appointment("StartDateTime", "\"" + time + "\""));

        Exchange out = updateWithoutZone("appointments", "&clinicZone=" + zone, "a-4", Map.of("patientID", "p-17"));

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("2027-03-01T07:00:00", sent));
    }

    /** If it were converted, an update of another field could move the appointment by an hour. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-10-31T02:00:00",
                "2027-10-31T02:30:00",
                "2027-10-31T02:59:59.9",
                "2027-03-28T02:00:00",
                "2027-03-28T02:30:00"
            })
    void given_a_local_time_that_is_not_one_moment_when_updated_then_nothing_is_written_and_both_are_named(
            String time) {
        serveAppointments(appointment("StartDateTime", "\"" + time + "\""));
        String zone = "&clinicZone=Europe/Berlin";

        Exchange out = updateWithoutZone("appointments", zone, "a-4", Map.of("patientID", "p-17", "notes", "x"));

        assertRefused(out, "StartDateTime", "clinicZone", "give 'appointmentDateTime' in UTC", "Nothing was written");
        assertThat(out.getException()).hasMessageNotContaining("2027-");

        Map<String, String> whole = Map.of("patientID", "p-17", "appointmentDateTime", "2027-10-31T00:30:00");
        assertThat(updateWithoutZone("appointments", zone, "a-4", whole).getException())
                .isNull();
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("2027-03-01T07:00:00", "2027-10-31T00:30:00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AppointmentType | "Testa"                  | appointmentType
            AppointmentType | 1.5                      | appointmentType
            StartDateTime   | "/Date(1772363400000)/"  | appointmentDateTime
            Notes           | {"Text":"Testa"}         | notes
            """)
    void given_a_value_that_cannot_be_sent_when_updated_then_nothing_is_written_and_it_is_named(
            String field, String value, String argument) {
        serveAppointments(appointment(field, value));

        // With a zone, the form of .NET is converted.
        String options = field.equals("StartDateTime") ? "" : "&clinicZone=Asia/Dubai";

        Exchange out = updateWithoutZone("appointments", options, "a-4", Map.of("patientID", "p-17"));

        assertRefused(out, field, "'" + argument + "'", "give the argument");
        assertThat(out.getException()).hasMessageNotContaining("Testa");
    }

    @Test
    void given_no_patient_when_an_appointment_is_updated_then_nothing_is_sent_and_the_error_says_what_is_missing() {
        assertRefused(update(Map.of("notes", "x")), "'patientID'", "listByPatient", "mergeOnUpdate");
        assertNothingSent();
    }

    @ParameterizedTest
    @CsvSource({"appointmentDateTime, tomorrow", "patientId, p-17"})
    void given_an_argument_that_is_wrong_when_updated_then_nothing_is_sent(String name, String value) {
        assertRefused(update(Map.of("patientID", "p-17", name, value)), "'" + name + "'");
        assertNothingSent();
    }

    @Test
    void given_no_id_when_updated_then_nothing_is_sent() {
        Exchange out = call("appointments", "operation=update&mergeOnUpdate=true&clinicZone=Asia/Dubai")
                .withBody(Map.of("patientID", "p-17"))
                .send();

        assertRefused(out, "appointmentID", CliniceaConstants.RECORD_ID);
        assertNothingSent();
    }

    /** The value is the record's, and not a credential in the message. */
    @Test
    void given_a_record_with_a_field_named_like_a_credential_when_updated_then_the_field_is_sent_back() {
        serveLead("{\"ID\":\"l-5\",\"Pwd\":\"x\",\"Name\":\"a\"}");

        assertThat(update("leads", "", "l-5", Map.of("Name", "b")).getException())
                .isNull();
        assertThat(writtenBody()).isEqualTo("{\"ID\":\"l-5\",\"Pwd\":\"x\",\"Name\":\"b\"}");
    }

    @Test
    void given_a_record_that_is_not_there_when_updated_then_it_is_a_failure_and_nothing_is_written() {
        serveAppointments("");

        CliniceaException failure = assertFailed(update(Map.of("patientID", "p-17")));

        assertThat(failure)
                .hasMessageContainingAll(
                        "appointments updateAppointment", "a-4", "no record", "listByPatient", "patientID")
                .matches(e -> !e.isRetryable());
        assertThat(failure.getResource()).isEqualTo("appointments");
        assertThat(failure.getOperation()).isEqualTo("updateAppointment");
    }

    @Test
    void given_a_read_that_fails_when_updated_then_nothing_is_written() {
        serve(answer(403));

        Exchange out = update(Map.of("patientID", "p-17"));

        assertThat(out.getException()).isInstanceOf(CliniceaException.class).hasMessageContaining("403");
        assertThat(written()).isEmpty();
    }

    @Test
    void given_a_path_of_the_users_when_updated_then_it_is_that_of_the_update_and_not_of_the_read() {
        serveAppointments(appointment());
        clinicea.server().stubFor(put(urlPathEqualTo("/api/v9/change")).willReturn(json("{}")));

        assertThat(update("appointments", "&path=/api/v9/change", "a-4", Map.of("patientID", "p-17"))
                        .getException())
                .isNull();
        assertThat(writtenUrl()).startsWith("/api/v9/change?appointmentID=a-4&");
    }

    // ---- somebody else's change

    @Test
    void given_a_change_by_somebody_else_when_updated_then_it_is_kept_and_the_header_tells() {
        serveAppointments(
                appointment(),
                appointment(
                        "StaffID", "\"s-8\"", "Notes", "\"theirs\"", "ModifiedDatetime", "\"2027-02-01T08:00:01\""));

        Exchange out = update(Map.of("patientID", "p-17", "notes", "ours"));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(true);
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("s-2", "s-8").replace("By%20phone", "ours"));
    }

    @Test
    void given_a_change_by_somebody_else_when_that_is_to_fail_then_nothing_is_written_and_it_may_be_sent_again() {
        serveAppointments(appointment(), appointment("ModifiedDatetime", "\"2027-02-01T08:00:01\""));

        Exchange out = update("appointments", "&failOnConflict=true", "a-4", Map.of("patientID", "p-17"));

        assertThat(assertFailed(out))
                .hasMessageContainingAll("appointments updateAppointment", "a-4", "another user", "failOnConflict")
                .matches(CliniceaException::isRetryable);
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(true);

        assertThat(update("appointments", "&failOnConflict=true", "a-4", Map.of("patientID", "p-17"))
                        .getException())
                .isNull();
        assertThat(written()).hasSize(1);
    }

    @Test
    void given_no_change_when_one_is_to_fail_then_the_update_is_written_and_an_old_header_is_gone() {
        serveAppointments(appointment());

        Exchange out = call(
                        "appointments", "operation=update&mergeOnUpdate=true&failOnConflict=true&clinicZone=Asia/Dubai")
                .withHeader(CliniceaConstants.RECORD_ID, "a-4")
                .withHeader(CliniceaConstants.CONFLICT, true)
                .withBody(Map.of("patientID", "p-17"))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(false);
        assertThat(written()).hasSize(1);
    }

    /** Columns: the stamp, if any; whether a different note counts as a change. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            -                       | true
            null                    | true
            ""                      | true
            "0001-01-01T00:00:00"   | true
            "2027-02-01T08:00:00"   | false
            """)
    void given_a_stamp_or_none_when_the_content_differs_then_it_counts_where_there_is_no_stamp(
            String stamp, boolean conflict) {
        serveAppointments(
                appointment("ModifiedDatetime", stamp), appointment("ModifiedDatetime", stamp, "Notes", "\"theirs\""));

        Exchange out = update(Map.of("patientID", "p-17"));

        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(conflict);
        assertThat(writtenUrl()).isEqualTo(WHOLE.replace("By%20phone", "theirs"));
    }

    @Test
    void given_a_record_without_a_stamp_when_nothing_differs_then_there_is_no_conflict() {
        serveAppointments(appointment("ModifiedDatetime", null));

        Exchange out = update("appointments", "&failOnConflict=true", "a-4", Map.of("patientID", "p-17"));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(false);
    }

    @Test
    void given_a_record_that_goes_meanwhile_when_updated_then_nothing_is_written() {
        serveAppointments(appointment(), "");

        assertThat(assertFailed(update(Map.of("patientID", "p-17")))).hasMessageContaining("no record");
    }

    // ---- an update of a JSON body

    @Test
    void given_one_field_when_a_record_is_updated_by_the_convention_then_all_others_keep_their_value_and_place() {
        serveLead(
                "{\"ID\":\"l-5\",\"FirstName\":\"Ada\",\"Odd\":null,\"Born\":\"0001-01-01T00:00:00\",\"Fee\":10.50,"
                        + "\"Address\":{\"City\":\"Testville\",\"Street\":\"Nowhere 1\"},\"Tags\":[1,2],\"LastName\":\"Example\"}");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("FirstName", "Grace");
        body.put("LastName", null);
        body.put("Address", Map.of("City", "Sampleton"));
        body.put("Tags", List.of(3));
        body.put("New", true);

        Exchange out = update("leads", "", "l-5", body);

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(LEAD);
        assertThat(writtenBody())
                .isEqualTo("{\"ID\":\"l-5\",\"FirstName\":\"Grace\",\"Odd\":null,\"Born\":\"0001-01-01T00:00:00\","
                        + "\"Fee\":10.50,\"Address\":{\"City\":\"Sampleton\",\"Street\":\"Nowhere 1\"},\"Tags\":[3],"
                        + "\"LastName\":\"Example\",\"New\":true}");
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(false);
        assertThat(clinicea.requests(LEAD)).hasSize(2);
    }

    @Test
    void given_a_field_in_other_capitals_when_updated_then_it_is_the_records_own() {
        serveLead("{\"ID\":\"l-5\",\"FirstName\":\"Ada\"}");

        update("leads", "", "l-5", Map.of("firstname", "Grace"));

        assertThat(writtenBody()).isEqualTo("{\"ID\":\"l-5\",\"FirstName\":\"Grace\"}");
    }

    /** In the body it is no argument, but a field like any other. */
    @Test
    void given_a_field_called_id_in_the_body_when_updated_then_the_record_is_that_of_the_header() {
        serveLead("{\"ID\":\"l-5\",\"Rank\":1}");

        Exchange out = update("leads", "", "l-5", Map.of("id", "l-6"));

        assertThat(out.getException()).isNull();
        assertThat(writtenUrl()).isEqualTo(LEAD);
    }

    @Test
    void given_a_change_of_a_record_by_the_convention_when_that_is_to_fail_then_nothing_is_written() {
        serveLead("{\"ID\":\"l-5\",\"Rank\":1}", "{\"ID\":\"l-5\",\"Rank\":2}");

        assertFailed(update("leads", "&failOnConflict=true", "l-5", Map.of("FirstName", "Grace")));
    }

    @Test
    void given_a_get_of_the_catalogues_own_when_updated_by_the_convention_then_that_reads_the_record() {
        serveReads("/api/v3/patients/getPatientByID", "[{\"PatientID\":\"p-17\",\"FirstName\":\"Ada\"}]");
        clinicea.server().stubFor(put(urlPathEqualTo("/api/v1/patients/p-17")).willReturn(json("{}")));

        Exchange out = update("patients", "", "p-17", Map.of("Email", "ada@example.invalid"));

        assertThat(out.getException()).isNull();
        assertThat(writtenBody())
                .isEqualTo("{\"PatientID\":\"p-17\",\"FirstName\":\"Ada\",\"Email\":\"ada@example.invalid\"}");
        assertThat(clinicea.requests("/api/v3/patients/getPatientByID"))
                .hasSize(2)
                .allSatisfy(read -> assertThat(read.getUrl()).endsWith("?patientID=p-17"));
    }

    @Test
    void given_a_resource_of_the_users_when_updated_then_it_is_read_and_written_at_its_path() {
        serveReads("/api/v1/rooms/r-1", "{\"ID\":\"r-1\",\"Floor\":2}");
        clinicea.server().stubFor(put(urlPathEqualTo("/api/v1/rooms/r-1")).willReturn(json("{}")));

        assertThat(update("rooms", "&path=/api/v1/rooms", "r-1", Map.of("Name", "Blue"))
                        .getException())
                .isNull();
        assertThat(writtenBody()).isEqualTo("{\"ID\":\"r-1\",\"Floor\":2,\"Name\":\"Blue\"}");
    }

    @Test
    void given_reads_that_fail_when_updated_then_the_header_of_an_earlier_update_is_gone() {
        serve(answer(500));

        Exchange out = call("leads", "operation=update&mergeOnUpdate=true&maxRetries=0")
                .withHeader(CliniceaConstants.RECORD_ID, "l-5")
                .withHeader(CliniceaConstants.CONFLICT, true)
                .withBody(Map.of("FirstName", "Grace"))
                .send();

        assertThat(out.getException()).isExactlyInstanceOf(CliniceaException.class);
        assertThat(out.getMessage().getHeaders()).doesNotContainKey(CliniceaConstants.CONFLICT);
    }

    /** Written back under the requested id, each of these would replace the record. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ID\":\"l-6\",\"FirstName\":\"Ada\"}",
                "{\"FirstName\":\"Ada\"}",
                "{\"Message\":\"Not found\"}",
                "{}",
                "[{\"ID\":\"l-5\"},{\"ID\":\"l-6\"}]",
                "\"l-5\"",
                "{\"LeadID\":\"l-6\",\"ID\":\"l-5\",\"FirstName\":\"Ada\"}"
            })
    void given_an_answer_that_is_not_the_record_when_updated_then_nothing_is_written(String answer) {
        serveLead(answer);

        assertThat(assertFailed(update("leads", "&idField=LeadID,ID", "l-5", Map.of("FirstName", "Grace"))))
                .hasMessageContainingAll("leads update", "l-5", "is not the record", "idField")
                .hasMessageNotContaining("Ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]"})
    void given_no_record_when_updated_by_the_convention_then_nothing_is_written(String answer) {
        serveLead(answer);

        assertThat(assertFailed(update("leads", "", "l-5", Map.of("FirstName", "Grace"))))
                .hasMessageContaining("no record");
    }

    // ---- what it is not for

    @Test
    void given_another_operation_when_merging_is_on_then_it_is_as_without_it() {
        serve(json("{\"ID\":\"a1\"}"));

        Exchange out = call("appointments", "operation=update&mergeOnUpdate=true&clinicZone=Asia/Dubai")
                .withHeader(CliniceaConstants.OPERATION, "create")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00"))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.POST);
        assertThat(out.getMessage().getHeader(CliniceaConstants.CONFLICT)).isNull();
    }

    @Test
    void given_merging_for_all_endpoints_when_one_is_for_another_operation_then_it_starts() {
        serve(json("{\"ID\":\"a1\"}"));

        assertThat(call("leads", "operation=create&mergeOnUpdate=true")
                        .withBody(Map.of("FirstName", "Ada"))
                        .send()
                        .getException())
                .isNull();
    }

    @Test
    void given_a_conflict_that_is_to_fail_without_merging_when_started_then_it_is_refused() {
        FluentProducerTemplate call = call("appointments", "operation=update&failOnConflict=true");

        assertThatThrownBy(call::send).rootCause().hasMessageContaining("set mergeOnUpdate=true");
        assertNothingSent();
    }
}
