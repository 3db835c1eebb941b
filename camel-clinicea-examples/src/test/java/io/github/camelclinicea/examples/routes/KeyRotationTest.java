/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ContextReloadStrategy;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests the ways to rotate a key in Camel Main. */
class KeyRotationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final Main main = new Main();
    private final List<String> saved = new CopyOnWriteArrayList<>();
    private volatile String vault = "the-key-of-last-month";

    @AfterEach
    void stop() {
        main.stop();
    }

    private void start() {
        main.addInitialProperty("camel.component.clinicea.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?initialDelay=0&delay=100")
                        .routeId("patients")
                        .process(e -> saved.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        main.start();
        assertThat(main.getCamelContext().getRoute("patients")).isNotNull();
    }

    private void assertRefusedSoFar() {
        CliniceaConsumer consumer =
                (CliniceaConsumer) main.getCamelContext().getRoute("patients").getConsumer();
        await().atMost(PATIENCE).until(() -> consumer.recentPollList().size() > 1);
        assertThat(saved).isEmpty();
    }

    private void assertEveryPatientArrives() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(saved)
                        .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
    }

    @Test
    void given_a_key_in_a_file_when_the_file_gets_another_then_the_running_route_sends_that(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("clinicea-key"), "the-key-of-last-month\n");
        main.bind("cliniceaKey", new KeyFile(file));
        main.addInitialProperty("camel.component.clinicea.api-key-supplier", "#bean:cliniceaKey");
        start();
        assertRefusedSoFar();

        Files.writeString(file, clinicea.apiKey() + "\n");

        assertEveryPatientArrives();
    }

    @Test
    void
            given_a_property_of_the_component_from_a_vault_when_the_context_is_reloaded_then_the_route_sends_the_new_key() {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport same) {
                same.getCamelContext().getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
                    @Override
                    public String getName() {
                        return "test-vault";
                    }

                    @Override
                    public String apply(String name) {
                        return vault;
                    }
                });
            }
        });
        main.addInitialProperty("camel.component.clinicea.api-key", "{{test-vault:clinicea}}");
        main.addInitialProperty("camel.main.context-reload-enabled", "true");
        start();
        assertRefusedSoFar();

        vault = clinicea.apiKey();
        main.getCamelContext().hasService(ContextReloadStrategy.class).onReload("test");

        assertEveryPatientArrives();
    }
}
