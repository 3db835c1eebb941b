/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Defines a first producer. It books an appointment from the fields of the body. */
public class BookAppointment extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:book")
                .to("clinicea:appointments?apiKey={{clinicea.api-key}}&operation=create")
                .to("direct:booked");
    }
}
