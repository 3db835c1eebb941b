/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Processes all patients of a clinic with one page in memory. */
public class EachPatient extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:eachPatient")
                .to("clinicea:patients?apiKey={{clinicea.api-key}}&operation=list&streamList=true")
                .split(body())
                .streaming()
                .to("direct:patient")
                .end();
    }
}
