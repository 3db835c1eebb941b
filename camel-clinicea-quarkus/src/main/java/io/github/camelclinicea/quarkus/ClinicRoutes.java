/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.quarkus;

import io.github.camelclinicea.transform.CliniceaCloudEventDataTypeTransformer;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Writes every change as a row of a table, and books an appointment for a patient who asks for one. */
public class ClinicRoutes extends RouteBuilder {
    @Override
    public void configure() {
        transformer().name("clinicea:application-cloudevents").withJava(CliniceaCloudEventDataTypeTransformer.class);

        from("clinicea:patients?idempotentRepository=#syncState&delay={{clinic.poll-every}}")
                .routeId("patients")
                .to("sql:INSERT INTO seen (id) VALUES (:#CamelCliniceaRecordId)")
                .filter(ClinicRoutes::asksForAnAppointment)
                .setBody(ClinicRoutes::appointment)
                .to("clinicea:appointments?operation=create");

        from("clinicea:bills?idempotentRepository=#syncState&scheduler=quartz&scheduler.cron=RAW({{clinic.bills-at}})")
                .routeId("bills")
                .transformDataType("clinicea:application-cloudevents")
                .to("sql:INSERT INTO seen (id) VALUES (:#CamelCloudEventSubject)");
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
