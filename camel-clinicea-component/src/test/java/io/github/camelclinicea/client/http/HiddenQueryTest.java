/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelclinicea.secrets.CanaryWatch;
import java.net.URI;
import java.util.Set;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HiddenQueryTest {
    private static final String TARGET = "/x/%2E?api_key=" + CanaryWatch.WORD + ":1&&q=a?b";

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("localhost"));
    private final CanaryWatch watch = new CanaryWatch(Level.TRACE, Set.of(CanaryWatch.HEADERS, CanaryWatch.WIRE));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        watch.close();
        server.stop();
    }

    private int get(String target) throws Exception {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials("tester", "invented".toCharArray()));
        HttpClientBuilder builder = HttpClientBuilder.create().setDefaultCredentialsProvider(credentials);
        HiddenQuery.install(builder);
        try (CloseableHttpClient client = builder.build()) {
            HttpUriRequestBase request = new HttpUriRequestBase("GET", URI.create(server.baseUrl() + target));
            return client.execute(request, HiddenQuery.of(request), response -> response.getCode());
        }
    }

    @Test
    void given_a_query_when_sent_then_it_is_on_the_wire_as_given_and_in_no_log() throws Exception {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));

        assertThat(get(TARGET)).isEqualTo(204);

        assertThat(server.findAll(anyRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getUrl)
                .containsExactly(TARGET);
        assertThat(watch.hits()).isEmpty();
        assertThat(watch.hitsLeftOut()).hasSize(2);
    }

    @Test
    void given_a_request_that_the_client_sends_a_second_time_with_credentials_when_sent_then_it_is_still_in_no_log()
            throws Exception {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"clinic\"")));

        assertThat(get(TARGET)).isEqualTo(401);

        assertThat(server.findAll(anyRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getUrl)
                .containsExactly(TARGET, TARGET);
        assertThat(watch.hits()).isEmpty();
    }

    @Test
    void given_no_query_when_sent_then_the_path_is_as_given() throws Exception {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));

        get("/x/y;z=1");

        assertThat(server.findAll(anyRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getUrl)
                .containsExactly("/x/y;z=1");
    }
}
