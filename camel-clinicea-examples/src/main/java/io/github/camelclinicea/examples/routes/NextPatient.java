/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Takes one changed patient whenever another route or a user asks for it. */
public class NextPatient extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:nextPatient")
                .pollEnrich("clinicea:patients?apiKey={{clinicea.api-key}}&idempotentRepository=#syncState", 5000)
                .filter(body().isNotNull())
                .to("direct:savePatient");
    }
}
