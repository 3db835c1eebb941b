/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Publishes each changed patient as a CloudEvent. */
public class PublishPatients extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:patients?apiKey={{clinicea.api-key}}&idempotentRepository=#syncState")
                .transformDataType("clinicea:application-cloudevents")
                .to("direct:publish");
    }
}
