/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.camelclinicea.testing.Certificates;
import io.github.camelclinicea.testing.ClosedPort;
import io.github.camelclinicea.testing.ProxyServer;
import io.github.camelclinicea.testing.RawServer;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.TlsServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests requests through a proxy. Only the proxy can reach the clinic's host. */
@Timeout(60)
class ProxyTest {
    private static final String USER = "front-desk";
    private static final String PASSWORD = "a-proxy-password";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeAll
    @Timeout(300)
    static void makeCertificates() {
        Certificates.trusting(Certificates.CA);
    }

    @BeforeEach
    void start() {
        camel.getRegistry().bind("tls", Certificates.trusting(Certificates.CA));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange get(String options) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&apiKey=" + StubClinicea.API_KEY + "&maxRetries=0&" + options)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
    }

    private HttpComponent through(ProxyServer proxy) {
        HttpComponent own = new HttpComponent();
        own.setProxyHost("localhost");
        own.setProxyPort(proxy.port());
        own.setProxyAuthScheme("http");
        own.setSslContextParameters(Certificates.trusting(Certificates.CA));
        camel.addComponent("own-http", own);
        camel.getRegistry().bind("own", own);
        return own;
    }

    @Test
    void given_a_proxy_when_the_server_is_plain_http_then_the_proxy_is_asked_for_the_absolute_url() throws Exception {
        try (RawServer server = new RawServer(RawServer.json("{\"ID\":\"p1\"}"));
                ProxyServer proxy = new ProxyServer(server.port(), null)) {
            Exchange out = get("baseUrl=http://clinic.test:8080&allowInsecureHttp=true&proxyHost=localhost&proxyPort="
                    + proxy.port());

            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "p1"));
            assertThat(proxy.heads()).hasSize(1);
            assertThat(proxy.heads().get(0))
                    .startsWith("GET http://clinic.test:8080/api/v3/patients/getPatientByID?patientID=p1 HTTP/1.1\r\n");
            assertThat(server.request())
                    .startsWith("GET /api/v3/patients/getPatientByID?patientID=p1 HTTP/1.1\r\n")
                    .contains("\r\nHost: clinic.test:8080\r\n")
                    .contains("\r\napi: " + StubClinicea.API_KEY + "\r\n");
        }
    }

    @Test
    void given_a_proxy_when_the_server_is_https_then_a_tunnel_is_opened_and_the_proxy_sees_no_key() throws Exception {
        try (TlsServer server = new TlsServer(Certificates.SERVER, false);
                ProxyServer proxy = new ProxyServer(server.port(), null)) {
            Exchange out = get("baseUrl=https://clinic.test&sslContextParameters=#tls&proxyHost=localhost&proxyPort="
                    + proxy.port());

            assertThat(out.getException()).isNull();
            assertThat(server.requests()).containsExactly("GET /api/v3/patients/getPatientByID?patientID=p1");
            assertThat(proxy.heads()).hasSize(1);
            assertThat(proxy.heads().get(0))
                    .startsWith("CONNECT clinic.test:443 HTTP/1.1\r\n")
                    .doesNotContain(StubClinicea.API_KEY)
                    .doesNotContain("patientID");
        }
    }

    @Test
    void given_a_proxy_when_the_tunnel_leads_to_a_server_of_another_name_then_it_is_refused() throws Exception {
        try (TlsServer server = new TlsServer(Certificates.ELSEWHERE, false);
                ProxyServer proxy = new ProxyServer(server.port(), null)) {
            Exchange out = get("baseUrl=https://clinic.test&sslContextParameters=#tls&proxyHost=localhost&proxyPort="
                    + proxy.port());

            assertThat(out.getException()).isInstanceOf(CliniceaException.class).hasMessageContaining("certificate");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void given_a_proxy_that_is_down_when_the_server_can_be_reached_without_it_then_it_is_not_asked_all_the_same()
            throws Exception {
        try (StubClinicea clinicea = new StubClinicea();
                ClosedPort nobody = new ClosedPort()) {
            clinicea.server().stubFor(WireMock.any(WireMock.anyUrl()).willReturn(StubClinicea.json("{\"ID\":\"p1\"}")));

            Exchange out = get("baseUrl=" + clinicea.baseUrl() + "&proxyHost=localhost&proxyPort=" + nobody.port());

            assertThat(out.getException()).isInstanceOf(CliniceaException.class);
            assertThat(clinicea.server().getAllServeEvents()).isEmpty();
        }
    }

    @Test
    void given_a_http_component_of_the_users_when_it_has_a_proxy_with_credentials_then_they_are_given_to_it()
            throws Exception {
        try (TlsServer server = new TlsServer(Certificates.SERVER, false);
                ProxyServer proxy = new ProxyServer(server.port(), AUTHORIZATION)) {
            HttpComponent own = through(proxy);
            own.setProxyAuthMethod("Basic");
            own.setProxyAuthUsername(USER);
            own.setProxyAuthPassword(PASSWORD);

            assertThat(get("baseUrl=https://clinic.test&httpComponent=#own").getException())
                    .isNull();

            assertThat(server.requests()).hasSize(1);
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT clinic.test:443 HTTP/1.1\r\n")
                            .doesNotContain(StubClinicea.API_KEY));
        }
    }

    @Test
    void given_a_proxy_that_demands_credentials_when_there_are_none_then_the_failure_says_so() throws Exception {
        try (TlsServer server = new TlsServer(Certificates.SERVER, false);
                ProxyServer proxy = new ProxyServer(server.port(), AUTHORIZATION)) {
            through(proxy);

            Exchange out = get("baseUrl=https://clinic.test&httpComponent=#own");

            assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
                assertThat(e).hasMessageContaining("proxy").hasMessageContaining("httpComponent");
                assertThat(e.getHttpResponseCode()).isEqualTo(407);
                assertThat(e.isRetryable()).isFalse();
            });
            assertThat(server.requests()).isEmpty();
        }
    }
}
