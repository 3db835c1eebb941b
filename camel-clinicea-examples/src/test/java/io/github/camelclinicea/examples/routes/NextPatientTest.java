/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NextPatientTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void given_a_clinic_when_asked_for_each_next_patient_then_each_comes_once() {
        List<String> saved = new ArrayList<>();
        Main main = new Main();
        main.bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new NextPatient());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:savePatient")
                        .process(e -> saved.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        main.start();
        try {
            List<String> all = clinicea.clinic().ids("patients");
            ProducerTemplate template = main.getCamelContext().createProducerTemplate();
            for (int patient = 0; patient < all.size(); patient++) {
                template.sendBody("direct:nextPatient", null);
            }

            assertThat(saved).containsExactlyInAnyOrderElementsOf(all);
        } finally {
            main.stop();
        }
    }
}
