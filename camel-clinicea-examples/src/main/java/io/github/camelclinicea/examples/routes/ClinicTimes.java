/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import io.github.camelclinicea.CliniceaTimes;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;

/** Reads the local times of a clinic as moments, and books an appointment at a moment. */
public class ClinicTimes extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:appointments?apiKey={{clinicea.api-key}}&clinicZone=Asia/Dubai")
                .log("${header.CamelCliniceaRecordId} was changed at ${header.CamelCliniceaModifiedInstant}")
                .to("direct:appointment");

        bindToRegistry("times", new CliniceaTimes("Asia/Dubai"));

        from("direct:appointment")
                .setHeader("start", method("times", "instant(${body[StartDateTime]})"))
                .to("direct:calendar");

        from("direct:bookNow")
                .setBody(exchange ->
                        Map.of("patientID", exchange.getMessage().getBody(), "appointmentDateTime", Instant.now()))
                .to("clinicea:appointments?apiKey={{clinicea.api-key}}&operation=create&clinicZone=Asia/Dubai");
    }
}
