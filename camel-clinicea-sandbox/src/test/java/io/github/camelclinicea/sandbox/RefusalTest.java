/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static io.github.camelclinicea.sandbox.Caller.EVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private static final String PATIENTS = "/api/v1/patients?intPageNo=0&lastSyncDate=" + EVER;

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @ParameterizedTest
    @CsvSource({
        "api, , , 200",
        "api_key, , , 200",
        "API, , , 200",
        "api, wrong, , 401",
        "api_key, wrong, , 401",
        "api, '', wrong, 401",
        "x-api-key, , , 401",
    })
    void givenCredentials_whenAsked_thenOnlyTheRightKeyAndNoWrongOneIsLetIn(
            String header, String value, String otherValue, int status) {
        String key = clinicea.apiKey();
        String first = value == null || value.isEmpty() ? key : value;
        HttpResponse<String> response = otherValue == null
                ? caller().send("GET", PATIENTS, null, header, first)
                : caller().send("GET", PATIENTS, null, header, first, "api_key", otherValue);
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertPlain(response);
            assertThat(response.body()).doesNotContain(key);
        }
    }

    @Test
    void givenBothHeadersRight_whenAsked_thenItIsLetIn() {
        String key = clinicea.apiKey();
        assertThat(caller().send("GET", PATIENTS, null, "api", key, "api_key", key)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void givenNoCredentials_whenAsked_thenItIsA401EvenIfParametersAreWrongToo() {
        assertThat(caller().send("GET", "/api/v1/patients?odd=1", null, new String[0])
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void givenTheKeyInTheQuery_whenAsked_thenOnlyTheRightOneIsLetIn() {
        assertThat(caller().send("GET", PATIENTS + "&api_key=" + clinicea.apiKey(), null, new String[0])
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller().send("GET", PATIENTS + "&api_key=" + clinicea.apiKey() + "x", null, new String[0])
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/patients?intPageNo=0 | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate= | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=yesterday | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01 | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01T00:00:00Z | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01T00:00:00.000 | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-02-30T00:00:00 | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01T00:00:00%2B00:00 | lastSyncDate",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01T00%3A00%3A00 | %3A",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01T00%3a00:00 | %3A",
                "/api/v1/patients?intPageNo=0&lastSyncTimestamp=2026-01-01T00:00:00 | lastSyncTimestamp",
                "/api/v1/patients?intPageNo=0&lastSyncTimestamp=2026-01-01T00:00:00Z | lastSyncTimestamp",
                "/api/v1/patients?intPageNo=0&lastSyncTimestamp=2026-01-01T00:00:00+00:00 | %2B",
                "/api/v1/patients?intPageNo=0&lastSyncTimestamp=2026-01-01T00:00:00%2B0:00 | lastSyncTimestamp",
                "/api/v1/patients?intPageNo=0&lastSyncDate=2026-01-01T00:00:00&lastSyncTimestamp=no | lastSyncTimestamp",
                "/api/v1/patients?intPageNo=0&lastsyncdate=2026-01-01T00:00:00 | lastsyncdate",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00 | intPageNo",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00&intPageNo= | intPageNo",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00&intPageNo=one | intPageNo",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00&intPageNo=1.0 | intPageNo",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00&intPageNo=-1 | intPageNo",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00&intPageNo=0&intPageNo=1 | twice",
                "/api/v1/patients?lastSyncDate=2026-01-01T00:00:00&intPageNo=0&pageSize=100 | pageSize",
                "/api/v1/patient_packages?lastSyncDate=2026-01-01T00:00:00&pageno=0 | lastSyncDate",
                "/api/v1/patient_packages?lastsyncdate=2026-01-01T00:00:00&intPageNo=0 | intPageNo",
                "/api/v3/appointments/getChanges?lastSyncDTime=2026-01-01T00:00:00&pageNo=0 | pageNo",
                "/api/v3/appointments/getChanges?lastSyncDTime=2026-01-01T00:00:00&pageNo=1&pageSize=9 | pageSize",
                "/api/v3/appointments/getChanges?lastSyncDTime=2026-01-01T00:00:00&pageNo=1&pageSize=101 | pageSize",
                "/api/v3/appointments/getChanges?lastSyncDTime=2026-01-01T00:00:00&pageNo=1&pageSize=x | pageSize",
                "/api/v3/patients/getPatientByID | patientID",
                "/api/v3/patients/getPatientByID?patientid=1 | patientid",
                "/api/v3/patients/getPatient?searchBy=3 | searchText",
                "/api/v3/patients/getPatient?searchBy=three&searchText=x | searchBy",
                "/api/v3/patients/getPatient?searchBy=4&searchText=x | searchBy",
                "/api/v3/patients/getPatient?searchBy=2&searchText=555-0100 | searchOption",
                "/api/v3/patients/getPatient?searchBy=2&searchText=555-0100&searchOption=+1 | %2B1",
                "/api/v3/appointments/getAppointmentsByDate?appointmentDate=1.1.2026&pageNo=1 | appointmentDate",
                "/api/v3/appointments/getAppointmentsByDate?appointmentDate=2026-02-30&pageNo=1 | appointmentDate",
                "/api/v3/appointments/getAppointmentsByDate?appointmentDate=2026-01-01 | pageNo",
                "/api/v3/appointments/getAppointmentsByDate?appointmentDate=2026-01-01&pageNo=0 | pageNo",
                "/api/v2/bills/getBillsByPatient?patientID=x&pageNo=1&billStatus=paid | billStatus",
                "/api/v2/documents/getDocumentsByPatient?patientID=x&pageNo=1&pageSize=50 | pageSize",
            })
    void givenAWrongParameter_whenAsked_thenItIsA400InPlainTextThatNamesIt(String url, String named) {
        HttpResponse<String> response = caller().get(url);
        assertThat(response.statusCode()).isEqualTo(400);
        assertPlain(response);
        assertThat(response.body()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /api/v1/patient, 404",
        "GET, /api/v1/Patients, 404",
        "GET, /api/v1/patients/, 404",
        "GET, /api/v1/patients/1/2, 404",
        "PUT, /api/v1/patients, 405",
        "DELETE, /api/v1/patients, 405",
        "PATCH, /api/v1/patients/1, 405",
        "GET, /api/v3/appointments, 405",
        "GET, /api/v3/appointments/createAppointment, 405",
        "DELETE, /api/v3/appointments/getChanges, 405",
    })
    void givenAWrongPathOrMethod_whenAsked_thenItIsA404OrA405InPlainText(String method, String path, int status) {
        HttpResponse<String> response = caller().send(method, path, null);
        assertThat(response.statusCode()).isEqualTo(status);
        assertPlain(response);
        assertThat(response.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void givenRequests_whenServedOrRefused_thenEachCounts() {
        long before = clinicea.sandbox().requests();
        caller().get(PATIENTS);
        caller().get("/nowhere");
        assertThat(clinicea.sandbox().requests() - before).isEqualTo(2);
    }

    @Test
    void givenASandbox_whenPrinted_thenTheKeyIsNotShown() {
        assertThat(clinicea.apiKey()).startsWith("sandbox-key-");
        assertThat(clinicea.sandbox().toString())
                .contains(clinicea.baseUrl())
                .doesNotContain(clinicea.apiKey())
                .doesNotContain(clinicea.sandbox().staffPassword());
    }

    @Test
    void givenAnAddressThatIsNotLoopback_whenConnectedTo_thenNobodyListens() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        Assumptions.assumeFalse(others.isEmpty(), "this host has loopback alone");
        int port = clinicea.sandbox().wireMock().port();
        for (InetAddress other : others) {
            try (Socket socket = new Socket()) {
                Assertions.assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 2_000));
            }
        }
    }

    private static Caller caller() {
        return new Caller(clinicea.sandbox());
    }

    private static void assertPlain(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(response.body()).isNotBlank();
    }
}
