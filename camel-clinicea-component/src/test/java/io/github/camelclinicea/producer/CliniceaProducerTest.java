/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliniceaProducerTest extends ProducerTestBase {
    private static final String CREATE = "/api/v3/appointments/createAppointment";

    static Stream<Object> appointmentBodies() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("patientID", "p&1");
        map.put("appointmentDateTime", LocalDateTime.of(2026, 3, 1, 9, 30));
        String text = "{\"patientID\":\"p&1\",\"appointmentDateTime\":\"2026-03-01T09:30:00\"}";
        return Stream.of(
                map,
                text,
                text.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("patientID", "p&1")
                        .put("appointmentDateTime", "2026-03-01T09:30:00"),
                new NewAppointment("p&1", "2026-03-01T09:30:00"));
    }

    @ParameterizedTest
    @MethodSource("appointmentBodies")
    void given_a_body_of_any_kind_when_an_appointment_is_created_then_its_fields_travel_as_query_parameters(
            Object body) {
        serve(json("{\"ID\":\"a1\",\"Status\":\"Booked\"}"));

        Exchange out = call("appointments", "operation=create").withBody(body).send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.POST);
        assertThat(onlyRequest().getUrl())
                .isEqualTo(CREATE + "?patientID=p%261&appointmentDateTime=2026-03-01T09:30:00");
        assertThat(onlyRequest().getBody()).isEmpty();
        assertThat(onlyRequest().getHeader("api")).isEqualTo(StubClinicea.API_KEY);
        assertThat(onlyRequest().getHeader("api_key")).isEqualTo(StubClinicea.API_KEY);
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("a1");
        assertThat(out.getMessage().getHeader(CliniceaConstants.RESPONSE_CODE)).isEqualTo(200);
        assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "a1", "Status", "Booked"));
    }

    /** Is an object that a route may have in place of a Map. */
    public record NewAppointment(String patientID, String appointmentDateTime) {}

    @Test
    void given_an_id_when_an_appointment_is_updated_then_it_travels_with_the_fields() {
        serve(json("{\"ID\":\"a1\"}"));

        Exchange out = call("appointments", "operation=update")
                .withHeader(CliniceaConstants.RECORD_ID, "a1")
                .withBody(Map.of("notes", "später & mehr"))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.PUT);
        assertThat(onlyRequest().getUrl())
                .isEqualTo("/api/v3/appointments/updateAppointment?appointmentID=a1&notes=sp%C3%A4ter%20%26%20mehr");
    }

    @Test
    void given_an_update_without_an_id_when_sent_then_the_error_names_the_header_and_nothing_is_sent() {
        Exchange out = call("appointments", "operation=update")
                .withBody(Map.of("notes", "x"))
                .send();

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("appointmentID")
                .hasMessageContaining(CliniceaConstants.RECORD_ID);
        assertNothingSent();
    }

    @Test
    void given_a_missing_argument_when_created_then_the_error_names_it_and_all_that_there_are() {
        Exchange out = call("appointments", "operation=create")
                .withBody(Map.of("patientID", "p1"))
                .send();

        assertThat(out.getException())
                .hasMessageContaining("'appointmentDateTime'")
                .hasMessageContaining("staffID")
                .hasMessageContaining("notes");
        assertNothingSent();
    }

    @Test
    void given_an_argument_that_the_operation_does_not_take_when_created_then_the_error_names_it() {
        Exchange out = call("appointments", "operation=create")
                .withBody(Map.of("patientId", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException()).hasMessageContaining("'patientId'").hasMessageContaining("patientID");
        assertNothingSent();
    }

    static Stream<Object> wrongBodies() {
        return Stream.of("not json: Testa", "[1]", 42, List.of("Testa"), new byte[] {1, 2, 3});
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void given_a_body_of_the_wrong_kind_when_created_then_the_error_says_what_to_give(Object body) {
        Exchange out = call("appointments", "operation=create").withBody(body).send();

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong kind")
                .hasMessageContaining("Map")
                .hasMessageNotContaining("Testa");
        assertNothingSent();
    }

    @Test
    void given_a_patients_id_when_got_then_the_body_is_the_record() {
        serve(json("[{\"ID\":\"p1\",\"FirstName\":\"Testa\"}]"));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withBody("left alone")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v3/patients/getPatientByID?patientID=p1");
        assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "p1", "FirstName", "Testa"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ID\":\"p2\",\"FirstName\":\"Testa\"}",
                "[{\"PatientID\":\"p2\",\"FirstName\":\"Testa\"}]",
                "{\"ID\":\"\",\"PatientID\":\"p2\",\"FirstName\":\"Testa\"}",
            })
    void given_an_answer_with_another_records_id_when_got_then_it_is_asked_again_and_fails(String answer) {
        serve(json(answer));

        Exchange out = call("patients", "operation=get&maxRetries=1&maxRetryWait=1")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
            assertThat(e.isRetryable()).isTrue();
            assertThat(e.getMessage())
                    .contains("another record than the one that was requested")
                    .doesNotContain("Testa")
                    .doesNotContain("p2");
        });
        assertThat(clinicea.requests("/api/v3/patients/getPatientByID")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"PatientID\":\"F-17\",\"ID\":\"6F9619FF-8B86-D011-B42D-00C04FC964FF\"}",
                "{\"ID\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"}",
                "{\"FirstName\":\"Testa\"}",
            })
    void given_a_record_with_the_id_in_any_of_its_fields_or_with_none_when_got_then_it_is_the_one(String answer) {
        serve(json(answer));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "6f9619ff-8b86-d011-b42d-00c04fc964ff")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isNotNull();
    }

    @Test
    void given_a_record_that_is_not_there_when_got_then_the_body_is_null_and_the_code_says_204() {
        serve(answer(204));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RESPONSE_CODE)).isEqualTo(204);
    }

    @Test
    void given_search_arguments_when_patients_are_listed_then_they_are_looked_up() {
        serve(json("[{\"ID\":\"p1\"},{\"ID\":\"p2\"}]"));

        Exchange out = call("patients", "operation=list&bodyType=Json")
                .withHeader(
                        CliniceaConstants.PARAMETERS,
                        new LinkedHashMap<>(Map.of("searchBy", 2, "searchText", "5550100", "searchOption", "+1")))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl())
                .startsWith("/api/v3/patients/getPatient?")
                .contains("searchOption=%2B1")
                .contains("searchBy=2");
        assertThat(out.getMessage().getBody()).isEqualTo(List.of("{\"ID\":\"p1\"}", "{\"ID\":\"p2\"}"));
    }

    @Test
    void given_no_arguments_when_patients_are_listed_then_all_changes_are_read_to_their_end() {
        clinicea.servePatients(patients(0, 100), patients(100, 20));

        Exchange out = call("patients", "operation=list&syncFrom=2020-01-01").send();

        assertThat(out.getException()).isNull();
        assertThat((List<?>) out.getMessage().getBody()).hasSize(120);
        assertThat(clinicea.requests(StubClinicea.PATIENTS).get(0).getUrl())
                .isEqualTo("/api/v1/patients?lastSyncDate=2020-01-01T00:00:00"
                        + "&lastSyncTimestamp=2020-01-01T00:00:00%2B00:00&intPageNo=0");
    }

    @Test
    void given_a_date_when_appointments_are_listed_then_all_pages_of_the_day_are_read() {
        String path = "/api/v3/appointments/getAppointmentsByDate";
        clinicea.servePages(path, "pageNo", 1, List.of(patients(0, 100), patients(100, 1)));

        Exchange out = call("appointments", "operation=list")
                .withHeader(CliniceaConstants.PARAMETERS, Map.of("appointmentDate", "2026-03-01"))
                .send();

        assertThat(out.getException()).isNull();
        assertThat((List<?>) out.getMessage().getBody()).hasSize(101);
        assertThat(clinicea.requests(path).get(0).getUrl())
                .isEqualTo(path + "?appointmentDate=2026-03-01&pageNo=1&pageSize=100");
    }

    @Test
    void given_a_document_when_deleted_then_both_ids_travel() {
        serve(answer(200).withBody("true"));

        Exchange out = call("documents", "operation=delete")
                .withHeader(CliniceaConstants.RECORD_ID, "d1")
                .withHeader(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1"))
                .withBody("left alone")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.DELETE);
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v3/documents/deleteDocumentByPatient?docID=d1&patientID=p1");
    }

    @Test
    void given_a_resource_by_the_help_pages_convention_when_written_then_verbs_and_json_bodies_are_used() {
        serve(json("{\"ID\":\"t/1\"}"));
        String options = "path=/api/v1/tasks";

        call("tasks", options + "&operation=create")
                .withBody(Map.of("Title", "x"))
                .send();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.POST);
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v1/tasks");
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"Title\":\"x\"}");
        assertThat(onlyRequest().getHeader("Content-Type")).startsWith("application/json");
        clinicea.server().resetRequests();

        call("tasks", options + "&operation=update")
                .withHeader(CliniceaConstants.RECORD_ID, "../t/1&x")
                .withBody("{\"Title\":\"y\"}")
                .send();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.PUT);
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v1/tasks/..%2Ft%2F1%26x");
        clinicea.server().resetRequests();

        call("tasks", options + "&operation=delete")
                .withHeader(CliniceaConstants.RECORD_ID, "t1")
                .send();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.DELETE);
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v1/tasks/t1");
    }

    @Test
    void given_a_visit_when_created_then_its_arguments_are_the_json_body() {
        serve(json("{\"ID\":\"v1\"}"));

        Exchange out = call("visits", "operation=create")
                .withBody(Map.of("patid", "p1", "encdtm", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v3/patientVisits/createEncounterFull");
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"patid\":\"p1\",\"encdtm\":\"2026-03-01T09:30:00\"}");
    }

    @Test
    void given_an_operation_header_when_sent_then_it_takes_precedence() {
        serve(json("{\"ID\":\"p1\"}"));

        Exchange out = call("patients", "operation=delete")
                .withHeader(CliniceaConstants.OPERATION, "get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.GET);
    }

    @Test
    void given_an_unknown_operation_when_in_the_option_then_the_start_fails_and_names_those_that_there_are() {
        assertThatThrownBy(() -> call("patients", "operation=destroy").request(String.class))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("'destroy'")
                .hasMessageContaining("operation")
                .hasMessageContaining("find");
        assertNothingSent();
    }

    @Test
    void given_an_unknown_operation_or_none_when_sent_then_the_error_names_option_and_header() {
        Exchange unknown = call("patients", "")
                .withHeader(CliniceaConstants.OPERATION, "destroy")
                .send();
        Exchange none = call("patients", "").send();

        assertThat(unknown.getException())
                .hasMessageContaining("'destroy'")
                .hasMessageContaining(CliniceaConstants.OPERATION);
        assertThat(none.getException())
                .hasMessageContaining("No operation")
                .hasMessageContaining(CliniceaConstants.OPERATION)
                .hasMessageContaining("create");
        assertNothingSent();
    }

    @Test
    void given_a_refusal_when_called_then_it_is_a_CliniceaException_without_the_answers_text() {
        serve(aResponse().withStatus(400).withBody("patient Testa is unknown"));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
            assertThat(e.getHttpResponseCode()).isEqualTo(400);
            assertThat(e.getResource()).isEqualTo("patients");
            assertThat(e.getOperation()).isEqualTo("getPatientByID");
            assertThat(e.isRetryable()).isFalse();
            assertThat(e.getMessage()).doesNotContain("Testa").doesNotContain("p1");
        });
    }

    @Test
    void given_200_with_a_saving_error_when_created_then_it_is_a_failure() {
        serve(json("{\"ID\":null,\"SavingErrorCode\":7,\"SavingErrorText\":\"Testa is double-booked\"}"));

        Exchange out = call("appointments", "operation=create")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException())
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("SavingErrorCode 7")
                .hasMessageNotContaining("Testa");
    }

    @Test
    void given_a_create_whose_answer_never_comes_when_sent_then_the_outcome_is_unknown_and_it_is_sent_once() {
        serve(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        Exchange out = call("appointments", "operation=create")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException())
                .isInstanceOf(CliniceaOutcomeUnknownException.class)
                .hasMessageContaining("look the record up");
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.POST);
    }

    @Test
    void given_a_busy_server_when_read_then_it_is_asked_again() {
        clinicea.server()
                .stubFor(get(urlPathEqualTo("/api/v3/patients/getPatientByID"))
                        .inScenario("busy")
                        .whenScenarioStateIs("Started")
                        .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0"))
                        .willSetStateTo("free"));
        clinicea.server()
                .stubFor(get(urlPathEqualTo("/api/v3/patients/getPatientByID"))
                        .inScenario("busy")
                        .whenScenarioStateIs("free")
                        .withQueryParam("patientID", equalTo("p1"))
                        .willReturn(json("{\"ID\":\"p1\"}")));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "p1"));
    }

    @Test
    void given_http_control_headers_in_the_message_when_sent_then_they_change_nothing() {
        serve(json("{\"ID\":\"p1\"}"));

        call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withHeader(Exchange.HTTP_URI, "http://localhost:1/elsewhere")
                .withHeader(Exchange.HTTP_PATH, "/elsewhere")
                .withHeader(Exchange.HTTP_QUERY, "x=y")
                .withHeader("Host", "elsewhere")
                .withHeader("X-Anything", "y")
                .send();

        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v3/patients/getPatientByID?patientID=p1");
        assertThat(onlyRequest().getHeader("Host")).startsWith("localhost:");
        assertThat(onlyRequest().containsHeader("X-Anything")).isFalse();
    }

    @Test
    void given_an_endpoint_that_cannot_be_resolved_when_asked_for_then_the_key_is_not_in_the_message() {
        assertThatThrownBy(() -> camel.getEndpoint("clinicea:nothing?apiKey=a-secret-key"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageNotContaining("a-secret-key");
    }

    static Stream<Map<String, Object>> argumentsThatFitNoLookUp() {
        return Stream.of(Map.of("searchText", "x"), Map.of("searchTxt", "x", "searchBy", 1));
    }

    @ParameterizedTest
    @MethodSource("argumentsThatFitNoLookUp")
    void given_arguments_that_fit_no_look_up_when_listed_then_it_is_not_the_whole_clinic(
            Map<String, Object> arguments) {
        Exchange out = call("patients", "operation=list")
                .withHeader(CliniceaConstants.PARAMETERS, arguments)
                .send();

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("find needs [searchBy, searchText]");
        assertNothingSent();
    }

    @Test
    void given_an_argument_of_the_change_list_when_listed_then_it_travels_with_each_page() {
        clinicea.servePages("/api/v1/patient_visits", "intPageNo", 0, List.of("[{\"ID\":\"v1\"}]"));

        Exchange out = call("visits", "operation=list")
                .withHeader(CliniceaConstants.PARAMETERS, Map.of("casesheetName", "x"))
                .send();

        assertThat(out.getException()).isNull();
        assertThat(clinicea.requests("/api/v1/patient_visits"))
                .allMatch(request -> request.getUrl().contains("&casesheetName=x&"));
    }

    static Stream<String> answersThatSayNotSaved() {
        return Stream.of(
                "[{\"ID\":\"a1\"},{\"SavingErrorCode\":\"E1\"}]", "[{\"SavingErrorCode\":3},{\"SavingErrorCode\":3}]");
    }

    @ParameterizedTest
    @MethodSource("answersThatSayNotSaved")
    void given_any_saving_error_in_the_answer_when_updated_then_it_is_a_failure(String answer) {
        serve(json(answer));

        Exchange out = call("appointments", "operation=update")
                .withHeader(CliniceaConstants.RECORD_ID, "a1")
                .withBody(Map.of("notes", "x"))
                .send();

        assertThat(out.getException())
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("did not save")
                .hasMessageNotContaining("Testa");
    }

    @Test
    void given_no_saving_error_in_the_answer_when_updated_then_it_is_a_success() {
        serve(json("{\"ID\":\"a1\",\"SavingErrorCode\":0,\"SavingErrorText\":null}"));

        Exchange out = call("appointments", "operation=update")
                .withHeader(CliniceaConstants.RECORD_ID, "a1")
                .withBody(Map.of("notes", "x"))
                .send();

        assertThat(out.getException()).isNull();
    }

    @Test
    void given_an_answer_that_is_plain_text_when_updated_or_deleted_then_it_has_been_done() {
        serve(answer(200).withBody("Saved"));

        Exchange updated = call("appointments", "operation=update")
                .withHeader(CliniceaConstants.RECORD_ID, "a1")
                .withBody(Map.of("notes", "x"))
                .send();
        Exchange deleted = call("tasks", "path=/api/v1/tasks&operation=delete")
                .withHeader(CliniceaConstants.RECORD_ID, "t1")
                .send();

        assertThat(updated.getException()).isNull();
        assertThat(updated.getMessage().getBody()).isEqualTo("Saved");
        assertThat(deleted.getException()).isNull();
    }

    @Test
    void given_an_answer_that_is_plain_text_when_created_then_the_outcome_is_unknown() {
        serve(answer(200).withBody("Saved"));

        Exchange out = call("appointments", "operation=create")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException()).isInstanceOf(CliniceaOutcomeUnknownException.class);
    }

    @Test
    void given_a_body_type_that_the_answer_cannot_take_when_created_then_the_new_id_is_not_lost() {
        serve(json("{\"ID\":\"a9\",\"patientID\":[1]}"));

        Exchange out = call("appointments", "operation=create&bodyType=" + NewAppointment.class.getName())
                .withHeader(CliniceaConstants.RECORD_ID, "stale")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException())
                .isExactlyInstanceOf(CliniceaException.class)
                .hasMessageContaining("has done appointments createAppointment")
                .hasMessageContaining("cannot be bound")
                .hasNoCause();
        assertThat(out.getException(CliniceaException.class).isMaybeDone())
                .as("not to be sent again")
                .isTrue();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("a9");
    }

    @Test
    void given_an_id_from_an_earlier_step_when_an_answer_has_none_then_it_is_not_taken_for_the_new_one() {
        serve(answer(204));

        Exchange out = call("appointments", "operation=create")
                .withHeader(CliniceaConstants.RECORD_ID, "stale")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();

        assertThat(out.getException()).isInstanceOf(CliniceaOutcomeUnknownException.class);
    }

    @Test
    void given_an_argument_that_is_missing_from_a_delete_when_sent_then_the_error_names_the_header_only() {
        Exchange out = call("documents", "operation=delete")
                .withHeader(CliniceaConstants.RECORD_ID, "d1")
                .withBody(Map.of("patientID", "p1"))
                .send();

        assertThat(out.getException())
                .hasMessageContaining("'patientID'")
                .hasMessageContaining(CliniceaConstants.PARAMETERS)
                .hasMessageNotContaining("body");
        assertNothingSent();
    }
}
