/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.RawServer;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the bytes that real routes send. */
@Timeout(60)
class WireBytesTest {
    private static final String KEY = StubClinicea.API_KEY;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
    }

    private void poll(String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri + "&initialDelay=0&apiKey=" + KEY).to("log:rows?level=OFF");
            }
        });
        camel.start();
    }

    private Exchange send(String uri, Map<String, Object> headers, Object body) {
        camel.start();
        return camel.createFluentProducerTemplate()
                .to(uri + "&apiKey=" + KEY)
                .withProcessor(exchange -> {
                    exchange.getMessage().setHeaders(new LinkedHashMap<>(headers));
                    exchange.getMessage().setBody(body);
                })
                .send();
    }

    private static String line(String request) {
        return request.substring(0, request.indexOf("\r\n"));
    }

    @Test
    void given_a_route_that_polls_when_it_asks_then_the_whole_head_is_as_documented() throws Exception {
        try (RawServer server = new RawServer(RawServer.NO_CONTENT)) {
            poll("clinicea:patients?syncFrom=2015-03-21T14:30:10%2B00:00&baseUrl=" + server.url());

            assertThat(Arrays.asList(server.request().split("\r\n")))
                    .containsExactlyInAnyOrder(
                            "GET /api/v1/patients?lastSyncDate=2015-03-21T14:30:10"
                                    + "&lastSyncTimestamp=2015-03-21T14:30:10%2B00:00&intPageNo=0 HTTP/1.1",
                            "Host: " + server.url().substring("http://".length()),
                            "Accept: application/json",
                            "Accept-Encoding: gzip, x-gzip, deflate",
                            "User-Agent: camel-clinicea",
                            "Connection: keep-alive",
                            "api: " + KEY,
                            "api_key: " + KEY);
        }
    }

    @Test
    void given_options_of_a_route_that_have_meaning_in_a_url_when_it_polls_then_they_are_encoded_once()
            throws Exception {
        try (RawServer server = new RawServer(RawServer.NO_CONTENT)) {
            poll("clinicea:visits?parameter.casesheetName=RAW(Jänner 50% & a+b%20c:d)&syncParameter=seit wann"
                    + "&pageParameter=Seite/n&timestampFormat=ISO_OFFSET&syncFrom=2026-01-01&baseUrl=" + server.url());

            assertThat(line(server.request()))
                    .isEqualTo("GET /api/v1/patient_visits?seit%20wann=2026-01-01T00:00:00%2B00:00"
                            + "&casesheetName=J%C3%A4nner%2050%25%20%26%20a%2Bb%2520c:d&Seite%2Fn=0 HTTP/1.1");
        }
    }

    @Test
    void given_a_base_url_in_capitals_with_a_path_when_it_polls_then_the_path_comes_first_and_as_it_is()
            throws Exception {
        try (RawServer server = new RawServer(RawServer.NO_CONTENT)) {
            poll("clinicea:patients?syncFrom=2026-01-01&baseUrl=RAW(HTTP://LOCALHOST:" + server.port()
                    + "/Cl%20inic/)");

            assertThat(line(server.request()))
                    .isEqualTo("GET /Cl%20inic/api/v1/patients?lastSyncDate=2026-01-01T00:00:00"
                            + "&lastSyncTimestamp=2026-01-01T00:00:00%2B00:00&intPageNo=0 HTTP/1.1");
        }
    }

    @Test
    void given_arguments_of_any_script_when_a_producer_writes_then_the_query_is_encoded_once() throws Exception {
        try (RawServer server = new RawServer(RawServer.json("{\"ID\":\"a1\"}"))) {
            Map<String, Object> appointment = new LinkedHashMap<>();
            appointment.put("patientID", "p 1+2");
            appointment.put("appointmentDateTime", "2026-03-01T09:30:00+05:30");
            appointment.put("notes", "Größe 50% – ดี 😀 'x' \"y\" a%20b *~.-_");
            Exchange out =
                    send("clinicea:appointments?operation=create&baseUrl=" + server.url(), Map.of(), appointment);

            assertThat(out.getException()).isNull();
            String request = server.request();
            assertThat(line(request))
                    .isEqualTo("POST /api/v3/appointments/createAppointment?patientID=p%201%2B2"
                            + "&appointmentDateTime=2026-03-01T09:30:00%2B05:30"
                            + "&notes=Gr%C3%B6%C3%9Fe%2050%25%20%E2%80%93%20%E0%B8%94%E0%B8%B5%20%F0%9F%98%80"
                            + "%20%27x%27%20%22y%22%20a%2520b%20%2A~.-_ HTTP/1.1");
            assertThat(request).contains("\r\nContent-Length: 0\r\n").endsWith("\r\n\r\n");
        }
    }

    @Test
    void given_parameters_in_the_header_when_a_producer_reads_then_the_query_is_encoded_once() throws Exception {
        try (RawServer server = new RawServer(RawServer.json("[]"))) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("searchBy", 2);
            parameters.put("searchText", "555 0100");
            parameters.put("searchOption", "+91");
            Exchange out = send(
                    "clinicea:patients?operation=list&baseUrl=" + server.url(),
                    Map.of(CliniceaConstants.PARAMETERS, parameters),
                    null);

            assertThat(out.getException()).isNull();
            assertThat(line(server.request()))
                    .isEqualTo("GET /api/v3/patients/getPatient?searchBy=2&searchText=555%200100&searchOption=%2B91"
                            + " HTTP/1.1");
        }
    }

    @Test
    void given_a_record_of_any_script_when_a_producer_writes_json_then_it_is_utf8_of_the_length_told()
            throws Exception {
        try (RawServer server = new RawServer(RawServer.json("{\"ID\":\"\\u00fc/1\"}"))) {
            String title = "Größe – 😀\r\nHost: elsewhere\u0000\u2028";
            Exchange out = send(
                    "clinicea:tasks?path=/api/v1/tasks&operation=update&baseUrl=" + server.url(),
                    Map.of(CliniceaConstants.RECORD_ID, "ü/1"),
                    Map.of("Title", title));

            assertThat(out.getException()).isNull();
            String request = server.request();
            String json = "{\"Title\":\"Größe – 😀\\r\\nHost: elsewhere\\u0000\u2028\"}";
            assertThat(line(request)).isEqualTo("PUT /api/v1/tasks/%C3%BC%2F1 HTTP/1.1");
            assertThat(request)
                    .contains("\r\nContent-Length: " + json.getBytes(UTF_8).length + "\r\n")
                    .contains("\r\nContent-Type: application/json");
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            assertThat(new String(body.getBytes(ISO_8859_1), UTF_8)).isEqualTo(json);
        }
    }

    @Test
    void given_a_staff_login_when_a_route_polls_then_password_and_token_are_encoded_once_and_no_key_goes_along()
            throws Exception {
        try (RawServer server = new RawServer(RawServer.json("\"t:o+k/e n=\""))) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("clinicea:patients?initialDelay=0&username=RAW(dr. who+1)&password=RAW(p&w%20=é)&maxRetries=0"
                                    + "&syncFrom=2026-01-01&baseUrl=" + server.url())
                            .to("log:rows?level=OFF");
                }
            });
            camel.start();

            List<String> requests = List.of(server.request(), server.request());
            assertThat(requests.get(0))
                    .startsWith("GET /api/v2/login/getTokenByStaffUsernamePwd?apiKey=&loginUserName=dr.%20who%2B1"
                            + "&pwd=p%26w%2520%3D%C3%A9 HTTP/1.1\r\n");
            assertThat(requests.get(1))
                    .startsWith("GET /api/v1/patients?lastSyncDate=2026-01-01T00:00:00"
                            + "&lastSyncTimestamp=2026-01-01T00:00:00%2B00:00&intPageNo=0&api_key=t:o%2Bk%2Fe%20n%3D"
                            + " HTTP/1.1\r\n");
            assertThat(requests).noneMatch(request -> request.contains("\r\napi"));
        }
    }
}
