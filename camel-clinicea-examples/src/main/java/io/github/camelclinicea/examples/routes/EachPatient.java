/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Goes through all patients of a clinic, however many: a page of them is in memory. */
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
