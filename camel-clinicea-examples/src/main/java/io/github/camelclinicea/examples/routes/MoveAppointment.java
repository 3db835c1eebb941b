/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import io.github.camelclinicea.CliniceaConstants;
import org.apache.camel.builder.RouteBuilder;

/**
 * Moves an appointment to another time and keeps its other fields, although Clinicea's update overwrites every field
 * that is not sent.
 */
public class MoveAppointment extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:move")
                .to("clinicea:appointments?apiKey={{clinicea.api-key}}&operation=update&mergeOnUpdate=true")
                .filter(header(CliniceaConstants.CONFLICT))
                .to("direct:tellTheDesk")
                .end();
    }
}
