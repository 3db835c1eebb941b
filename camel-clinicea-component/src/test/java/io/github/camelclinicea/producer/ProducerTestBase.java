/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Provides a server and a context for tests of single operations. */
public abstract class ProducerTestBase {
    public final StubClinicea clinicea = new StubClinicea();
    public final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    public void start() {
        camel.start();
    }

    @AfterEach
    public void stop() {
        camel.stop();
        clinicea.close();
    }

    public FluentProducerTemplate call(String resource, String options) {
        return callAt(clinicea.baseUrl(), resource, options);
    }

    /** Returns an operation on another server. */
    public FluentProducerTemplate callAt(String baseUrl, String resource, String options) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:" + resource + "?apiKey=" + StubClinicea.API_KEY + "&baseUrl=" + baseUrl
                        + (options.isEmpty() ? "" : "&" + options));
    }

    public void serve(ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer));
    }

    public LoggedRequest onlyRequest() {
        List<LoggedRequest> requests =
                clinicea.server().findAll(RequestPatternBuilder.newRequestPattern(RequestMethod.ANY, anyUrl()));
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    public void assertNothingSent() {
        assertThat(clinicea.server().findAll(RequestPatternBuilder.newRequestPattern(RequestMethod.ANY, anyUrl())))
                .isEmpty();
    }
}
