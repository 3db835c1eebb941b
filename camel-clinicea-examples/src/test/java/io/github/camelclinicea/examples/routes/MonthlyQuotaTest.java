/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MonthlyQuotaTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(7));

    @Test
    void given_a_budget_when_patients_are_followed_then_they_come_and_the_requests_are_counted() {
        Set<String> patients = ConcurrentHashMap.newKeySet();
        Map<String, Object> keys = new ConcurrentHashMap<>();
        Main main = new Main();
        main.bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new MonthlyQuota());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:patient")
                        .process(
                                e -> patients.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        main.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> patients.size() == 7);
        } finally {
            main.stop();
        }
        assertThat(keys.keySet()).anyMatch(key -> key.startsWith("clinicea-budget/"));
    }
}
