/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.clinics;

import org.apache.camel.builder.RouteBuilder;

/**
 * The route that each clinic has: its patients go to {@code direct:patient}, with the clinic's name in a header. Each is a
 * sync of its own in the shared repository, and all of them are polled by the threads of one pool.
 */
public class ClinicTemplate extends RouteBuilder {
    /** The template's name. */
    public static final String NAME = "clinic";

    @Override
    public void configure() {
        routeTemplate(NAME)
                .templateParameter("clinic")
                .templateParameter("apiKey")
                .from("clinicea:patients?apiKey=RAW({{apiKey}})&syncId={{clinic}}-patients"
                        + "&idempotentRepository=#syncState&scheduledExecutorService=#pollers"
                        + "&delay={{clinics.poll-every}}")
                .setHeader("clinic", constant("{{clinic}}"))
                .to("direct:patient");
    }
}
