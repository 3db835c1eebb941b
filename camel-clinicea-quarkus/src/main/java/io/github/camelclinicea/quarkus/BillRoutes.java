/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.quarkus;

import io.github.camelclinicea.transform.CliniceaCloudEventDataTypeTransformer;
import org.apache.camel.builder.RouteBuilder;

/** Writes every change of a bill as a row of a table. It polls by a cron, which needs Quartz. */
public class BillRoutes extends RouteBuilder {
    @Override
    public void configure() {
        transformer().name("clinicea:application-cloudevents").withJava(CliniceaCloudEventDataTypeTransformer.class);

        from("clinicea:bills?idempotentRepository=#syncState&scheduler.cron=RAW({{clinic.bills-at}})")
                .routeId("bills")
                .transformDataType("clinicea:application-cloudevents")
                .to("sql:INSERT INTO seen (id) VALUES (:#CamelCloudEventSubject)");
    }
}
