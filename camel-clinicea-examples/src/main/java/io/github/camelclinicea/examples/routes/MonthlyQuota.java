/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** Follows the patients of a clinic within a monthly budget of requests. */
public class MonthlyQuota extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:patients?apiKey={{clinicea.api-key}}&idempotentRepository=#syncState&requestsPerMonth=100000")
                .to("direct:patient");
    }
}
