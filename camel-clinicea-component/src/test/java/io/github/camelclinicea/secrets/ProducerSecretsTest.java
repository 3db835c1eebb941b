/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.secrets.CanaryWatch.DIGITS;
import static io.github.camelclinicea.secrets.CanaryWatch.HEADERS;
import static io.github.camelclinicea.secrets.CanaryWatch.WIRE;
import static io.github.camelclinicea.secrets.CanaryWatch.WORD;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.WatchedClinic.page;
import static io.github.camelclinicea.testing.WatchedClinic.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.WatchedClinic;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that a producer shows canaries only in bodies, for all kinds of messages and failures. */
class ProducerSecretsTest {
    /** Holds one message to a producer. */
    private record Call(String resource, String operation, Object body, Map<String, Object> headers) {}

    private static final Map<String, Object> APPOINTMENT =
            Map.of("patientID", "p" + WORD, "appointmentDateTime", "2026-03-01T09:30:00", "notes", WORD);
    private static final Map<String, Object> ID = Map.of(CliniceaConstants.RECORD_ID, "a1");

    private static final List<Call> RIGHT = List.of(
            new Call("appointments", "create", APPOINTMENT, Map.of()),
            new Call("appointments", "update", APPOINTMENT, ID),
            new Call("appointments", "delete", null, ID),
            new Call("appointments", "get", null, ID),
            new Call("appointments", "list", null, parameters(Map.of("patientID", WORD))),
            new Call("patients", "list", null, parameters(Map.of("searchBy", "3", "searchText", WORD))),
            new Call("patients", "list", null, Map.of()),
            new Call("patients", "create", row("p1"), Map.of()));

    private final CanaryWatch watch = new CanaryWatch(Level.TRACE, Set.of(HEADERS, WIRE));
    private final WatchedClinic clinic = new WatchedClinic();
    private final WatchedContext context = new WatchedContext(watch);
    private final ExecutorService threads = Executors.newFixedThreadPool(RIGHT.size());
    private final AtomicInteger failures = new AtomicInteger();

    private static Map<String, Object> parameters(Object parameters) {
        return Map.of(CliniceaConstants.PARAMETERS, parameters);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        context.close();
        clinic.close();
        watch.close();
    }

    private void start(Who who, String options) throws Exception {
        String credentials = who.logIn(context.camel(), clinic);
        context.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String resource : List.of("appointments", "patients")) {
                    from("direct:" + resource)
                            .routeId(resource)
                            .to("clinicea:" + resource + "?pageSize=3" + credentials + options)
                            .process(context::look);
                }
            }
        });
        context.camel().start();
    }

    private void send(Call call) {
        Exchange out = context.camel()
                .createFluentProducerTemplate()
                .to("direct:" + call.resource())
                .withHeaders(call.headers())
                .withHeader(CliniceaConstants.OPERATION, call.operation())
                .withBody(call.body())
                .send();
        context.look(out);
        if (out.isFailed()) {
            failures.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_any_answer_when_called_then_nothing_is_seen(Who who) throws Exception {
        Map<String, ResponseDefinitionBuilder> answers = WatchedClinic.faults();
        answers.put("object", json(row("p1")));
        answers.put("array", json("[" + row("p1") + "]"));
        answers.put("text", json("\"" + WORD + "\""));
        answers.put("nothing", answer(204));
        answers.put("empty", json(""));
        answers.put("notSaved", json("{\"ID\":null,\"SavingErrorText\":\"no room for " + WORD + "\"}"));
        answers.put("notSavedCode", json("[{\"SavingErrorCode\":\"" + WORD + "\"}," + row("p2") + "]"));
        answers.put("number", json("{\"Fee\":" + DIGITS + "e" + DIGITS + "}"));
        answers.put("numberInList", json("[{\"Fee\":" + DIGITS + "e" + DIGITS + "}]"));
        answers.put("endless", json(page(0, 3)));
        // Last, because they slow down all requests after them.
        for (String refusal : List.of("status429", "status503")) {
            answers.put(refusal, answers.remove(refusal));
        }
        start(who, "");

        answers.values().forEach(answer -> {
            clinic.serveAll(answer);
            // In parallel, because some wait for their timeout.
            CompletableFuture.allOf(RIGHT.stream()
                            .map(call -> CompletableFuture.runAsync(() -> send(call), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        });

        assertThat(failures).hasValueGreaterThan(answers.size());
        clinic.assertShownBy(who);
        context.assertNothingSeen(HEADERS, WIRE);
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_an_answer_that_is_not_what_bodyType_asks_for_when_called_then_nothing_is_seen(Who who) throws Exception {
        start(who, "&bodyType=" + SecretsTest.Patient.class.getName());
        clinic.serveAll(json("[" + row("p1") + "]"));

        RIGHT.forEach(this::send);

        assertThat(failures).hasValue(RIGHT.size());
        clinic.assertShownBy(who);
        context.assertNothingSeen(HEADERS, WIRE);
    }

    /** Is a user's class whose toString shows its contents. */
    public static final class Talkative {
        public String getNotes() {
            throw new IllegalStateException("no notes of " + WORD);
        }

        @Override
        public String toString() {
            return WORD;
        }
    }

    private static InputStream brokenStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no byte of " + WORD);
            }
        };
    }

    private static List<Call> wrong() {
        return List.of(
                new Call("appointments", "create", Map.of("notes", WORD), Map.of()),
                new Call("appointments", "create", Map.of("nots", WORD), Map.of()),
                new Call("appointments", "create", Map.of("notes", List.of(WORD)), Map.of()),
                new Call("appointments", "create", "not json " + WORD, Map.of()),
                new Call("appointments", "create", "{\"notes\":" + DIGITS + "e" + DIGITS + "}", Map.of()),
                new Call("appointments", "create", "[\"" + WORD + "\"]", Map.of()),
                new Call("appointments", "create", WORD.getBytes(UTF_8), Map.of()),
                new Call("appointments", "create", new ByteArrayInputStream(WORD.getBytes(UTF_8)), Map.of()),
                new Call("appointments", "create", new File("/no/such/" + WORD), Map.of()),
                new Call("appointments", "create", brokenStream(), Map.of()),
                new Call("appointments", "create", new Talkative(), Map.of()),
                new Call("appointments", "create", List.of(WORD), Map.of()),
                new Call("appointments", "update", APPOINTMENT, Map.of()),
                new Call("appointments", "delete", WORD, Map.of()),
                new Call("appointments", "get", WORD, Map.of(CliniceaConstants.RECORD_ID, "..")),
                new Call("appointments", "list", null, parameters(WORD)),
                new Call("appointments", "list", null, parameters(Map.of("patientId", WORD))),
                new Call("appointments", "list", null, parameters(Map.of("patientID", new Talkative()))),
                new Call("appointments", "list", null, parameters(Map.of("patientID", new File(WORD)))),
                new Call("appointments", "list", null, parameters(Map.of("patientID", brokenStream()))),
                new Call("patients", "list", null, parameters(Map.of("searchBy", WORD))),
                new Call("patients", "create", "{\"FirstName\":\"" + WORD, Map.of()),
                new Call("patients", "book", WORD, Map.of()));
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_a_call_that_is_wrong_when_called_then_nothing_is_seen(Who who) throws Exception {
        start(who, "");
        clinic.serveAll(json("[" + row("p1") + "]"));
        RIGHT.forEach(this::send);

        wrong().forEach(this::send);

        assertThat(failures).hasValueGreaterThan(wrong().size() / 2);
        clinic.assertShownBy(who);
        context.assertNothingSeen(HEADERS, WIRE);
    }
}
