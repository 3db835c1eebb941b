/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Books an appointment. If no response comes, it looks for the appointment, so that it never books a second one. */
public class BookOnce extends RouteBuilder {
    @Override
    public void configure() {
        onException(CliniceaOutcomeUnknownException.class)
                .handled(true)
                .setProperty("wanted", body())
                .setHeader(CliniceaConstants.PARAMETERS)
                .exchange(exchange -> Map.of("patientID", wanted(exchange, "patientID")))
                .to("clinicea:appointments?apiKey={{clinicea.api-key}}&operation=listByPatient")
                .choice()
                .when(BookOnce::isThere)
                .to("direct:booked")
                .otherwise()
                .setBody(exchangeProperty("wanted"))
                .to("direct:lookAtIt");

        from("direct:bookOnce")
                .to("clinicea:appointments?apiKey={{clinicea.api-key}}&operation=create")
                .to("direct:booked");
    }

    private static boolean isThere(Exchange exchange) {
        List<?> appointments = exchange.getMessage().getBody(List.class);
        return appointments.stream()
                .map(appointment -> ((Map<?, ?>) appointment).get("StartDateTime"))
                .anyMatch(wanted(exchange, "appointmentDateTime")::equals);
    }

    private static Object wanted(Exchange exchange, String field) {
        return exchange.getProperty("wanted", Map.class).get(field);
    }
}
