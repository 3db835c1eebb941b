/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Passes each changed patient on as an object of a class of one's own. */
public class PatientContacts extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:patients?apiKey={{clinicea.api-key}}&bodyType=" + PatientContact.class.getName())
                .to("direct:contact");
    }
}
