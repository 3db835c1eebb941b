/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Defines the README's first route. It sends each changed patient to one of two endpoints. */
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
