/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the documentation's snippets of the sandbox. */
class SandboxSnippetsTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();
    // from("clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl())

    @Test
    void given_the_clinic_when_a_patient_is_added_changed_and_deleted_then_it_is_gone() {
        Map<String, Object> patient = clinicea.clinic().add("patients", Map.of("FirstName", "Zoë"));
        clinicea.clinic().change("patients", (String) patient.get("PatientID"));
        clinicea.clinic().delete("patients", (String) patient.get("PatientID"));

        assertThat(clinicea.clinic().row("patients", (String) patient.get("PatientID")))
                .isEmpty();
    }

    @Test
    void given_stubs_of_ones_own_when_laid_over_the_clinic_then_the_server_has_them() {
        CliniceaSandbox sandbox = clinicea.sandbox();
        int before = sandbox.wireMock().getStubMappings().size();

        sandbox.wireMock().stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        sandbox.wireMock()
                .stubFor(any(anyUrl())
                        .willReturn(aResponse()
                                .withTransformers(CliniceaSandbox.TRANSFORMER)
                                .withFixedDelay(500)));

        assertThat(sandbox.wireMock().getStubMappings()).hasSize(before + 2);
    }
}
