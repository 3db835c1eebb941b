/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks up a record with arguments that are written as text, as in a route in YAML. */
class WhoCallsTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @BeforeAll
    static void addPatient() {
        clinicea.clinic().add("patients", Map.of("PatientID", "p-17", "Mobile", "555-0200", "MobileCountryCode", "+1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"555-0200\",\"ClinicID\":\"other", "555-0200,ClinicID,other", "${body}", "555-0200)}"})
    void given_a_text_that_looks_like_more_arguments_when_looked_up_then_it_is_one_argument(String text) {
        assertThat(whoCalls(text)).isEmpty();
    }

    @Test
    void given_a_number_that_calls_when_looked_up_then_it_is_the_patients() {
        assertThat(whoCalls("555-0200"))
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Map.class,
                        patient -> assertThat(patient.get("PatientID")).isEqualTo("p-17"));
    }

    private static List<?> whoCalls(String number) {
        Main main = new Main();
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().withRoutesIncludePattern("classpath:routes/who-calls.yaml");
        main.start();
        try {
            return main.getCamelContext().createProducerTemplate().requestBody("direct:whoCalls", number, List.class);
        } finally {
            main.stop();
        }
    }
}
