/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static io.github.camelclinicea.sandbox.Caller.column;
import static io.github.camelclinicea.sandbox.Caller.row;
import static io.github.camelclinicea.sandbox.Caller.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Operation;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LookUpTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    static Stream<Arguments> operations() {
        Catalogue catalogue = Catalogue.shipped();
        return catalogue.names().stream()
                .flatMap(name -> catalogue.resource(name).orElseThrow().operations().stream()
                        .map(operation -> Arguments.of(name, operation)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givenAnOperationOfTheCatalogue_whenCalledWithNothing_thenItsPathAndMethodAreKnown(
            String resource, Operation operation) {
        String path = operation
                .path()
                .replace(
                        "{path}",
                        Catalogue.shipped().resource(resource).orElseThrow().path())
                .replace("{id}", "no-such-id");
        HttpResponse<String> response = call(operation.method(), path);
        assertThat(response.body()).isNotEqualTo("nothing at this path");
        assertThat(response.statusCode()).isIn(200, 204, 400, 404);
    }

    @Test
    void givenAPatient_whenLookedUpById_thenTheObjectComesAndOtherwiseNothing() {
        String id = clinicea.clinic().ids("patients").get(7);
        assertThat(row(get("/api/v3/patients/getPatientByID?patientID=" + id)).get("FileNo"))
                .isEqualTo("F-00008");
        clinicea.clinic().delete("patients", id);
        assertNothing("/api/v3/patients/getPatientByID?patientID=" + id);
        assertNothing("/api/v3/patients/getPatientByID?patientID=no-such-id");
    }

    @ParameterizedTest
    @CsvSource({"0, FileNo", "1, UniqueNumber", "2, Mobile", "3, Email"})
    void givenAPatient_whenSearchedFor_thenAllFoundHaveThatText(int by, String field) {
        String text = clinicea.clinic().rows("patients").stream()
                .map(patient -> (String) patient.get(field))
                .filter(value -> value != null)
                .findFirst()
                .orElseThrow();
        String url = "/api/v3/patients/getPatient?searchBy=" + by + "&searchOption=%2B1&searchText=" + text;
        assertThat(column(rows(get(url)), field)).isNotEmpty().containsOnly(text);
        assertNothing(url + "x");
    }

    @Test
    void givenAnotherCountryCode_whenSearchedByMobile_thenNobodyIsFound() {
        Object mobile = clinicea.clinic().rows("patients").get(0).get("Mobile");
        assertNothing("/api/v3/patients/getPatient?searchBy=2&searchOption=%2B44&searchText=" + mobile);
    }

    @Test
    void givenAppointments_whenAskedByDate_thenThoseOfThatDayCome() {
        String day = ((String) clinicea.clinic().rows("appointments").get(0).get("StartDateTime")).substring(0, 10);
        long expected = clinicea.clinic().rows("appointments").stream()
                .filter(row -> ((String) row.get("StartDateTime")).startsWith(day))
                .count();
        String url = "/api/v3/appointments/getAppointmentsByDate?pageNo=1&pageSize=100&appointmentDate=";
        assertThat(rows(get(url + day)))
                .hasSize((int) expected)
                .allSatisfy(row -> assertThat((String) row.get("StartDateTime")).startsWith(day));
        assertNothing(url + "1999-01-01");
    }

    @ParameterizedTest
    @CsvSource({
        "appointments, /api/v2/appointments/getAppointmentsByPatient, , ",
        "bills, /api/v2/bills/getBillsByPatient, billStatus, BillStatus",
        "patientPackages, /api/v2/patientPackages/getPackagesByPatient, packageStatus, PackageStatus",
        "prescriptions, /api/v2/patientRx/getRxByPatient, rxStatus, RxStatus",
        "documents, /api/v2/documents/getDocumentsByPatient, , ",
    })
    void givenAPatientsRecords_whenListed_thenTheyCanBeNarrowedToOneKindAndPaged(
            String resource, String path, String parameter, String field) {
        Map<String, Object> patient = clinicea.clinic().add("patients");
        Object patientId = patient.get("PatientID");
        String url = path + "?patientID=" + patientId + "&pageNo=";
        assertNothing(url + 1);
        for (int i = 0; i < 101; i++) {
            clinicea.clinic()
                    .add(
                            resource,
                            field == null
                                    ? Map.of("PatientID", patientId)
                                    : Map.of("PatientID", patientId, field, i == 0 ? 2 : 1));
        }
        assertThat(column(rows(get(url + 1)), "PatientID")).hasSize(100).containsOnly(patientId);
        assertThat(rows(get(url + 2))).hasSize(1);
        assertNothing(url + 3);
        if (field != null) {
            assertThat(rows(get(url + 1 + "&" + parameter + "=2"))).hasSize(1);
            assertThat(rows(get(url + 2 + "&" + parameter + "="))).hasSize(1);
        }
    }

    @Test
    void givenAppointmentsOfAPatient_whenAskedForUpcomingOnes_thenThePastOnesAreLeftOut() {
        Object patient = clinicea.clinic().add("patients").get("PatientID");
        Object past = clinicea.clinic()
                .add("appointments", Map.of("PatientID", patient, "StartDateTime", "2001-01-01T09:00:00"))
                .get("ID");
        Object future = clinicea.clinic()
                .add("appointments", Map.of("PatientID", patient, "StartDateTime", "2901-01-01T09:00:00"))
                .get("ID");
        String url = "/api/v2/appointments/getAppointmentsByPatient?pageNo=1&patientID=" + patient;
        assertThat(column(rows(get(url)), "ID")).containsExactlyInAnyOrder(past, future);
        assertThat(column(rows(get(url + "&appointmentType=2")), "ID")).containsExactlyInAnyOrder(past, future);
        assertThat(column(rows(get(url + "&appointmentType=0")), "ID")).containsExactly(future);
    }

    @ParameterizedTest
    @CsvSource({
        "bills, /api/v2/bills/getBillsByPatient, billStatus, BillStatus",
        "patientPackages, /api/v2/patientPackages/getPackagesByPatient, packageStatus, PackageStatus",
        "prescriptions, /api/v2/patientRx/getRxByPatient, rxStatus, RxStatus",
    })
    void givenTheCodeThatClientsSend_whenRecordsAreListed_thenAllOfThemCome(
            String resource, String path, String parameter, String field) {
        Object patient = clinicea.clinic().add("patients").get("PatientID");
        clinicea.clinic().add(resource, Map.of("PatientID", patient, field, 0));
        clinicea.clinic().add(resource, Map.of("PatientID", patient, field, 1));
        assertThat(rows(get(path + "?pageNo=1&patientID=" + patient + "&" + parameter + "=0")))
                .hasSize(2);
    }

    @Test
    void givenAMobileNumber_whenSearchedForByItsOwnLookUp_thenItsPatientComes() {
        Map<String, Object> patient = clinicea.clinic().add("patients", Map.of("Mobile", "555-0199-7"));
        String url = "/api/v1/patients/searchByMobileNumber?patMobile=555-0199-7&countryCode=";
        assertThat(column(rows(get(url + "%2B1")), "PatientID")).containsExactly(patient.get("PatientID"));
        assertNothing(url + "%2B44");
    }

    @Test
    void givenTwoPatientsOfOneName_whenAskedForTheFamilyOfOne_thenTheOtherComes() {
        Object one = clinicea.clinic()
                .add("patients", Map.of("LastName", "Exampleson"))
                .get("PatientID");
        Object other = clinicea.clinic()
                .add("patients", Map.of("LastName", "Exampleson"))
                .get("PatientID");
        String url = "/api/v3/patients/getPatientFamily?patientID=";
        assertThat(column(rows(get(url + one)), "PatientID")).containsExactly(other);
        assertNothing(url + "no-such-id");
    }

    @Test
    void givenServices_whenListedForAClinic_thenTextAndKindNarrowThem() {
        Map<String, Object> service = clinicea.clinic().rows("services").get(0);
        String url = "/api/v3/services/getServicesByClinic?pageNo=1&pageSize=100&ClinicID=" + service.get("ClinicID");
        List<Map<String, Object>> all = rows(get(url));
        assertThat(all).hasSize(10);
        String name = ((String) service.get("Name")).toUpperCase(java.util.Locale.ROOT);
        assertThat(column(rows(get(url + "&searchText=" + encoded(name))), "ID"))
                .contains(service.get("ID"));
        assertThat(column(rows(get(url + "&serviceCategory=Wellness&serviceType=Single")), "ServiceCategory"))
                .containsOnly("Wellness");
        assertNothing(url + "&searchText=nowhere");
    }

    private HttpResponse<String> get(String url) {
        return call("GET", url);
    }

    private HttpResponse<String> call(String method, String url) {
        return new Caller(clinicea.sandbox()).send(method, url, null);
    }

    private void assertNothing(String url) {
        HttpResponse<String> response = get(url);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
