/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClinicTimesTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(3).appointments(20));

    private final List<Message> rows = new CopyOnWriteArrayList<>();
    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new ClinicTimes());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:calendar").process(e -> rows.add(e.getMessage().copy()));
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void given_appointments_when_followed_then_the_route_has_their_moments() {
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.size() == 20);

        assertThat(rows).allSatisfy(row -> {
            String local = (String) ((Map<?, ?>) row.getBody()).get("StartDateTime");
            assertThat(row.getHeader("start"))
                    .isEqualTo(LocalDateTime.parse(local)
                            .atZone(ZoneId.of("Asia/Dubai"))
                            .toInstant());
            assertThat(row.getHeader(CliniceaConstants.MODIFIED_INSTANT)).isInstanceOf(Instant.class);
        });
    }

    @Test
    void given_a_patient_when_booked_now_then_the_moment_is_sent_in_utc() {
        Instant before = Instant.now();
        Exchange out = main.getCamelContext()
                .createFluentProducerTemplate()
                .to("direct:bookNow")
                .withBody(clinicea.clinic().ids("patients").get(0))
                .send();

        assertThat(out.getException()).isNull();
        String id = out.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
        Map<String, Object> row = clinicea.clinic().row("appointments", id).orElseThrow();
        assertThat(LocalDateTime.parse((String) row.get("StartDateTime")).toInstant(ZoneOffset.UTC))
                .isBetween(before.minusSeconds(1), Instant.now());
    }
}
