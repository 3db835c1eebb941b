package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A look-up whose arguments are written as text, as a route in YAML has it. */
class WhoCallsTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void given_a_number_that_calls_when_looked_up_then_it_is_the_patients() {
        clinicea.clinic().add("patients", Map.of("PatientID", "p-17", "Mobile", "555-0200", "MobileCountryCode", "+1"));
        Main main = new Main();
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().withRoutesIncludePattern("classpath:routes/who-calls.yaml");
        main.start();
        try {
            List<?> patients = main.getCamelContext()
                    .createProducerTemplate()
                    .requestBody("direct:whoCalls", "555-0200", List.class);

            assertThat(patients)
                    .hasSize(1)
                    .first()
                    .isInstanceOfSatisfying(
                            Map.class,
                            patient -> assertThat(patient.get("PatientID")).isEqualTo("p-17"));
        } finally {
            main.stop();
        }
    }
}
