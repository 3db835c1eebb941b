/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs operations of a producer against the sandbox, over HTTP. */
class WritingIT {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange call(String apiKey, String resource, String operation, Object body, Map<String, Object> headers) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:" + resource + "?operation=" + operation + "&apiKey=" + apiKey + "&baseUrl="
                        + clinicea.baseUrl())
                .withProcessor(exchange -> {
                    exchange.getMessage().setBody(body);
                    exchange.getMessage().setHeaders(new HashMap<>(headers));
                })
                .send();
    }

    @Test
    void given_an_appointment_when_created_then_the_clinic_has_it() {
        String patient = clinicea.clinic().ids("patients").get(0);

        Exchange out = call(
                clinicea.apiKey(),
                "appointments",
                "create",
                Map.of("patientID", patient, "appointmentDateTime", "2027-03-01T09:30:00"),
                Map.of());

        assertThat(out.getException()).isNull();
        String id = out.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
        assertThat(clinicea.clinic().row("appointments", id).orElseThrow()).containsEntry("PatientID", patient);
    }

    @Test
    void given_a_patient_when_got_then_its_record_is_the_body() {
        String patient = clinicea.clinic().ids("patients").get(1);

        Exchange out = call(clinicea.apiKey(), "patients", "get", null, Map.of(CliniceaConstants.RECORD_ID, patient));

        assertThat(out.getException()).isNull();
        assertThat(((Map<?, ?>) out.getMessage().getBody()).get("PatientID")).isEqualTo(patient);
    }

    @Test
    void given_bills_when_listed_then_all_of_them_are_the_body() {
        Exchange out = call(clinicea.apiKey(), "bills", "list", null, Map.of());

        assertThat(out.getException()).isNull();
        assertThat((List<?>) out.getMessage().getBody()).hasSize(100);
    }

    @Test
    void given_a_wrong_key_when_called_then_the_exchange_fails_with_the_servers_code() {
        Exchange out = call(
                "not-the-key",
                "patients",
                "get",
                null,
                Map.of(
                        CliniceaConstants.RECORD_ID,
                        clinicea.clinic().ids("patients").get(1)));

        assertThat(out.getException())
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        refused -> assertThat(refused.getHttpResponseCode()).isEqualTo(401));
    }
}
