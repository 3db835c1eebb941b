/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import io.github.camelclinicea.CliniceaConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Uploads the files that are put into a patient's folder. */
public class UploadDocuments extends RouteBuilder {
    @Override
    public void configure() {
        from("file:outbox/p-17?include=.*pdf")
                .setHeader(CliniceaConstants.PARAMETERS)
                .exchange(exchange -> Map.of(
                        "patientID", "p-17", "docName", exchange.getMessage().getHeader(Exchange.FILE_NAME)))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/pdf"))
                .to("clinicea:documents?apiKey={{clinicea.api-key}}&operation=upload");
    }
}
