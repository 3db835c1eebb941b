/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelclinicea.testing.RawServer;
import io.github.camelclinicea.testing.StubClinicea;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the contents of a message stay data. They neither redirect a request nor add to it. */
@Timeout(60)
class InjectionTest {
    private static final String KEY = StubClinicea.API_KEY;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange send(String uri, Map<String, Object> headers, Object body) {
        return camel.createFluentProducerTemplate()
                .to(uri)
                .withProcessor(exchange -> {
                    exchange.getMessage().setHeaders(new LinkedHashMap<>(headers));
                    exchange.getMessage().setBody(body);
                })
                .send();
    }

    // ---- headers

    /** Returns all headers that control camel-http or another HTTP component, and headers of HTTP requests. */
    private static Map<String, Object> steeringHeaders(String elsewhere) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String name : List.of(
                "CamelHttpUri",
                "CamelHttpUrl",
                "CamelHttpBaseUri",
                "CamelRestHttpUri",
                "CamelDestinationOverrideUrl")) {
            headers.put(name, elsewhere + "/steal");
        }
        for (String name : List.of("CamelHttpQuery", "CamelHttpRawQuery", "CamelRestHttpQuery")) {
            headers.put(name, "patientID=other");
        }
        headers.put("CamelHttpPath", "/../elsewhere");
        headers.put("CamelHttpServletPath", "/elsewhere");
        headers.put("CamelHttpMethod", "DELETE");
        headers.put("CamelHttpScheme", "ftp");
        headers.put("CamelHttpHost", "elsewhere.test");
        headers.put("CamelHttpPort", 1);
        headers.put("CamelHttpProtocolVersion", "HTTP/1.0");
        headers.put("CamelHttpChunked", true);
        headers.put("CamelHttpCharacterEncoding", "UTF-16");
        for (String name : List.of(
                "Host",
                "Authorization",
                "Proxy-Authorization",
                "api",
                "api_key",
                "apiKey",
                "Cookie",
                "Accept",
                "Accept-Encoding",
                "Content-Type",
                "Content-Length",
                "Content-Encoding",
                "Transfer-Encoding",
                "Connection",
                "Expect",
                "Forwarded",
                "X-Forwarded-Host",
                "X-HTTP-Method-Override",
                "User-Agent",
                "traceparent",
                "X-Anything",
                "CamelCliniceaResource",
                "CamelCliniceaPath",
                "CamelCliniceaBaseUrl",
                "CamelCliniceaPage",
                "CamelCliniceaSyncTimestamp",
                "CamelCliniceaDataStatus")) {
            headers.put(name, "elsewhere");
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "get, patients, ''",
        "list, patients, ''",
        "listByDate, appointments, ''",
        "create, appointments, ''",
        "update, appointments, ''",
        "delete, documents, ''",
        "create, visits, ''",
        "create, tasks, &path=/api/v1/tasks",
        "update, tasks, &path=/api/v1/tasks",
        "delete, tasks, &path=/api/v1/tasks"
    })
    void given_headers_that_steer_other_components_when_sent_then_the_request_is_the_same_to_the_byte(
            String operation, String resource, String options) throws Exception {
        // Only the new record confirms a create.
        String answer = operation.equals("create") ? RawServer.json("{\"ID\":\"x1\"}") : RawServer.NO_CONTENT;
        try (RawServer server = new RawServer(answer);
                RawServer elsewhere = new RawServer(RawServer.NO_CONTENT)) {
            String uri = "clinicea:" + resource + "?operation=" + operation + options + "&maxRetries=0&apiKey=" + KEY
                    + "&baseUrl=" + server.url();
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put(CliniceaConstants.RECORD_ID, "r1");
            Map<String, Object> steering = steeringHeaders(elsewhere.url());
            if (resource.equals("documents")) {
                plain.put(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1"));
            } else if (operation.equals("listByDate")) {
                plain.put(CliniceaConstants.PARAMETERS, Map.of("appointmentDate", "2026-03-01"));
            }
            steering.putAll(plain);
            Map<String, Object> body =
                    switch (resource) {
                        case "appointments" -> Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00");
                        case "visits" -> Map.of("patid", "p1", "encdtm", "2026-03-01T09:30:00");
                        default -> Map.of("Title", "x");
                    };

            assertThat(send(uri, plain, body).getException()).isNull();
            List<String> plainRequests = server.pending();
            assertThat(send(uri, steering, body).getException()).isNull();
            List<String> steeredRequests = server.pending();

            // If page 0 of a list is empty, page 1 is requested, too.
            assertThat(plainRequests).hasSize(operation.equals("list") ? 2 : 1);
            assertThat(steeredRequests.stream().map(InjectionTest::lines))
                    .isEqualTo(plainRequests.stream().map(InjectionTest::lines).toList());
            assertThat(elsewhere.pending()).isEmpty();
        }
    }

    private static List<String> lines(String request) {
        return Arrays.stream(request.split("\r\n")).sorted().toList();
    }

    // ---- ids and parameters

    static Stream<String> hostileTexts() {
        return Stream.of(
                "../../v2/login",
                "..\\x",
                "a&api_key=stolen",
                "a#b",
                "a?b=c",
                "a;b=c",
                "x HTTP/1.1\r\nHost: elsewhere.test\r\n\r\nGET /y",
                "x\ny",
                "%2e%2e",
                "%2e%2e%2fadmin",
                "%0d%0aX: y",
                "//elsewhere.test/x",
                "http://elsewhere.test/",
                "@elsewhere.test",
                "{id}",
                "${header.x}",
                "#bean:x",
                "RAW(x)",
                "\u0000",
                "é\u202e😀",
                "＆．．／");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void given_a_hostile_id_when_it_goes_into_a_path_then_it_is_one_segment(String text) throws Exception {
        try (RawServer server = new RawServer(RawServer.NO_CONTENT)) {
            Exchange out = send(
                    "clinicea:tasks?path=/api/v1/tasks&operation=delete&apiKey=" + KEY + "&baseUrl=" + server.url(),
                    Map.of(CliniceaConstants.RECORD_ID, text),
                    null);

            assertThat(out.getException()).isNull();
            String target = target(server.request());
            assertThat(target).matches("/api/v1/tasks/([A-Za-z0-9._~-]|%[0-9A-F]{2})+");
            assertThat(URLDecoder.decode(target.substring("/api/v1/tasks/".length()), UTF_8))
                    .isEqualTo(text);
            assertThat(server.pending()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void given_an_id_that_no_encoding_makes_data_when_it_would_go_into_a_path_then_nothing_is_sent(String id)
            throws Exception {
        try (RawServer server = new RawServer(RawServer.NO_CONTENT)) {
            for (Map<String, Object> headers : List.<Map<String, Object>>of(
                    Map.of(CliniceaConstants.RECORD_ID, id), Map.of(CliniceaConstants.PARAMETERS, Map.of("id", id)))) {
                Exchange out = send(
                        "clinicea:tasks?path=/api/v1/tasks&operation=delete&apiKey=" + KEY + "&baseUrl=" + server.url(),
                        headers,
                        null);

                assertThat(out.getException()).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(server.pending()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void given_hostile_parameters_when_they_go_into_a_query_then_names_and_values_stay_data(String text)
            throws Exception {
        try (RawServer server = new RawServer(RawServer.NO_CONTENT)) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("searchBy", 1);
            parameters.put("searchText", text);
            String name = withoutCredential(text);
            parameters.put(name, text);
            Exchange out = send(
                    "clinicea:patients?operation=find&strictParameters=false&apiKey=" + KEY + "&baseUrl="
                            + server.url(),
                    Map.of(CliniceaConstants.PARAMETERS, parameters),
                    null);

            assertThat(out.getException()).isNull();
            String target = target(server.request());
            assertThat(target).matches("/api/v3/patients/getPatient\\?([A-Za-z0-9._~:=&-]|%[0-9A-F]{2})+");
            Map<String, String> arrived = new LinkedHashMap<>();
            for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
                String[] sides = pair.split("=", -1);
                assertThat(sides).hasSize(2);
                arrived.put(URLDecoder.decode(sides[0], UTF_8), URLDecoder.decode(sides[1], UTF_8));
            }
            assertThat(arrived).isEqualTo(Map.of("searchBy", "1", "searchText", text, name, text));
            assertThat(server.pending()).isEmpty();
        }
    }

    /** Returns the name with another word in place of a credential's name, which would be refused (ArgumentsTest). */
    private static String withoutCredential(String name) {
        return name.replace("api_key", "role");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void given_a_hostile_record_when_it_goes_into_a_json_body_then_it_stays_data(String text) throws Exception {
        try (RawServer server = new RawServer(RawServer.json("{\"ID\":\"x1\"}"))) {
            String json = text + "\",\"admin\":true,\"x\":\"";
            Exchange visit = send(
                    "clinicea:visits?operation=create&apiKey=" + KEY + "&baseUrl=" + server.url(),
                    Map.of(),
                    Map.of("patid", json, "encdtm", "2026-03-01T09:30:00", "note", text));
            Exchange task = send(
                    "clinicea:tasks?path=/api/v1/tasks&operation=create&apiKey=" + KEY + "&baseUrl=" + server.url(),
                    Map.of(),
                    Map.of(withoutCredential(json), text));

            assertThat(visit.getException()).isNull();
            assertThat(task.getException()).isNull();
            assertThat(body(server.request()))
                    .isEqualTo(Map.of("patid", json, "encdtm", "2026-03-01T09:30:00", "note", text));
            assertThat(body(server.request())).isEqualTo(Map.of(withoutCredential(json), text));
            assertThat(server.pending()).isEmpty();
        }
    }

    private static String target(String request) {
        assertThat(request).matches("(?s)[A-Z]+ [^ \r\n]+ HTTP/1\\.1\r\n.*");
        assertThat(request.split("\r\nHost: ", -1)).as("one Host").hasSize(2);
        assertThat(request.indexOf("\r\n\r\n")).as("one head").isEqualTo(request.length() - 4);
        return request.split(" ")[1];
    }

    private static Object body(String request) throws Exception {
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        return new JsonMapper().readValue(body.getBytes(ISO_8859_1), Map.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_key", "API_KEY"})
    void given_a_parameter_named_as_the_logins_token_when_sent_then_it_is_refused(String name) throws Exception {
        try (RawServer server = new RawServer(RawServer.json("\"a-token\""))) {
            Exchange out = send(
                    "clinicea:patients?operation=find&username=front-desk&password=a-password&maxRetries=0&baseUrl="
                            + server.url(),
                    Map.of(CliniceaConstants.PARAMETERS, Map.of("searchBy", 1, "searchText", "x", name, "another")),
                    null);

            assertThat(out.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + name + "'");
            assertThat(server.pending()).noneMatch(request -> request.contains("another"));
        }
    }

    // ---- redirects

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void given_a_redirect_when_it_comes_then_nothing_is_sent_to_where_it_points(int status) {
        try (StubClinicea clinicea = new StubClinicea();
                StubClinicea elsewhere = new StubClinicea()) {
            redirect(clinicea, status, elsewhere);
            String options = "&maxRetries=0&baseUrl=" + clinicea.baseUrl();

            Exchange read = send(
                    "clinicea:patients?operation=get&apiKey=" + KEY + options,
                    Map.of(CliniceaConstants.RECORD_ID, "p1"),
                    null);
            Exchange inQuery = send(
                    "clinicea:patients?operation=get&apiKeyParameter=api_key&apiKey=" + KEY + options,
                    Map.of(CliniceaConstants.RECORD_ID, "p1"),
                    null);
            Exchange create = send(
                    "clinicea:tasks?path=/api/v1/tasks&operation=create&apiKey=" + KEY + options,
                    Map.of(),
                    Map.of("Title", "x"));
            Exchange login = send(
                    "clinicea:patients?operation=get&username=front-desk&password=a-password" + options,
                    Map.of(CliniceaConstants.RECORD_ID, "p1"),
                    null);

            for (Exchange out : List.of(read, inQuery, create, login)) {
                assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
                    // A 303 after a write may name the place of its result.
                    if (status != 303 || out != create) {
                        assertThat(e).hasMessageContaining("redirect").hasMessageContaining("baseUrl");
                    }
                    assertThat(e.getHttpResponseCode()).isEqualTo(status);
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e.getMessage()).doesNotContain(elsewhere.baseUrl());
                });
            }
            assertThat(clinicea.server().getAllServeEvents()).hasSize(4);
            assertThat(elsewhere.server().getAllServeEvents()).isEmpty();
        }
    }

    @Test
    void given_a_redirect_to_the_same_server_when_it_comes_then_it_is_not_followed_either() {
        try (StubClinicea clinicea = new StubClinicea()) {
            redirect(clinicea, 307, clinicea);

            send(
                    "clinicea:patients?operation=get&maxRetries=3&apiKey=" + KEY + "&baseUrl=" + clinicea.baseUrl(),
                    Map.of(CliniceaConstants.RECORD_ID, "p1"),
                    null);

            assertThat(clinicea.server().getAllServeEvents()).hasSize(1);
        }
    }

    private static void redirect(StubClinicea from, int status, StubClinicea to) {
        from.server()
                .stubFor(any(anyUrl())
                        .willReturn(aResponse().withStatus(status).withHeader("Location", to.baseUrl() + "/stolen")));
    }
}
