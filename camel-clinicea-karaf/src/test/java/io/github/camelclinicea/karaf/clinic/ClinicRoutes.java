/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf.clinic;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataType;

/** Writes every change of a patient as a line of a file and as a row of a table, and books an appointment for a patient who asks for one. */
final class ClinicRoutes extends RouteBuilder {
    private static final String CLINICEA = "apiKey={{clinicea.api-key}}&baseUrl={{clinicea.base-url}}";

    private final String release;

    private final String billsAt;

    /** The first release polls all resources by delay, and needs no Quartz. Later ones poll the bills by a cron. */
    ClinicRoutes(String release) {
        this.release = release;
        this.billsAt = release.startsWith("1.") ? "delay=1s" : "scheduler.cron=0/1+*+*+*+*+?";
    }

    @Override
    public void configure() {
        from("clinicea:patients?idempotentRepository=#syncState&initialDelay=0&delay=1s&" + CLINICEA)
                .routeId("patients")
                .setProperty("id", header("CamelCliniceaRecordId"))
                .choice()
                .when(simple("${body[Notes]} == 'asks for an appointment'"))
                .to("direct:book")
                .end()
                .setBody(this::line)
                .to("file:{{karaf.data}}?fileName=patients.txt&fileExist=Append");

        from("clinicea:patients?batching=true&transacted=true&stateDataSource=#dataSource&delay=1s&" + CLINICEA)
                .routeId("mirror")
                .to("sql:INSERT INTO mirrored (id) VALUES (:#PatientID)?batch=true");

        from("direct:book")
                .routeId("book")
                .process(exchange -> exchange.getMessage()
                        .setBody(Map.of(
                                "patientID",
                                exchange.getMessage().getBody(Map.class).get("PatientID"),
                                "appointmentDateTime",
                                "2027-03-01T09:30:00")))
                .to("clinicea:appointments?operation=create&" + CLINICEA);

        from("clinicea:bills?idempotentRepository=#syncState&" + billsAt + "&" + CLINICEA)
                .routeId("bills")
                .transform(new DataType("clinicea:application-cloudevents"))
                .setProperty("id", header("CamelCloudEventSubject"))
                .setBody(this::line)
                .to("file:{{karaf.data}}?fileName=bills.txt&fileExist=Append");
    }

    private String line(Exchange exchange) {
        return release + " " + exchange.getProperty("id") + "\n";
    }
}
