/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EachPatientTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(350));

    @Test
    void given_more_patients_than_a_page_holds_when_gone_through_then_each_of_them_comes() {
        List<Object> patients = new CopyOnWriteArrayList<>();
        Main main = new Main();
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new EachPatient());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:patient")
                        .process(e ->
                                patients.add(e.getMessage().getBody(Map.class).get("PatientID")));
            }
        });
        main.start();
        try {
            Exchange out = main.getCamelContext()
                    .createFluentProducerTemplate()
                    .to("direct:eachPatient")
                    .send();
            assertThat(out.getException()).isNull();
        } finally {
            main.stop();
        }

        assertThat(clinicea.clinic().ids("patients")).hasSize(350);
        assertThat(patients)
                .containsAll(clinicea.clinic().ids("patients"))
                .hasSameSizeAs(clinicea.clinic().rows("patients"));
    }
}
