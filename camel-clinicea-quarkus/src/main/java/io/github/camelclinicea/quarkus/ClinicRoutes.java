/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.quarkus;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Writes every change of a patient as a row of a table, and books an appointment for a patient who asks for one. */
public class ClinicRoutes extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:patients?idempotentRepository=#syncState&delay={{clinic.poll-every}}")
                .routeId("patients")
                .to("sql:INSERT INTO seen (id) VALUES (:#CamelCliniceaRecordId)")
                .filter(ClinicRoutes::asksForAnAppointment)
                .setBody(ClinicRoutes::appointment)
                .to("clinicea:appointments?operation=create");
    }

    private static boolean asksForAnAppointment(Exchange exchange) {
        return "asks for an appointment".equals(patient(exchange).get("Notes"));
    }

    private static Map<String, Object> appointment(Exchange exchange) {
        return Map.of("patientID", patient(exchange).get("PatientID"), "appointmentDateTime", "2027-03-01T09:30:00");
    }

    private static Map<?, ?> patient(Exchange exchange) {
        return exchange.getMessage().getBody(Map.class);
    }
}
