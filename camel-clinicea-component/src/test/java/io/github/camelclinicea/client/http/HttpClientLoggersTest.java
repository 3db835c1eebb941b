/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.secrets.CanaryWatch;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the warning that the HTTP client's log will contain secrets and data of patients. */
class HttpClientLoggersTest {
    private final CanaryWatch watch = new CanaryWatch(Level.INFO, Set.of());
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
        watch.close();
    }

    private void start() {
        camel.start();
        camel.getEndpoint("clinicea:patients?apiKey=k");
        camel.getEndpoint("clinicea:bills?apiKey=k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CanaryWatch.HEADERS,
                CanaryWatch.WIRE,
                CanaryWatch.GARBAGE,
            })
    void given_a_logger_that_prints_the_wire_when_the_component_starts_then_it_warns_once(String logger) {
        watch.level(logger, Level.DEBUG);

        start();

        assertThat(watch.warnings())
                .singleElement()
                .asString()
                .contains("[" + logger + "]")
                .contains("credentials")
                .contains("turn it off");
    }

    @Test
    void given_the_http_client_at_debug_when_the_component_starts_then_one_warning_names_all() {
        watch.level("org.apache.hc.client5", Level.DEBUG);

        start();

        assertThat(watch.warnings())
                .singleElement()
                .asString()
                .contains("headers")
                .contains("wire");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.hc.client5.http.impl.classic", "io.github.camelclinicea"})
    void given_other_loggers_when_the_component_starts_then_there_is_no_warning(String logger) {
        watch.level(logger, Level.TRACE);

        start();

        assertThat(watch.warnings()).isEmpty();
    }
}
