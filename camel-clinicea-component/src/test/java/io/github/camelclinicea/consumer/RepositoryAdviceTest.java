/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.Warnings;
import java.io.File;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.caffeine.processor.idempotent.CaffeineIdempotentRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.hazelcast.HazelcastIdempotentRepository;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

class RepositoryAdviceTest {
    @Test
    void given_a_repository_that_forgets_when_asked_then_the_advice_says_why() {
        assertThat(RepositoryAdvice.of(new MemoryIdempotentRepository()))
                .hasValueSatisfying(advice -> assertThat(advice).contains("memory"));
        assertThat(RepositoryAdvice.of(new CaffeineIdempotentRepository()))
                .hasValueSatisfying(advice -> assertThat(advice).contains("memory"));
        assertThat(RepositoryAdvice.of(FileIdempotentRepository.fileIdempotentRepository(new File("target/keys"))))
                .hasValueSatisfying(advice -> assertThat(advice).contains("crash"));
    }

    @Test
    void given_a_repository_that_keeps_when_asked_then_there_is_no_advice() {
        assertThat(RepositoryAdvice.of(new JdbcMessageIdRepository())).isEmpty();
        assertThat(RepositoryAdvice.of(new HazelcastIdempotentRepository(null))).isEmpty();
    }

    @Test
    void given_a_repository_when_it_is_to_keep_a_budget_then_only_one_that_drops_keys_is_advised_against() {
        assertThat(RepositoryAdvice.ofBudget(new MemoryIdempotentRepository())).isPresent();
        assertThat(RepositoryAdvice.ofBudget(new CaffeineIdempotentRepository()))
                .isPresent();
        assertThat(RepositoryAdvice.ofBudget(
                        MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>())))
                .isEmpty();
        assertThat(RepositoryAdvice.ofBudget(new JdbcMessageIdRepository())).isEmpty();
    }

    @Test
    void given_no_repository_when_the_route_starts_then_there_is_one_warning_that_names_the_option() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        try (StubClinicea clinicea = new StubClinicea();
                Warnings warnings = new Warnings(CliniceaConsumer.class)) {
            clinicea.servePatients(patients(0, 1));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(clinicea.uri("patients", "delay=50")).to("log:rows?level=OFF");
                }
            });
            camel.start();
            camel.stop();

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("idempotentRepository")
                    .contains("patients")
                    .contains("stateDataSource");
        }
    }
}
