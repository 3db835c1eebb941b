/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.secrets.CanaryWatch.HEADERS;
import static io.github.camelclinicea.secrets.CanaryWatch.WIRE;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.WatchedClinic;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that the server's own text is seen nowhere by default, and that with {@code serverMessageInException=true} the
 * credentials are seen nowhere, although the server echoes them.
 */
class ServerMessageSecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String W = CanaryWatch.WORD;

    private final CanaryWatch watch = new CanaryWatch(Level.TRACE, Set.of(HEADERS, WIRE));
    private final WatchedClinic clinic = new WatchedClinic();
    private final WatchedContext context = new WatchedContext(watch);
    private final DefaultCamelContext camel = context.camel();

    @AfterEach
    void close() {
        context.close();
        clinic.close();
        watch.close();
    }

    private Exchange pollAndGet(Who who, String options) throws Exception {
        String credentials = who.logIn(camel, clinic);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?initialDelay=0&delay=100&repeatCount=4" + credentials + options)
                        .routeId("poll")
                        .process(context::look);
            }
        });
        camel.start();
        await().atMost(PATIENCE)
                .until(() -> ((ScheduledPollConsumer) camel.getRoute("poll").getConsumer()).getErrorCounter() > 2);
        Exchange out = camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get" + credentials + options)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
        context.look(out);
        clinic.assertShownBy(who);
        return out;
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_a_server_that_echoes_credentials_when_the_option_is_on_then_they_are_seen_nowhere(Who who)
            throws Exception {
        String echo = who != Who.STAFF
                ? "Refused: key" + W + " and KEY" + W.toUpperCase(Locale.ROOT) + ". Visible"
                : "Refused: user" + W + ", pass&)+" + W + ", pass%26%29%2b" + W + ", pass&amp;)+" + W + ", token" + W
                        + ". Visible";
        clinic.serveAll(answer(403).withBody(echo));

        Exchange out = pollAndGet(who, "&serverMessageInException=true");

        assertThat(out.getException())
                .as("the option is on")
                .hasMessageContaining("The server's message: Refused: ")
                .hasMessageEndingWith(". Visible");
        assertThat(((CliniceaException) out.getException()).getServerMessage())
                .isEqualTo(
                        who != Who.STAFF
                                ? "Refused: xxxxxx and xxxxxx. Visible"
                                : "Refused: xxxxxx, xxxxxx, xxxxxx, xxxxxx, xxxxxx. Visible");
        context.assertNothingSeen(HEADERS, WIRE);
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_a_server_that_quotes_a_patient_when_it_refuses_then_that_is_seen_nowhere(Who who) throws Exception {
        String quote = "{\"Message\":\"Ms. " + W + " owes " + CanaryWatch.DIGITS + "\"}";
        clinic.serve(StubClinicea.PATIENTS, answer(401).withBody(quote));
        clinic.serve("/api/v3/patients/getPatientByID", answer(400).withBody(quote));

        Exchange out = pollAndGet(who, "");

        assertThat(((CliniceaException) out.getException()).getServerMessage())
                .isEqualTo("Ms. " + W + " owes " + CanaryWatch.DIGITS);
        context.assertNothingSeen(HEADERS, WIRE);
    }
}
