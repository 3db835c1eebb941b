/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditTrailTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final List<String> trail = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger("audit");
    private final AbstractAppender appender = new AbstractAppender("trail", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            trail.add(event.getMessage().getFormattedMessage());
        }
    };

    @BeforeEach
    void follow() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void leave() {
        logger.removeAppender(appender);
        appender.stop();
    }

    @Test
    void given_an_audit_trail_when_records_are_written_and_read_then_it_tells_of_both_and_of_no_content() {
        Main main = new Main();
        main.bind("audit", new AuditTrail());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addInitialProperty("camel.component.clinicea.configuration.api-key", clinicea.apiKey());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:newLead").routeId("leads").to("clinicea:leads?operation=create");
                from("clinicea:patients?initialDelay=0").routeId("mirror").log("${header.CamelCliniceaRecordId}");
            }
        });
        main.start();
        try {
            main.getCamelContext()
                    .createProducerTemplate()
                    .sendBody("direct:newLead", Map.of("FirstName", "Ada", "LastName", "Example"));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(trail)
                            .anyMatch(line -> line.contains("leads create") && line.contains("DONE"))
                            .anyMatch(line -> line.contains("sync patients") && line.contains("COMPLETE")));
            assertThat(trail).noneMatch(line -> line.contains("Ada") || line.contains(clinicea.apiKey()));
        } finally {
            main.stop();
        }
    }
}
