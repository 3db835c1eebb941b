/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.clinics;

import org.apache.camel.builder.RouteBuilder;

/**
 * Defines the route of each clinic. The clinic's patients go to {@code direct:patient}, with the clinic's name in a
 * header. Each clinic has its own sync in the shared repository, and one pool of threads polls all of them.
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
