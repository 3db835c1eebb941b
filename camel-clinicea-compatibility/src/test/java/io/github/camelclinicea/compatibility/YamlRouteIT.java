/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the README's route in YAML, as the examples have it. */
class YamlRouteIT {
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private static final Path ROUTE = Path.of("../camel-clinicea-examples/src/main/resources/routes/first-route.yaml");

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(120));

    @Test
    void given_the_readmes_route_in_yaml_when_started_then_living_and_deleted_go_their_ways() throws Exception {
        Set<String> saved = ConcurrentHashMap.newKeySet();
        Set<String> removed = ConcurrentHashMap.newKeySet();
        String deleted = clinicea.clinic().ids("patients").get(0);
        clinicea.clinic().delete("patients", deleted);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry()
                    .bind(
                            "syncState",
                            MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
            camel.getPropertiesComponent().addInitialProperty("clinicea.api-key", clinicea.apiKey());
            camel.getComponent("clinicea", CliniceaComponent.class)
                    .getConfiguration()
                    .setBaseUrl(clinicea.baseUrl());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:savePatient").process(e -> saved.add(id(e)));
                    from("direct:removePatient").process(e -> removed.add(id(e)));
                }
            });
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromString("first-route.yaml", Files.readString(ROUTE)));

            camel.start();

            await().atMost(A_WHILE).until(() -> saved.size() == 119 && !removed.isEmpty());
            assertThat(saved)
                    .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients"));
            assertThat(removed).containsExactly(deleted);
        }
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }
}
