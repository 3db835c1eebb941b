/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BookAppointmentTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void given_a_patient_when_booked_then_the_clinic_has_the_appointment_and_the_route_its_id() {
        List<String> booked = new CopyOnWriteArrayList<>();
        String patient = clinicea.clinic().ids("patients").get(0);
        Main main = new Main();
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new BookAppointment());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:booked")
                        .process(e -> booked.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        main.start();
        try {
            Exchange out = main.getCamelContext()
                    .createFluentProducerTemplate()
                    .to("direct:book")
                    .withBody(Map.of("patientID", patient, "appointmentDateTime", "2027-03-01T09:30:00"))
                    .send();
            assertThat(out.getException()).isNull();
        } finally {
            main.stop();
        }

        assertThat(booked).hasSize(1);
        assertThat(clinicea.clinic().row("appointments", booked.get(0)).orElseThrow())
                .containsEntry("PatientID", patient);
    }
}
