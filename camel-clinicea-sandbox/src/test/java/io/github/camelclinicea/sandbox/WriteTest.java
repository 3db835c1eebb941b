/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static io.github.camelclinicea.sandbox.Caller.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.catalog.Catalogue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTest {
    private static final String CREATE = "/api/v3/appointments/createAppointment";
    private static final String UPDATE = "/api/v3/appointments/updateAppointment";
    private static final String ENCOUNTER = "/api/v3/patientVisits/createEncounterFull";
    private static final String DETAILS = "/api/v3/documents/createDocumentDetails";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private String patientId;

    @BeforeEach
    void pickAPatient() {
        patientId = clinicea.clinic().ids("patients").get(0);
    }

    @Test
    void givenAnAppointment_whenCreated_thenItIsStoredAndAnsweredWithItsId() {
        Map<String, Object> response = row(post(
                CREATE + "?patientID=" + patientId
                        + "&appointmentDateTime=2026-05-01T09:00:00&staffID=s1&appointmentType=2&notes=B%26b+%C3%BC",
                null));
        assertThat(response).containsEntry("SavingErrorCode", 0).containsEntry("SavingErrorText", null);
        assertThat(stored("appointments", response.get("ID")))
                .containsEntry("PatientID", patientId)
                .containsEntry("StartDateTime", "2026-05-01T09:00:00")
                .containsEntry("EndDateTime", "2026-05-01T09:30:00")
                .containsEntry("StaffID", "s1")
                .containsEntry("ClinicID", null)
                .containsEntry("AppointmentType", 2)
                .containsEntry("Notes", "B&b ü")
                .containsEntry("DataStatusValue", "Added");
    }

    @Test
    void givenAnUnknownPatient_whenAnAppointmentIsWritten_thenA200SaysThatItWasNotSaved() {
        int before = clinicea.clinic().ids("appointments").size();
        String query = "?patientID=nobody&appointmentDateTime=2026-05-01T09:00:00";
        Map<String, Object> created = row(post(CREATE + query, null));
        assertThat(created).containsEntry("ID", null).containsEntry("SavingErrorCode", 1001);
        assertThat((String) created.get("SavingErrorText")).isNotBlank();
        assertThat(clinicea.clinic().ids("appointments")).hasSize(before);

        String id = clinicea.clinic().ids("appointments").get(0);
        Map<String, Object> row = stored("appointments", id);
        assertThat(row(put(UPDATE + query + "&appointmentID=" + id))).containsEntry("SavingErrorCode", 1001);
        assertThat(stored("appointments", id)).isEqualTo(row);
        assertThat(row(put(UPDATE + "?appointmentID=none"))).containsEntry("SavingErrorCode", 1002);
    }

    @Test
    void givenAnAppointment_whenUpdated_thenWhatIsNotSentIsNull() {
        String id = clinicea.clinic().ids("appointments").get(0);
        Map<String, Object> before = stored("appointments", id);
        assertThat(before.get("StaffID")).isNotNull();
        Map<String, Object> response =
                row(put(UPDATE + "?appointmentID=" + id + "&notes=moved&patientID=" + patientId));
        assertThat(response).containsEntry("ID", id).containsEntry("SavingErrorCode", 0);
        assertThat(stored("appointments", id))
                .containsEntry("Notes", "moved")
                .containsEntry("PatientID", patientId)
                .containsEntry("StartDateTime", null)
                .containsEntry("StaffID", null)
                .containsEntry("ClinicID", null)
                .containsEntry("AppointmentType", null)
                .containsEntry("DataStatusValue", "Modified")
                .containsEntry("CreatedDatetime", before.get("CreatedDatetime"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v3/appointments/createAppointment?appointmentDateTime=2026-05-01T09:00:00, , patientID",
        "POST, /api/v3/appointments/createAppointment?patientID=P, , appointmentDateTime",
        "POST, /api/v3/appointments/createAppointment?patientID=P&appointmentDateTime=soon, , appointmentDateTime",
        "POST, /api/v3/appointments/createAppointment?patientID=P&appointmentDateTime=2026-05-01T09%3A00, , %3A",
        "POST, /api/v3/appointments/createAppointment?patientID=P&appointmentDateTime=2026-05-01T09:00&x=1, , x",
        "POST, /api/v3/appointments/createAppointment?patientID=P&appointmentDateTime=2026-05-01T09:00, {}, body",
        "PUT, /api/v3/appointments/updateAppointment?notes=x, , appointmentID",
        "PUT, /api/v3/appointments/updateAppointment?appointmentID=A&appointmentType=x, , appointmentType",
        "POST, /api/v3/patientVisits/createEncounterFull, , JSON object",
        "POST, /api/v3/patientVisits/createEncounterFull, {}, patid",
        "POST, /api/v3/patientVisits/createEncounterFull?patid=P, {}, patid",
        "POST, /api/v3/patientVisits/createEncounterFull, '{\"patid\":\"P\",\"encdtm\":\"now\"}', encdtm",
        "POST, /api/v3/patientVisits/createEncounterFull, '{\"patid\":1}', text",
        "POST, /api/v3/patientVisits/createEncounterFull, '{\"odd\":\"1\"}', odd",
        "POST, /api/v3/documents/createDocumentDetails?patientID=P, , docName",
        "POST, /api/v3/documents/createDocumentDetails?patientID=P&docName=a&docFKType=x, , docFKType",
        "DELETE, /api/v3/documents/deleteDocumentByPatient?docID=D, , patientID",
        "POST, /api/v1/patients?x=1, {}, x",
        "POST, /api/v1/patients, , JSON object",
        "POST, /api/v1/patients, [], JSON object",
        "POST, /api/v1/patients, null, JSON object",
        "POST, /api/v1/patients, '{\"a\":', JSON object",
        "POST, /api/v1/patients, '{} {}', JSON object",
        "PUT, /api/v1/patients/1, text, JSON object",
    })
    void givenAWrongWrite_whenSent_thenItIsA400InPlainTextThatNamesWhatIsWrong(
            String method, String url, String body, String named) {
        HttpResponse<String> response = send(method, url, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(response.body()).contains(named);
    }

    @Test
    void givenAWrongKey_whenWritten_thenNothingHappens() {
        int before = clinicea.clinic().ids("patients").size();
        assertThat(new Caller(clinicea.sandbox())
                        .send("POST", "/api/v1/patients", "{}", "api", "wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(clinicea.clinic().ids("patients")).hasSize(before);
    }

    @Test
    void givenAnEncounter_whenCreated_thenAVisitCarriesItsNoteAsXml() {
        Map<String, Object> response = row(post(
                ENCOUNTER,
                "{\"patid\":\"" + patientId
                        + "\",\"encdtm\":\"2026-05-01T09:00:00\",\"srvname\":\"Check-up\",\"note\":\"a < b\"}"));
        assertThat(response).containsEntry("SavingErrorCode", 0);
        assertThat(stored("visits", response.get("EncounterGUID")))
                .containsEntry("PatientID", patientId)
                .containsEntry("EncounterDatetime", "2026-05-01T09:00:00")
                .containsEntry("ServiceName", "Check-up")
                .containsEntry("Notes", "a < b");
        assertThat((String) response.get("EncounterXML")).contains("a &lt; b");
        assertThat(row(post(ENCOUNTER, "{\"patid\":\"nobody\",\"encdtm\":\"2026-05-01T09:00:00\"}")))
                .containsEntry("SavingErrorCode", 1001);
    }

    @Test
    void givenADocument_whenUploadedInThreeCalls_thenItsContentIsThere() {
        Map<String, Object> folder = row(send("GET", "/api/v3/documents/getFolder", null));
        Map<String, Object> details =
                row(post(DETAILS + "?docName=a.pdf&docDtm=2026-05-01T09:00:00&patientID=" + patientId, null));
        assertThat(folder).containsEntry("BlobURI", clinicea.baseUrl());
        assertThat(stored("documents", details.get("ID")))
                .containsEntry("DocumentName", "a.pdf")
                .containsEntry("FKType", 1);

        String name = (String) details.get("DocumentOnlineName");
        String blob = "/" + folder.get("ContainerName") + "/" + name;
        String signed = blob + "?" + folder.get("AccountSAS");
        Caller caller = new Caller(clinicea.sandbox());
        assertThat(caller.send("PUT", signed, "content", new String[0]).statusCode())
                .isEqualTo(400);
        assertThat(caller.send("PUT", blob + "?sig=wrong", "content", "x-ms-blob-type", "BlockBlob")
                        .statusCode())
                .isEqualTo(403);
        assertThat(clinicea.sandbox().uploaded(name)).isEmpty();
        assertThat(caller.send("PUT", signed, "content", "x-ms-blob-type", "BlockBlob")
                        .statusCode())
                .isEqualTo(201);
        assertThat(clinicea.sandbox().uploaded(name)).contains("content".getBytes(StandardCharsets.UTF_8));
        assertThat(row(post(DETAILS + "?docName=a.pdf&patientID=nobody", null))).containsEntry("SavingErrorCode", 1001);
    }

    @Test
    void givenADocument_whenDeleted_thenTrueComesOnceAndThen204() {
        Map<String, Object> document = clinicea.clinic().rows("documents").get(0);
        String url = "/api/v3/documents/deleteDocumentByPatient?docID=" + document.get("ID") + "&patientID=";
        assertThat(send("DELETE", url + "another", null).statusCode()).isEqualTo(204);
        HttpResponse<String> deleted = send("DELETE", url + document.get("PatientID"), null);
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).isEqualTo("true");
        assertThat(send("DELETE", url + document.get("PatientID"), null).statusCode())
                .isEqualTo(204);
    }

    static Stream<String> resources() {
        return Stream.concat(Catalogue.shipped().names().stream(), Stream.of("tasks"));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void givenTheConvention_whenARecordLivesItsLife_thenEveryAnswerEchoesIt(String resource) {
        String path = resource.equals("tasks")
                ? "/api/v1/sandbox_tasks"
                : Catalogue.shipped().resource(resource).orElseThrow().path();
        String idField =
                switch (resource) {
                    case "patients" -> "PatientID";
                    case "bills" -> "BillID";
                    case "patientPackages" -> "RowGUID";
                    case "visits" -> "EncounterGUID";
                    default -> "ID";
                };
        Map<String, Object> created =
                row(post(path, "{\"Notes\":\"first\",\"Own\":{\"a\":[1.50,null]},\"DataStatusStr\":\"x\"}"));
        String url = path + "/" + created.get(idField);
        assertThat(created).containsEntry("Notes", "first").containsKeys("Own", "ModifiedDatetime");
        assertThat(row(send("GET", url, null))).isEqualTo(created);

        Map<String, Object> updated = row(send("PUT", url, "{\"Notes\":\"second\"}"));
        assertThat(updated).containsEntry("Notes", "second").containsEntry("Own", created.get("Own"));

        Map<String, Object> deleted = row(send("DELETE", url, null));
        assertThat(deleted.values()).contains("Deleted", created.get(idField));
        assertThat(send("GET", url, null).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", url, null).statusCode()).isEqualTo(204);
        assertThat(send("PUT", url, "{}").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PatientID", "CreatedDatetime"})
    void givenAReadRecord_whenSentBackWhole_thenItKeepsWhatIsReadOnly(String field) {
        Map<String, Object> before = stored("patients", patientId);
        String body = new String(Json.bytes(before), StandardCharsets.UTF_8);
        Map<String, Object> after = row(send("PUT", "/api/v1/patients/" + patientId, body));
        assertThat(after).containsEntry(field, before.get(field)).containsEntry("DataStatusStr", "Modified");
        assertThat((String) after.get("ModifiedDatetime")).isGreaterThan((String) before.get("ModifiedDatetime"));
    }

    @Test
    void givenAnId_whenCreatedWithIt_thenItIsKeptAndCannotBeTakenTwice() {
        String body = "{\"PatientID\":\"mine\"}";
        assertThat(row(post("/api/v1/patients", body))).containsEntry("PatientID", "mine");
        assertThat(post("/api/v1/patients", body).statusCode()).isEqualTo(400);
        assertThat(send("PUT", "/api/v1/patients/" + patientId, body).statusCode())
                .isEqualTo(400);
    }

    private Map<String, Object> stored(String resource, Object id) {
        return clinicea.clinic().row(resource, (String) id).orElseThrow();
    }

    private HttpResponse<String> post(String url, String body) {
        return send("POST", url, body);
    }

    private HttpResponse<String> put(String url) {
        return send("PUT", url, null);
    }

    private HttpResponse<String> send(String method, String url, String body) {
        return new Caller(clinicea.sandbox()).send(method, url, body);
    }
}
