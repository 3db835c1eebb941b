/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.util.RawValue;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.producer.ProducerTestBase;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.Serializable;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import org.apache.camel.Exchange;
import org.apache.camel.support.SimpleTypeConverter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the arguments that a message gives an operation: their sources, their types, and the refusals before a request.
 */
class ArgumentsTest extends ProducerTestBase {
    private static final LocalDateTime HALF_PAST_NINE = LocalDateTime.of(2027, 3, 1, 9, 30);
    private static final Instant MOMENT = Instant.parse("2027-03-01T09:30:00Z");

    @BeforeEach
    public void serve() {
        serve(json("{\"ID\":\"r1\"}"));
    }

    private Exchange send(String resource, String options, Object body, Map<String, Object> parameters) {
        return call(resource, options)
                .withBody(body)
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();
    }

    private void assertRefused(Exchange out, String... parts) {
        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("Testa")
                .hasNoCause();
        assertNothingSent();
    }

    private void assertSent(Exchange out, String url) {
        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl()).isEqualTo(url);
    }

    private static Map<String, Object> appointment(String name, Object value) {
        Map<String, Object> appointment = new LinkedHashMap<>();
        appointment.put("patientID", "p1");
        appointment.put("appointmentDateTime", "2027-03-01T09:30:00");
        appointment.put(name, value);
        return appointment;
    }

    // ---- where from

    static Stream<Object> parameters() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("patientID", "p1");
        map.put("appointmentType", 2);
        map.put("nothing", null);
        String text = "{\"patientID\":\"p1\",\"appointmentType\":2,\"nothing\":null}";
        return Stream.of(map, text, new StringBuilder(text), MessageValues.of(map));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void given_parameters_as_a_map_or_as_json_when_sent_then_they_are_arguments(Object parameters) {
        serve(json("[]"));

        Exchange out = call("appointments", "operation=list")
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();

        assertSent(
                out,
                "/api/v2/appointments/getAppointmentsByPatient?patientID=p1&appointmentType=2&pageNo=1&pageSize=100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Testa", "[\"Testa\"]", "{\"patientID\":\"Testa", "", "7"})
    void given_a_header_that_names_no_values_when_sent_then_it_is_refused_without_being_told(String header) {
        assertRefused(
                call("appointments", "operation=list")
                        .withHeader(CliniceaConstants.PARAMETERS, header)
                        .send(),
                CliniceaConstants.PARAMETERS + " must be a Map, or the JSON text of an object");
    }

    @Test
    void given_a_header_of_another_kind_when_sent_then_the_error_says_of_which() {
        assertRefused(
                call("appointments", "operation=list")
                        .withHeader(CliniceaConstants.PARAMETERS, List.of("Testa"))
                        .send(),
                "must be a Map");
    }

    // ---- dates and times

    /** Returns a date as JAXB reads it from an XML message. */
    private static XMLGregorianCalendar xml(String text) {
        return DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar(text);
    }

    static Stream<Arguments> clockTimes() {
        return Stream.of(
                Arguments.of(HALF_PAST_NINE, "2027-03-01T09:30:00"),
                Arguments.of(HALF_PAST_NINE.plusNanos(123_456_789), "2027-03-01T09:30:00"),
                Arguments.of(Timestamp.valueOf(HALF_PAST_NINE), "2027-03-01T09:30:00"),
                Arguments.of(xml("2027-03-01T09:30:00.125"), "2027-03-01T09:30:00"),
                Arguments.of("2027-03-01T09:30", "2027-03-01T09:30"),
                Arguments.of(new StringBuilder("2027-03-01T09:30:00.5"), "2027-03-01T09:30:00.5"),
                Arguments.of("2027-03-01T09:30:00Z", "2027-03-01T09:30:00Z"),
                Arguments.of("2027-03-01T09:30:00+05:30", "2027-03-01T09:30:00%2B05:30"));
    }

    @ParameterizedTest
    @MethodSource("clockTimes")
    void given_a_time_of_the_clock_when_in_body_or_header_then_it_is_sent_as_it_is_and_in_no_other_zone(
            Object time, String sent) {
        String url = "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=" + sent;

        assertSent(send("appointments", "operation=create", appointment("appointmentDateTime", time), null), url);
        clinicea.server().resetRequests();
        assertSent(send("appointments", "operation=create", null, appointment("appointmentDateTime", time)), url);
        clinicea.server().resetRequests();
        assertSent(send("appointments", "operation=create", new Slot("p1", time), null), url);
    }

    /** Is an object of a route. */
    public record Slot(String patientID, Object appointmentDateTime) {}

    static Stream<Object> moments() {
        return Stream.of(
                MOMENT,
                ZonedDateTime.ofInstant(MOMENT, ZoneId.of("Asia/Kolkata")),
                OffsetDateTime.ofInstant(MOMENT, ZoneOffset.UTC),
                Date.from(MOMENT),
                xml("2027-03-01T09:30:00Z"),
                GregorianCalendar.from(MOMENT.atZone(ZoneId.of("Asia/Kolkata"))));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void given_a_moment_when_a_time_of_the_clock_is_wanted_then_it_is_refused_since_no_zone_is_known(Object moment) {
        String[] parts = {"'appointmentDateTime'", moment.getClass().getName(), "LocalDateTime"};

        assertRefused(
                send("appointments", "operation=create", appointment("appointmentDateTime", moment), null), parts);
        assertRefused(
                send("appointments", "operation=create", null, appointment("appointmentDateTime", moment)), parts);
        assertRefused(send("appointments", "operation=create", new Slot("p1", moment), null), parts);
    }

    static Stream<Object> dates() {
        return Stream.of(
                "2027-03-01",
                LocalDate.of(2027, 3, 1),
                java.sql.Date.valueOf(LocalDate.of(2027, 3, 1)),
                xml("2027-03-01"),
                xml("2027-03-01+05:30"));
    }

    @ParameterizedTest
    @MethodSource("dates")
    void given_a_date_when_listed_by_it_then_it_is_sent_as_the_wire_wants_it(Object date) {
        serve(json("[]"));

        Exchange out = send("appointments", "operation=list", null, Map.of("appointmentDate", date));

        assertSent(out, "/api/v3/appointments/getAppointmentsByDate?appointmentDate=2027-03-01&pageNo=1&pageSize=100");
    }

    // ---- wrong types

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                Arguments.of("appointmentType", "Testa", "a whole number"),
                Arguments.of("appointmentType", 1.5, "a whole number"),
                Arguments.of("appointmentType", true, "a whole number"),
                Arguments.of("appointmentDateTime", "Testa", "a date and time like"),
                Arguments.of("appointmentDateTime", "2027-02-30T09:30:00", "a date and time like"),
                Arguments.of("appointmentDateTime", LocalDate.of(2027, 3, 1), "a date and time like"),
                Arguments.of("appointmentDateTime", 1_800_000_000_000L, "a date and time like"),
                Arguments.of("notes", List.of("Testa"), "not an object or an array"),
                Arguments.of("notes", Map.of("Testa", 1), "not an object or an array"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void given_a_value_of_the_wrong_type_when_created_then_the_error_names_it_and_not_the_value(
            String name, Object value, String shape) {
        assertRefused(
                send("appointments", "operation=create", appointment(name, value), null),
                "'" + name + "' of createAppointment",
                shape);
        assertRefused(
                send("appointments", "operation=create", null, appointment(name, value)),
                "'" + name + "' of createAppointment",
                shape);
    }

    static Stream<Object> wrappedText() {
        return Stream.of(
                Optional.of("x7"),
                Optional.of(new StringBuilder("x7")),
                Optional.of(Optional.of("x7")),
                new AtomicReference<>("x7"),
                "x7".toCharArray());
    }

    @ParameterizedTest
    @MethodSource("wrappedText")
    void given_a_text_in_a_wrapper_when_sent_then_the_text_is_sent(Object notes) {
        String url = "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00"
                + "&notes=x7";

        assertSent(send("appointments", "operation=create", appointment("notes", notes), null), url);
        clinicea.server().resetRequests();
        assertSent(send("appointments", "operation=create", null, appointment("notes", notes)), url);
    }

    @Test
    void given_an_optional_of_nothing_when_sent_then_it_counts_as_not_given() {
        String url = "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00";

        assertSent(send("appointments", "operation=create", appointment("notes", Optional.empty()), null), url);
        clinicea.server().resetRequests();
        assertSent(send("appointments", "operation=create", null, appointment("notes", OptionalInt.empty())), url);
    }

    static Stream<Object> noText() {
        return Stream.of(
                "Testa".getBytes(StandardCharsets.UTF_8),
                Arguments.of((Object) new String[] {"Testa"}),
                new int[] {1},
                Optional.of(List.of("Testa")),
                new AtomicReference<>(Map.of("Testa", 1)),
                new File("/Testa"),
                Path.of("/Testa"),
                new ByteArrayInputStream("Testa".getBytes(StandardCharsets.UTF_8)),
                new StringReader("Testa"),
                Stream.of("Testa"),
                Thread.currentThread());
    }

    @ParameterizedTest
    @MethodSource("noText")
    void given_a_value_that_is_no_text_when_sent_in_a_query_then_it_is_refused(Object notes) {
        Map<String, Object> appointment = appointment("notes", notes);

        for (Exchange out : List.of(
                send("appointments", "operation=create", appointment, null),
                send("appointments", "operation=create", null, appointment))) {
            assertThat(out.getException()).isInstanceOf(IllegalArgumentException.class);
            assertRefused(out, out.getException().getMessage().contains("wrong kind") ? "give " : "'notes'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"01.03.2027", "2027-03-01T00:00:00"})
    void given_a_date_of_another_form_when_listed_by_it_then_the_error_shows_the_right_one(String date) {
        assertRefused(
                send("appointments", "operation=listByDate", null, Map.of("appointmentDate", date)),
                "'appointmentDate' of listByDate",
                "a date like 2026-03-01");
    }

    @Test
    void given_a_header_value_that_is_nothing_for_a_query_when_sent_then_the_error_names_it() {
        Object loop = new Object();

        assertRefused(
                send("patients", "operation=find", null, Map.of("searchBy", 1, "searchText", loop)),
                "'searchText' in the header " + CliniceaConstants.PARAMETERS,
                "java.lang.Object");
        assertRefused(
                send("visits", "operation=list", null, Map.of("casesheetName", List.of("Testa"))),
                "'casesheetName' of list");
    }

    @Test
    void given_numbers_when_sent_then_they_are_written_out() {
        Exchange out = send("appointments", "operation=create", appointment("notes", new BigDecimal("1E+3")), null);

        assertSent(
                out,
                "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00&notes=1000");
    }

    // ---- missing and empty

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void given_nothing_but_blanks_for_a_required_argument_when_sent_then_it_is_missing(String blank) {
        assertRefused(
                send("appointments", "operation=create", appointment("patientID", blank), null),
                "needs 'patientID'",
                "patientID (required)");
        assertRefused(
                send("appointments", "operation=create", appointment("appointmentDateTime", blank), null),
                "needs 'appointmentDateTime'");
        assertRefused(
                call("documents", "operation=delete")
                        .withHeader(CliniceaConstants.RECORD_ID, blank)
                        .withHeader(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1"))
                        .send(),
                "needs 'docID'",
                CliniceaConstants.RECORD_ID);
    }

    @Test
    void given_an_empty_text_for_an_optional_argument_when_sent_then_it_empties_a_text_and_is_no_number() {
        Map<String, Object> body = appointment("notes", "");
        body.put("appointmentType", "");
        body.put("staffID", null);

        Exchange out = send("appointments", "operation=create", body, null);

        assertSent(
                out,
                "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00&notes=");
    }

    // ---- unknown

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_an_unknown_argument_when_written_then_it_is_refused_wherever_it_stands(boolean inBody) {
        Map<String, Object> wrong = appointment("note", "Testa");

        Exchange out = send("appointments", "operation=create", inBody ? wrong : null, inBody ? null : wrong);

        assertRefused(
                out,
                "createAppointment of appointments does not take 'note'",
                "it takes [patientID (required)",
                "notes");
    }

    @Test
    void given_an_unknown_argument_that_is_null_when_written_then_its_name_is_refused_all_the_same() {
        assertRefused(
                send("appointments", "operation=create", appointment("note", null), null), "does not take 'note'");
    }

    /** By one report, the names of this update's arguments are others than those of the create. */
    @Test
    void given_an_update_whose_arguments_are_a_guess_when_others_are_given_then_they_are_sent_too() {
        serve(json("{\"ID\":\"a1\"}"));
        Map<String, Object> update = new LinkedHashMap<>();
        update.put("startDateTime", "2027-03-01T09:30:00");
        update.put("endDateTime", "2027-03-01T10:00:00");

        assertSent(
                call("appointments", "operation=update")
                        .withHeader(CliniceaConstants.RECORD_ID, "a1")
                        .withHeader(CliniceaConstants.PARAMETERS, Map.of("clinicianName", "Dr. Example"))
                        .withBody(update)
                        .send(),
                "/api/v3/appointments/updateAppointment?appointmentID=a1&clinicianName=Dr.%20Example"
                        + "&startDateTime=2027-03-01T09:30:00&endDateTime=2027-03-01T10:00:00");
    }

    @Test
    void given_an_update_whose_arguments_are_a_guess_when_it_has_no_id_then_it_is_refused() {
        assertRefused(
                send("appointments", "operation=update", Map.of("startDateTime", "2027-03-01T09:30:00"), null),
                "needs 'appointmentID'");
    }

    @Test
    void given_an_update_whose_arguments_are_a_guess_when_strictness_is_asked_for_then_others_are_refused() {
        assertRefused(
                call("appointments", "operation=update&strictParameters=true")
                        .withHeader(CliniceaConstants.RECORD_ID, "a1")
                        .withBody(Map.of("startDateTime", "x"))
                        .send(),
                "does not take 'startDateTime'");
    }

    // ---- values that every client sends

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        appointments    | listByPatient | patientID | /api/v2/appointments/getAppointmentsByPatient?patientID=x&appointmentType=2&pageNo=1&pageSize=100
        bills           | listByPatient | patientID | /api/v2/bills/getBillsByPatient?patientID=x&billStatus=0&pageNo=1&pageSize=100
        patientPackages | listByPatient | patientID | /api/v2/patientPackages/getPackagesByPatient?patientID=x&packageStatus=0&pageNo=1
        prescriptions   | listByPatient | patientID | /api/v2/patientRx/getRxByPatient?patientID=x&rxStatus=0&pageNo=1
        services        | listByClinic  | ClinicID  | /api/v3/services/getServicesByClinic?ClinicID=x&searchText=&serviceCategory=&serviceType=0&pageNo=1&pageSize=100
        patients        | getPatientFamily | patientID | /api/v3/patients/getPatientFamily?patientID=x
        """)
    void given_a_look_up_when_only_its_required_argument_is_given_then_the_others_are_those_that_clients_send(
            String resource, String operation, String argument, String url) {
        serve(json("[]"));

        assertSent(send(resource, "operation=" + operation, null, Map.of(argument, "x")), url);
    }

    @Test
    void given_values_of_ones_own_when_looked_up_then_they_replace_those_that_clients_send() {
        serve(json("[]"));

        assertSent(
                send("appointments", "operation=listByPatient", null, Map.of("patientID", "x", "appointmentType", 0)),
                "/api/v2/appointments/getAppointmentsByPatient?patientID=x&appointmentType=0&pageNo=1&pageSize=100");
    }

    @Test
    void given_a_mobile_number_when_searched_for_by_its_own_look_up_then_the_plus_of_the_country_is_encoded() {
        serve(json("[]"));

        assertSent(
                send(
                        "patients",
                        "operation=searchByMobileNumber",
                        null,
                        Map.of("patMobile", "555 0117", "countryCode", "+1")),
                "/api/v1/patients/searchByMobileNumber?patMobile=555%200117&countryCode=%2B1");
    }

    // ---- the date of a document

    static Stream<Arguments> datesOfADocument() {
        return Stream.of(
                Arguments.of("2026-01-31", "2026-01-31"),
                Arguments.of(LocalDate.of(2026, 1, 31), "2026-01-31"),
                Arguments.of(java.sql.Date.valueOf(LocalDate.of(2026, 1, 31)), "2026-01-31"),
                Arguments.of(xml("2026-01-31"), "2026-01-31"),
                Arguments.of("2026-01-31T09:30", "2026-01-31T09:30"),
                Arguments.of(LocalDateTime.of(2026, 1, 31, 9, 30), "2026-01-31T09:30:00"),
                Arguments.of(LocalDateTime.of(2026, 1, 31, 9, 30, 0, 5), "2026-01-31T09:30:00"),
                Arguments.of(Timestamp.valueOf("2026-01-31 09:30:00"), "2026-01-31T09:30:00"));
    }

    @ParameterizedTest
    @MethodSource("datesOfADocument")
    void given_a_date_of_a_document_when_created_then_a_date_is_sent_as_a_date_and_a_time_as_a_time(
            Object date, String sent) {
        assertSent(
                send("documents", "operation=create", document(date), null),
                "/api/v3/documents/createDocumentDetails?patientID=p1&docName=a.pdf&docDtm=" + sent + "&docFKType=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Testa", "31.01.2026", "2026-02-30", "2026-1-31", "2026-01-31 09:30", "20260131"})
    void given_a_wrong_date_of_a_document_when_created_then_both_forms_are_named(String date) {
        assertRefused(
                send("documents", "operation=create", document(date), null),
                "'docDtm' of createDocumentDetails must be a date like 2026-03-01, or a date and time like");
    }

    @ParameterizedTest
    @MethodSource("moments")
    void given_a_moment_as_the_date_of_a_document_when_created_then_it_is_refused_since_no_zone_is_known(
            Object moment) {
        assertRefused(
                send("documents", "operation=create", document(moment), null),
                "'docDtm'",
                "a moment; set clinicZone",
                "LocalDateTime");
    }

    private static Map<String, Object> document(Object date) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("patientID", "p1");
        document.put("docName", "a.pdf");
        document.put("docDtm", date);
        return document;
    }

    @Test
    void given_an_unknown_argument_when_written_without_strictness_then_it_is_sent_behind_the_others() {
        Exchange out = send(
                "appointments",
                "operation=create&strictParameters=false",
                appointment("newField", 7),
                Map.of("another", "x&y"));

        assertSent(
                out,
                "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00"
                        + "&another=x%26y&newField=7");
    }

    @Test
    void given_an_unknown_argument_when_read_then_it_is_sent_unless_strictness_is_asked_for() {
        serve(json("{\"ID\":\"p1\"}"));
        Map<String, Object> parameters = Map.of("newParameter", "x");

        Exchange lenient = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();
        assertSent(lenient, "/api/v3/patients/getPatientByID?patientID=p1&newParameter=x");
        clinicea.server().resetRequests();

        Exchange strict = call("patients", "operation=get&strictParameters=true")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();
        assertRefused(strict, "does not take 'newParameter'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key",
                "apiKey",
                "API_KEY",
                "api",
                "loginUserName",
                "pwd",
                " api_key",
                "api_key[]",
                "pwd[0]",
                "pwd.x",
                "api-key",
                "\uff41pi_key",
                "api\u200bkey",
                "\ufeffapi_key",
                "api_key\u00a0",
                "ap\u0131_key",
                "AP\u0130_KEY",
                "api%5Fkey",
                "api%255Fkey",
                "%61pi_key",
                "api%u005Fkey",
                "%EF%BD%81pi",
                "api%5Fkey%",
                "x-api-key",
                "X_API_KEY",
                "Authorization",
                "api__key",
                "[api_key]",
                "login.pwd",
                "login[pwd]",
                "api_key=evil",
                "api_key;",
                "api_key\u0000x"
            })
    void given_what_may_carry_a_credential_when_it_is_an_argument_then_it_is_refused_everywhere(String name) {
        Map<String, Object> credential = Map.of(name, "evil");
        String lenient = "&strictParameters=false";

        Exchange read = send("patients", "operation=findByMobile" + lenient, null, credential);
        Exchange write = send("appointments", "operation=create" + lenient, appointment(name, "evil"), null);
        Exchange parameter = send("bills", "operation=create" + lenient, Map.of(), credential);
        Exchange openBody = send("bills", "operation=create" + lenient, credential, null);

        for (Exchange refused : List.of(read, write, parameter, openBody)) {
            assertRefused(refused, "'" + name + "' of ", "cannot be given, it may carry a credential");
        }
    }

    @Test
    void given_an_operation_with_a_json_body_when_something_unknown_is_let_through_then_it_goes_where_it_came_from() {
        Map<String, Object> visit = new LinkedHashMap<>();
        visit.put("patid", "p1");
        visit.put("encdtm", HALF_PAST_NINE);
        visit.put("newField", List.of(1, 2));

        Exchange out = send("visits", "operation=create&strictParameters=false", visit, Map.of("mode", 3));

        assertSent(out, "/api/v3/patientVisits/createEncounterFull?mode=3");
        assertThat(onlyRequest().getBodyAsString())
                .isEqualTo("{\"patid\":\"p1\",\"encdtm\":\"2027-03-01T09:30:00\",\"newField\":[1,2]}");
    }

    @Test
    void given_a_parameter_for_a_write_by_convention_when_sent_then_strictness_decides() {
        assertRefused(
                send("leads", "operation=create", Map.of("FirstName", "Testa"), Map.of("Source", "web")),
                "create of leads does not take 'Source'",
                "any fields in the body");

        Exchange out = send(
                "leads",
                "operation=create&strictParameters=false",
                Map.of("FirstName", "Testa"),
                Map.of("Source", "web"));

        assertSent(out, "/api/v1/leads?Source=web");
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"FirstName\":\"Testa\"}");
    }

    // ---- given twice, or not to be given

    @Test
    void given_an_argument_in_body_and_header_when_they_differ_then_neither_is_believed() {
        assertRefused(
                send("appointments", "operation=create", appointment("notes", "x"), Map.of("patientID", "p2")),
                "'patientID' of createAppointment is given twice",
                CliniceaConstants.PARAMETERS);
    }

    @Test
    void given_an_argument_in_body_and_header_when_they_agree_then_it_is_sent_once() {
        Map<String, Object> parameters = new HashMap<>(Map.of("appointmentType", "2"));
        parameters.put("notes", null);

        Exchange out = send("appointments", "operation=create", appointment("appointmentType", 2), parameters);

        assertSent(
                out,
                "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00"
                        + "&appointmentType=2");
    }

    @Test
    void given_a_guid_in_body_and_header_when_only_its_capitals_differ_then_it_is_sent() {
        String guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

        Exchange out = send(
                "appointments",
                "operation=create",
                appointment("patientID", guid),
                Map.of("patientID", guid.toUpperCase(Locale.ROOT)));

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl()).containsIgnoringCase("patientID=" + guid);
    }

    /** If a route polls one resource and requests another, the header has the id of the first one. */
    @Test
    void given_an_id_by_its_own_name_when_the_header_has_another_then_the_name_wins() {
        serve(json("{\"ID\":\"p1\"}"));
        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "a1")
                .withHeader(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1"))
                .send();

        assertSent(out, "/api/v3/patients/getPatientByID?patientID=p1");
    }

    static Stream<Object> nestedCredentials() {
        return Stream.of(
                Map.of("Home", Map.of("api_key", "evil")),
                Map.of("Home", new RawValue("{\"api_key\":\"evil\"}")),
                Map.of("Homes", List.of(1, List.of(Map.of("City", "Ulm", "pwd", "evil")))),
                "{\"Home\":{\"api\\u005fkey\":\"evil\"}}");
    }

    @ParameterizedTest
    @MethodSource("nestedCredentials")
    void given_what_may_carry_a_credential_when_it_lies_within_a_body_then_it_is_refused(Object body) {
        assertRefused(
                call("bills", "operation=create").withBody(body).send(), "cannot be given, it may carry a credential");
        assertRefused(
                call("visits", "operation=create&strictParameters=false")
                        .withBody(body)
                        .send(),
                "cannot be given, it may carry a credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Clinic-Key", "xClinicKey", "x%2Dclinic%2Dkey"})
    void given_the_header_of_the_endpoints_own_key_when_it_is_an_argument_then_it_is_refused(String name) {
        String options = "operation=create&strictParameters=false&apiKeyHeader=X-Clinic-Key";

        assertRefused(send("bills", options, Map.of(name, "evil"), null), "it may carry a credential");
        assertRefused(send("bills", options, null, Map.of(name, "evil")), "it may carry a credential");
        assertRefused(send("appointments", options, appointment(name, "evil"), null), "it may carry a credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-of-clinic", "KeyOfClinic", "key%2Dof%2Dclinic"})
    void given_the_query_parameter_of_the_endpoints_own_key_when_it_is_an_argument_then_it_is_refused(String name) {
        String options = "operation=create&strictParameters=false&apiKeyParameter=key-of-clinic";

        assertRefused(send("bills", options, Map.of(name, "evil"), null), "it may carry a credential");
        assertRefused(send("bills", options, null, Map.of(name, "evil")), "it may carry a credential");
        assertRefused(send("appointments", options, appointment(name, "evil"), null), "it may carry a credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password", "token", "access_token"})
    void given_a_name_that_records_have_too_when_in_a_query_then_it_is_refused_and_in_a_record_it_is_sent(String name) {
        assertRefused(send("patients", "operation=find", null, Map.of(name, "evil")), "it may carry a credential");
        assertRefused(
                send("appointments", "operation=create&strictParameters=false", appointment(name, "evil"), null),
                "it may carry a credential");

        Exchange record = send("bills", "operation=create", Map.of(name, "x", "Home", Map.of(name, "x")), null);
        assertThat(record.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).contains("\"" + name + "\":\"x\"");
    }

    @Test
    void given_a_user_name_in_a_query_when_the_endpoint_logs_in_as_staff_then_it_is_refused_and_else_it_is_sent() {
        Map<String, Object> search = Map.of("searchBy", 1, "searchText", "x", "userName", "ada");

        Exchange staff = camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=find&username=u&password=p&baseUrl=" + clinicea.baseUrl())
                .withHeader(CliniceaConstants.PARAMETERS, search)
                .send();
        assertRefused(staff, "'userName' of find cannot be given, it may carry a credential");

        serve(json("[]"));
        assertThat(send("patients", "operation=find", null, search).getException())
                .isNull();
        assertThat(onlyRequest().getUrl()).contains("userName=ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ApiVersion", "Capital", "pwdChanged", "Author", "100%", "%zz", "%", "apikeys"})
    void given_a_name_that_only_begins_like_a_credentials_when_in_a_record_then_it_is_sent(String name) {
        assertThat(send("bills", "operation=create", Map.of(name, "x"), null).getException())
                .isNull();
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"" + name + "\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "findByFileNo, searchBy=0&searchText=x",
        "findByUniqueNo, searchBy=1&searchText=x",
        "findByMobile, searchBy=2&searchText=x&searchOption=%2B1",
        "findByEmail, searchBy=3&searchText=x",
    })
    void given_a_look_up_by_one_thing_when_called_then_it_says_itself_by_which(String operation, String query) {
        serve(json("[{\"ID\":\"p1\"}]"));
        Map<String, Object> parameters = new HashMap<>(Map.of("searchText", "x"));
        if (query.contains("searchOption")) {
            parameters.put("searchOption", "+1");
        }

        Exchange out = call("patients", "operation=" + operation)
                .withHeader(CliniceaConstants.RECORD_ID, "stale")
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();

        assertSent(out, "/api/v3/patients/getPatient?" + query);
        assertThat(out.getMessage().getBody()).isEqualTo(List.of(Map.of("ID", "p1")));
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "patients, findByEmail, searchBy",
        "appointments, listByDate, pageNo",
        "appointments, listByDate, pageSize",
        "documents, listByPatient, pageNo",
        "patients, findByEmail, SearchBy",
        "appointments, listByDate, PAGENO",
        "appointments, listByDate, PageSize",
    })
    void given_what_the_operation_sets_itself_when_a_caller_gives_it_then_it_is_refused(
            String resource, String operation, String name) {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("searchText", "x", "appointmentDate", "2027-03-01", "patientID", "p1", name, "3"));

        assertRefused(
                send(resource, "operation=" + operation + "&strictParameters=false", null, parameters),
                "'" + name + "' of " + operation + " cannot be given",
                "it takes [");
    }

    /** A server that ignores case would receive two values and use either. */
    @Test
    void given_an_argument_in_two_spellings_when_sent_then_it_is_refused() {
        assertRefused(
                call("patients", "operation=get")
                        .withHeader(CliniceaConstants.RECORD_ID, "p1")
                        .withHeader(CliniceaConstants.PARAMETERS, Map.of("PatientID", "p2"))
                        .send(),
                "'PatientID' of getPatientByID is given twice",
                "'patientID'");
        assertRefused(
                send(
                        "appointments",
                        "operation=create&strictParameters=false",
                        appointment("notes", "x"),
                        Map.of("PATIENTID", "p2")),
                "'PATIENTID' of createAppointment is given twice",
                "'patientID'");
    }

    // ---- JSON bodies

    /** Is an object of a route that contains JSON. */
    public record Envelope(String title, @JsonRawValue String home) {}

    @Test
    void given_an_object_that_holds_json_as_text_when_created_then_that_is_sent_as_the_json_that_it_is() {
        Exchange out = send("leads", "operation=create", new Envelope("x", "{\"City\": \"Ulm\", \"Zip\":[1]}"), null);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString())
                .isEqualTo("{\"title\":\"x\",\"home\":{\"City\":\"Ulm\",\"Zip\":[1]}}");
        clinicea.server().resetRequests();
        assertSent(
                send("appointments", "operation=create", appointment("notes", new RawValue("\"x\"")), null),
                "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=2027-03-01T09:30:00&notes=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}Testa{", "", "{\"City\":\"Testa\"}{}", "1e99999999999"})
    void given_an_object_that_holds_broken_json_as_text_when_created_then_it_is_refused(String home) {
        assertRefused(send("leads", "operation=create", new Envelope("x", home), null), "wrong kind");
        assertRefused(
                send("patients", "operation=findByEmail", null, Map.of("searchText", new RawValue(home))),
                "'searchText'",
                "wrong kind");
    }

    @Test
    void given_a_write_by_convention_when_sent_then_the_fields_are_as_they_were_and_times_are_iso_8601() {
        Map<String, Object> lead = new LinkedHashMap<>();
        lead.put("Amount", new BigDecimal("10.50"));
        lead.put("Local", HALF_PAST_NINE);
        lead.put("Moment", MOMENT);
        lead.put("Zoned", ZonedDateTime.ofInstant(MOMENT, ZoneId.of("Asia/Kolkata")));
        lead.put("Calendar", GregorianCalendar.from(MOMENT.atZone(ZoneId.of("Asia/Kolkata"))));
        lead.put("Date", Date.from(MOMENT));
        lead.put("Day", java.sql.Date.valueOf(LocalDate.of(2027, 3, 1)));
        lead.put("Clock", java.sql.Time.valueOf("09:30:00"));
        lead.put("XmlMoment", xml("2027-03-01T09:30:00+05:30"));
        lead.put("XmlLocal", xml("2027-03-01T09:30:00"));
        lead.put("XmlDay", xml("2027-03-01"));
        lead.put("XmlYear", xml("2027"));
        lead.put("Inner", Map.of("List", Arrays.asList(LocalDate.of(2027, 3, 1), null)));
        lead.put("None", null);

        Exchange out = send("leads", "operation=create", lead, null);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.POST);
        assertThat(onlyRequest().getBodyAsString())
                .isEqualTo("{\"Amount\":10.50,\"Local\":\"2027-03-01T09:30:00\",\"Moment\":\"2027-03-01T09:30:00Z\","
                        + "\"Zoned\":\"2027-03-01T15:00:00+05:30\",\"Calendar\":\"2027-03-01T15:00:00+05:30\","
                        + "\"Date\":\"2027-03-01T09:30:00Z\","
                        + "\"Day\":\"2027-03-01\",\"Clock\":\"09:30\","
                        + "\"XmlMoment\":\"2027-03-01T09:30:00+05:30\",\"XmlLocal\":\"2027-03-01T09:30:00\","
                        + "\"XmlDay\":\"2027-03-01\",\"XmlYear\":\"2027\",\"Inner\":{\"List\":[\"2027-03-01\",null]},"
                        + "\"None\":null}");
    }

    @Test
    void given_an_object_that_java_can_serialize_when_created_then_it_is_read_as_a_record() {
        Exchange out = send("leads", "operation=create", new Lead("Zoë", LocalDate.of(2027, 3, 1)), null);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"FirstName\":\"Zoë\",\"FollowUp\":\"2027-03-01\"}");
    }

    /** Is an object that Camel could also turn into a stream. */
    public record Lead(String FirstName, LocalDate FollowUp) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void given_an_object_that_camel_can_convert_to_a_stream_when_created_then_its_fields_are_sent() {
        camel.getTypeConverterRegistry()
                .addTypeConverter(
                        InputStream.class,
                        Lead.class,
                        new SimpleTypeConverter(
                                false,
                                (type, exchange, value) ->
                                        new ByteArrayInputStream("<lead/>".getBytes(StandardCharsets.UTF_8))));

        Exchange out = send("leads", "operation=create", new Lead("Zoë", null), null);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"FirstName\":\"Zoë\",\"FollowUp\":null}");
    }

    @Test
    void given_a_body_that_jackson_cannot_write_when_created_then_the_error_says_what_to_give() {
        assertRefused(send("leads", "operation=create", new Broken(), null), "wrong kind", Broken.class.getName());
        assertRefused(send("leads", "operation=create", Map.of("Inner", new Broken()), null), "wrong kind", "Map");
    }

    /** Is an object whose getters fail. */
    public static final class Broken {
        public String getName() {
            throw new IllegalStateException("Testa");
        }
    }
}
