/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BookOnceTest {
    private static final String CREATE = "/api/v3/appointments/createAppointment";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final List<Object> booked = new CopyOnWriteArrayList<>();
    private final List<Object> doubtful = new CopyOnWriteArrayList<>();
    private final Main main = new Main();
    private Map<String, Object> wanted;

    @BeforeEach
    void start() {
        wanted = Map.of(
                "patientID", clinicea.clinic().ids("patients").get(0), "appointmentDateTime", "2027-03-01T09:30:00");
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addInitialProperty("camel.component.clinicea.configuration.response-timeout", "2000");
        main.configure().addRoutesBuilder(new BookOnce());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:booked").process(e -> booked.add(e.getMessage().getBody()));
                from("direct:lookAtIt").process(e -> doubtful.add(e.getMessage().getBody()));
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private void book() {
        Exchange out = main.getCamelContext()
                .createFluentProducerTemplate()
                .to("direct:bookOnce")
                .withBody(wanted)
                .send();
        assertThat(out.getException()).isNull();
    }

    private void creates(ResponseDefinitionBuilder answer) {
        clinicea.sandbox().wireMock().stubFor(post(urlPathEqualTo(CREATE)).willReturn(answer));
    }

    private void assertSentOnceAndMade(int appointments) {
        clinicea.sandbox().wireMock().verify(1, postRequestedFor(urlPathEqualTo(CREATE)));
        assertThat(clinicea.clinic().rows("appointments"))
                .filteredOn(row -> row.get("StartDateTime").equals("2027-03-01T09:30:00"))
                .hasSize(appointments);
    }

    @Test
    void given_an_answer_when_booked_then_it_is_booked() {
        book();

        assertThat(booked).hasSize(1);
        assertSentOnceAndMade(1);
    }

    @Test
    void given_an_answer_that_comes_too_late_when_booked_then_it_is_found_and_not_booked_again() {
        creates(aResponse().withTransformers(CliniceaSandbox.TRANSFORMER).withFixedDelay(6_000));

        book();

        assertThat(booked).hasSize(1);
        assertThat(doubtful).isEmpty();
        assertSentOnceAndMade(1);
    }

    @Test
    void given_a_connection_that_breaks_before_it_is_booked_when_booked_then_somebody_is_told() {
        creates(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        book();

        assertThat(booked).isEmpty();
        assertThat(doubtful).containsExactly(wanted);
        assertSentOnceAndMade(0);
    }
}
