/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.WatchedClinic.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.WatchedClinic;
import java.io.File;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that Camel prints no content of a failed row, unless an option demands it or a step of the route quotes the
 * row.
 */
class CamelsOwnDumpsTest {
    private static final String ERROR_HANDLER = "org.apache.camel.processor.errorhandler.DefaultErrorHandler";

    private final CanaryWatch watch = new CanaryWatch(Level.INFO, Set.of());
    private final WatchedClinic clinic = new WatchedClinic();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void serve() {
        clinic.serve(StubClinicea.PATIENTS, json(page(0, 1)));
    }

    @AfterEach
    void close() {
        camel.stop();
        clinic.close();
        watch.close();
    }

    private void startAndAwaitFailure(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(watch.warnings()).anyMatch(line -> line.startsWith(ERROR_HANDLER)));
    }

    private RouteBuilder failing() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(clinic.clinicea().uri("patients", "")).process(exchange -> {
                    throw new IllegalStateException("the route is broken");
                });
            }
        };
    }

    @Test
    void given_nothing_else_when_a_row_fails_then_its_message_history_shows_nothing_of_it() throws Exception {
        camel.setMessageHistory(true);

        startAndAwaitFailure(failing());

        assertThat(watch.warnings()).anyMatch(line -> line.contains("Message History"));
        assertThat(watch.hits()).isEmpty();
    }

    @Test
    void given_logExhaustedMessageBody_when_a_row_fails_then_it_is_printed() throws Exception {
        camel.setLogExhaustedMessageBody(true);

        startAndAwaitFailure(failing());

        assertThat(watch.hits()).isNotEmpty().allMatch(hit -> hit.startsWith("logger " + ERROR_HANDLER));
    }

    @Test
    void given_tracing_when_a_row_is_delivered_then_it_is_printed() throws Exception {
        camel.setTracing(true);

        startAndAwaitFailure(failing());

        assertThat(watch.hits()).isNotEmpty();
    }

    @Test
    void given_a_text_body_when_its_conversion_fails_then_camels_message_quotes_it() throws Exception {
        startAndAwaitFailure(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinic.clinicea().uri("patients", "bodyType=Json")).convertBodyTo(Integer.class);
            }
        });

        assertThat(watch.hits())
                .anyMatch(hit -> hit.contains("TypeConversionException") || hit.contains("InvalidPayloadException"));
    }

    @Test
    void given_a_map_body_when_its_conversion_fails_then_camels_message_does_not_quote_it() throws Exception {
        startAndAwaitFailure(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinic.clinicea().uri("patients", "")).convertBodyTo(File.class);
            }
        });

        assertThat(watch.hits()).isEmpty();
    }
}
