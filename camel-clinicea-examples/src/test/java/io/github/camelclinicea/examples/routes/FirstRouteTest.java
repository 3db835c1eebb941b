/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the README's first route in each of its three dialects, against the sandbox. */
class FirstRouteTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(120));

    private final Set<String> saved = ConcurrentHashMap.newKeySet();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    private void startWith(String include) {
        main.bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:savePatient")
                        .process(e -> saved.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
                from("direct:removePatient")
                        .process(e -> removed.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        if (include == null) {
            main.configure().addRoutesBuilder(new FirstRoute());
        } else {
            main.configure().withRoutesIncludePattern(include);
        }
        main.start();
    }

    private void assertPatientsArrive() {
        await().untilAsserted(() -> assertThat(saved)
                .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
    }

    @Test
    void given_the_route_in_java_when_started_then_every_patient_arrives() {
        startWith(null);
        assertPatientsArrive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:routes/first-route.xml", "classpath:routes/first-route.yaml"})
    void given_the_route_in_xml_or_yaml_when_started_then_every_patient_arrives(String file) {
        startWith(file);
        assertPatientsArrive();
    }

    @Test
    void given_a_deleted_patient_when_polled_then_it_goes_the_other_way() {
        Map<String, Object> patient = clinicea.clinic().add("patients");
        String id = (String) patient.get("PatientID");
        clinicea.clinic().delete("patients", id);

        startWith(null);

        await().until(() -> removed.contains(id));
        assertThat(saved).doesNotContain(id);
    }
}
