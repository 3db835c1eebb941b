/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Certificates;
import io.github.camelclinicea.testing.RawServer;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.TlsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests whom the component trusts and which certificate it shows, against real TLS servers. */
@Timeout(60)
class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeAll
    @Timeout(300)
    static void makeCertificates() {
        Certificates.trusting(Certificates.CA);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private FluentProducerTemplate call(String resource, TlsServer server, String options) {
        return call(resource, server.baseUrl(), options);
    }

    private FluentProducerTemplate call(String resource, String baseUrl, String options) {
        if (!camel.isStarted()) {
            camel.start();
        }
        return camel.createFluentProducerTemplate()
                .to("clinicea:" + resource + "?apiKey=" + StubClinicea.API_KEY + "&baseUrl=" + baseUrl + "&" + options);
    }

    private Exchange get(TlsServer server, String options) {
        return call("patients", server, "operation=get" + options)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
    }

    private void bind(SSLContextParameters parameters) {
        camel.getRegistry().bind("tls", parameters);
    }

    @Test
    void given_a_CA_of_the_clinics_own_when_it_is_trusted_then_rows_come_and_requests_go() throws Exception {
        bind(Certificates.trusting(Certificates.CA));
        try (TlsServer server = new TlsServer(Certificates.SERVER, false)) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("clinicea:patients?sslContextParameters=#tls&initialDelay=0&apiKey=" + StubClinicea.API_KEY
                                    + "&baseUrl=" + server.baseUrl())
                            .to("mock:rows");
                }
            });
            MockEndpoint rows = camel.getEndpoint("mock:rows", MockEndpoint.class);
            rows.expectedMessageCount(1);
            camel.start();

            rows.assertIsSatisfied(PATIENCE.toMillis());
            assertThat(rows.getReceivedExchanges().get(0).getMessage().getHeader(CliniceaConstants.RECORD_ID))
                    .isEqualTo("p1");
            assertThat(get(server, "&sslContextParameters=#tls").getException()).isNull();
        }
    }

    static Stream<SSLContextParameters> thoseWhoDoNotTrustTheServer() {
        return Stream.of(Certificates.trusting(Certificates.OTHER_CA), new SSLContextParameters());
    }

    @ParameterizedTest
    @MethodSource("thoseWhoDoNotTrustTheServer")
    void given_a_CA_that_is_not_trusted_when_read_then_it_fails_at_once_and_says_what_to_set(
            SSLContextParameters parameters) throws Exception {
        bind(parameters);
        try (TlsServer server = new TlsServer(Certificates.SERVER, false)) {
            Exchange out = get(server, "&sslContextParameters=#tls&maxRetries=3&maxRetryWait=1h");

            assertRefused(out, "sslContextParameters");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void given_no_parameters_when_the_platform_does_not_know_the_CA_then_it_is_refused() throws Exception {
        try (TlsServer server = new TlsServer(Certificates.SERVER, false)) {
            assertRefused(get(server, ""), "sslContextParameters");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void given_a_certificate_for_another_host_when_read_then_it_is_refused_although_its_CA_is_trusted()
            throws Exception {
        bind(Certificates.trusting(Certificates.CA));
        try (TlsServer server = new TlsServer(Certificates.ELSEWHERE, false)) {
            assertRefused(get(server, "&sslContextParameters=#tls&maxRetries=3&maxRetryWait=1h"), "baseUrl");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("certificatesThatAreRefused")
    void given_a_server_that_is_refused_when_created_then_it_is_known_that_nothing_was_made(
            String identity, String trusted) throws Exception {
        bind(Certificates.trusting(trusted));
        try (TlsServer server = new TlsServer(identity, false)) {
            Exchange out = call("appointments", server, "operation=create&sslContextParameters=#tls")
                    .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                    .send();

            assertThat(out.getException())
                    .isInstanceOf(CliniceaException.class)
                    .isNotInstanceOf(CliniceaOutcomeUnknownException.class);
        }
    }

    static Stream<Arguments> certificatesThatAreRefused() {
        return Stream.of(
                Arguments.of(Certificates.SERVER, Certificates.OTHER_CA),
                Arguments.of(Certificates.ELSEWHERE, Certificates.CA));
    }

    static Stream<Arguments> endsBehindAWholeRequest() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        return Stream.of(
                        "", "HTTP/1.1 2", head, head + "\r\n{\"ID\"", head + "Content-Length: 11\r\n\r\n{\"ID\":\"a1\"")
                .flatMap(part -> Stream.of(Arguments.of(part, true), Arguments.of(part, false)));
    }

    /** The connection ends with or without TLS's close message. */
    @ParameterizedTest
    @MethodSource("endsBehindAWholeRequest")
    void given_a_connection_that_ends_behind_a_whole_request_when_created_then_nobody_knows_and_it_was_sent_once(
            String part, boolean wellEnded) throws Exception {
        bind(Certificates.trusting(Certificates.CA));
        try (RawServer server = RawServer.tls(Certificates.server(Certificates.SERVER), out -> {
            RawServer.write(out, part);
            if (wellEnded) {
                out.close();
            }
        })) {
            Exchange out = create("https://localhost:" + server.port());

            assertThat(out.getException())
                    .isInstanceOf(CliniceaOutcomeUnknownException.class)
                    .hasMessageContaining("not sent again");
            assertThat(server.pending())
                    .singleElement()
                    .asString()
                    .startsWith("POST /api/v3/appointments/createAppointment?patientID=p1");
        }
    }

    @Test
    void given_a_connection_that_ends_within_the_handshake_when_created_then_it_is_known_that_nothing_was_made()
            throws Exception {
        bind(Certificates.trusting(Certificates.CA));
        try (RawServer server = RawServer.deaf()) {
            Exchange out = create("https://localhost:" + server.port());

            assertThat(out.getException())
                    .isExactlyInstanceOf(CliniceaException.class)
                    .hasMessageNotContaining("may have been done");
            assertThat(((CliniceaException) out.getException()).isMaybeDone()).isFalse();
        }
    }

    private Exchange create(String baseUrl) {
        return call("appointments", baseUrl, "operation=create&sslContextParameters=#tls")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                .send();
    }

    @Test
    void given_a_server_that_demands_a_certificate_when_one_is_shown_then_it_answers() throws Exception {
        bind(Certificates.trustingAndShowing(Certificates.CA, Certificates.CLIENT));
        try (TlsServer server = new TlsServer(Certificates.SERVER, true)) {
            assertThat(get(server, "&sslContextParameters=#tls").getException()).isNull();
            assertThat(server.peers()).containsExactly("CN=client");
        }
    }

    @Test
    void given_a_server_that_demands_a_certificate_when_there_is_none_then_it_fails_and_nothing_is_made()
            throws Exception {
        bind(Certificates.trusting(Certificates.CA));
        try (TlsServer server = new TlsServer(Certificates.SERVER, true)) {
            Exchange out = get(server, "&sslContextParameters=#tls&maxRetries=1&maxRetryWait=100");

            assertThat(out.getException()).isInstanceOf(CliniceaException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Demands a certificate after the request, as a server does that requires it for some paths only. */
    private static void demandCertificateAfterRequest(ServerSocket server, List<String> requests) {
        SSLContext tls = Certificates.server(Certificates.SERVER);
        while (!server.isClosed()) {
            try (Socket plain = server.accept()) {
                try {
                    // Not closed with the handshake, so that the client can read the alert.
                    SSLSocket connection = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, 0, false);
                    connection.setUseClientMode(false);
                    connection.setEnabledProtocols(new String[] {"TLSv1.2"});
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) connection.getInputStream().read());
                    }
                    requests.add(head.substring(0, head.indexOf(" ")));
                    connection.setNeedClientAuth(true);
                    connection.startHandshake();
                    connection.getInputStream().read();
                } catch (SSLHandshakeException e) {
                    plain.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                // The client has disconnected, or the server was closed.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update"})
    void given_a_server_that_breaks_off_a_second_handshake_when_written_then_nobody_knows(String operation)
            throws Exception {
        bind(Certificates.trusting(Certificates.CA));
        camel.start();
        List<String> requests = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            new Thread(() -> demandCertificateAfterRequest(server, requests), "RenegotiatingServer").start();

            Exchange out = camel.createFluentProducerTemplate()
                    .to("clinicea:appointments?apiKey=k&sslContextParameters=#tls&operation=" + operation
                            + "&baseUrl=https://localhost:" + server.getLocalPort())
                    .withHeader(CliniceaConstants.RECORD_ID, "a1")
                    .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                    .send();

            assertThat(requests).containsExactly(operation.equals("create") ? "POST" : "PUT");
            assertThat(out.getException())
                    .isInstanceOfSatisfying(
                            CliniceaException.class,
                            e -> assertThat(e.isMaybeDone()).isTrue());
            assertThat(out.getException() instanceof CliniceaOutcomeUnknownException)
                    .isEqualTo(operation.equals("create"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_endpoints_of_one_server_when_they_call_in_turn_then_they_share_one_connection(boolean demanding)
            throws Exception {
        bind(Certificates.trustingAndShowing(Certificates.CA, Certificates.CLIENT));
        try (TlsServer server = new TlsServer(Certificates.SERVER, demanding)) {
            for (int i = 0; i < 3; i++) {
                get(server, "&sslContextParameters=#tls");
                call("appointments", server, "operation=create&sslContextParameters=#tls")
                        .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2026-03-01T09:30:00"))
                        .send();
            }

            assertThat(server.requests()).hasSize(6);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void given_global_parameters_when_the_component_is_to_use_them_then_they_hold() throws Exception {
        camel.setSSLContextParameters(Certificates.trusting(Certificates.CA));
        camel.getComponent("clinicea", CliniceaComponent.class).setUseGlobalSslContextParameters(true);
        try (TlsServer server = new TlsServer(Certificates.SERVER, false)) {
            assertThat(get(server, "").getException()).isNull();
        }
    }

    @Test
    void given_global_parameters_when_the_component_is_not_to_use_them_then_they_do_not_hold() throws Exception {
        camel.setSSLContextParameters(Certificates.trusting(Certificates.CA));
        try (TlsServer server = new TlsServer(Certificates.SERVER, false)) {
            assertRefused(get(server, ""), "sslContextParameters");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void given_global_parameters_when_an_endpoint_has_its_own_then_those_hold() throws Exception {
        camel.setSSLContextParameters(Certificates.trusting(Certificates.CA));
        camel.getComponent("clinicea", CliniceaComponent.class).setUseGlobalSslContextParameters(true);
        bind(Certificates.trusting(Certificates.OTHER_CA));
        try (TlsServer server = new TlsServer(Certificates.SERVER, false)) {
            assertRefused(get(server, "&sslContextParameters=#tls"), "sslContextParameters");
        }
    }

    @Test
    void given_a_http_component_of_the_users_when_it_has_keys_and_trust_then_they_hold_and_no_global_ones()
            throws Exception {
        camel.setSSLContextParameters(Certificates.trusting(Certificates.OTHER_CA));
        camel.getComponent("clinicea", CliniceaComponent.class).setUseGlobalSslContextParameters(true);
        HttpComponent own = new HttpComponent();
        own.setSslContextParameters(Certificates.trustingAndShowing(Certificates.CA, Certificates.CLIENT));
        camel.addComponent("own-https", own);
        camel.getRegistry().bind("own", own);
        try (TlsServer server = new TlsServer(Certificates.SERVER, true)) {
            assertThat(get(server, "&httpComponent=#own").getException()).isNull();
            assertThat(server.peers()).containsExactly("CN=client");
        }
    }

    @Test
    void given_a_tls_server_that_is_silent_when_connected_then_the_connect_timeout_ends_the_handshake()
            throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            camel.start();
            Exchange out = camel.createFluentProducerTemplate()
                    .to("clinicea:patients?operation=get&apiKey=k&maxRetries=0&connectTimeout=500&responseTimeout=1h"
                            + "&requestTimeout=1h&baseUrl=https://localhost:" + silent.getLocalPort())
                    .withHeader(CliniceaConstants.RECORD_ID, "p1")
                    .send();

            assertThat(out.getException()).isInstanceOf(CliniceaException.class);
        }
    }

    private static void assertRefused(Exchange out, String remedy) {
        assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
            assertThat(e).hasMessageContaining("certificate").hasMessageContaining(remedy);
            assertThat(e.isRetryable()).as("a retry can help").isFalse();
        });
    }
}
