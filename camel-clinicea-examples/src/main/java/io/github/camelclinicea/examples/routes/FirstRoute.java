/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** The README's first route: each changed patient goes to one of two places. */
public class FirstRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:patients?apiKey={{clinicea.api-key}}&idempotentRepository=#syncState")
                .routeId("patients")
                .choice()
                .when(simple("${header.CamelCliniceaDataStatus} == 'Deleted'"))
                .to("direct:removePatient")
                .otherwise()
                .to("direct:savePatient");
    }
}
