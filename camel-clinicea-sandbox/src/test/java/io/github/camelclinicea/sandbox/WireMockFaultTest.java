/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WireMockFaultTest {
    private static final String PATIENTS = "/api/v1/patients?intPageNo=0&lastSyncDate=" + Caller.EVER;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void givenAFaultIsStubbed_whenAsked_thenItComesBeforeTheClinicUntilItIsRemoved() {
        StubMapping fault = stub(aResponse().withStatus(503));
        assertThat(status()).isEqualTo(503);
        assertThat(clinicea.sandbox().requests()).isZero();
        clinicea.sandbox().wireMock().removeStub(fault);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void givenADelayIsStubbedWithTheTransformer_whenAsked_thenTheClinicAnswersLate() {
        stub(aResponse().withTransformers(CliniceaSandbox.TRANSFORMER).withFixedDelay(300));
        long begin = System.nanoTime();
        assertThat(status()).isEqualTo(200);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isGreaterThanOrEqualTo(300);
    }

    @Test
    void givenARequest_whenVerified_thenWireMockKnowsIt() {
        status();
        clinicea.sandbox().wireMock().verify(1, getRequestedFor(urlPathEqualTo("/api/v1/patients")));
    }

    @Test
    void givenManyRequests_whenServed_thenTheJournalStaysSmall() {
        for (int i = 0; i < 1_100; i++) {
            new Caller(clinicea.sandbox()).get("/nowhere");
        }
        assertThat(clinicea.sandbox().requests()).isEqualTo(1_100);
        assertThat(clinicea.sandbox().wireMock().getAllServeEvents()).hasSize(1_000);
    }

    private StubMapping stub(ResponseDefinitionBuilder response) {
        return clinicea.sandbox().wireMock().stubFor(any(anyUrl()).willReturn(response));
    }

    private int status() {
        return new Caller(clinicea.sandbox()).get(PATIENTS).statusCode();
    }
}
