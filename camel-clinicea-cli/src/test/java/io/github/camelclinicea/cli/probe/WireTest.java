/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.client.http.Parameter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The requests of the probe are few, slow and reads, and end at a 429. */
class WireTest {
    private final List<Duration> pauses = new ArrayList<>();

    private Wire wire(ScriptedServer server) {
        return new Wire(URI.create(server.baseUrl()), Duration.ofMillis(700), Duration.ofSeconds(20), pauses::add);
    }

    @Test
    void given_more_questions_than_requests_when_asked_then_the_41st_is_not_sent() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, "[]"))) {
            Wire wire = wire(server);
            for (int i = 0; i < 40; i++) {
                assertThat(wire.get("/" + i, List.of())).isPresent();
            }

            assertThat(wire.get("/last", List.of())).isEmpty();

            assertThat(server.asked()).hasSize(40);
            assertThat(wire.sent()).isEqualTo(40);
            assertThat(wire.left()).isZero();
            assertThat(wire.stopReason()).isEmpty();
        }
    }

    @Test
    void given_a_slow_server_when_five_minutes_are_over_then_nothing_more_is_sent_and_the_reason_is_told()
            throws Exception {
        AtomicLong nanos = new AtomicLong(-7);
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, "[]"))) {
            Wire wire = new Wire(
                    URI.create(server.baseUrl()), Duration.ZERO, Duration.ofSeconds(20), pauses::add, nanos::get);
            nanos.addAndGet(Wire.LONGEST_RUN.toNanos());
            assertThat(wire.get("/in-time", List.of())).isPresent();
            nanos.incrementAndGet();

            assertThat(wire.get("/late", List.of())).isEmpty();

            assertThat(server.asked()).hasSize(1);
            assertThat(wire.left()).isZero();
            assertThat(wire.stopReason()).get().asString().contains("after 5 minutes", "--resource=NAME");
        }
    }

    @Test
    void given_a_pause_when_asked_then_it_is_between_two_requests() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 204, ""))) {
            Wire wire = wire(server);
            for (int i = 0; i < 3; i++) {
                wire.get("/", List.of());
            }

            assertThat(pauses).containsExactly(Duration.ofMillis(700), Duration.ofMillis(700));
        }
    }

    @Test
    void given_colons_and_escapes_when_asked_then_they_are_sent_as_given() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 204, ""))) {
            wire(server).get("/list?since=2015-03-21T14:30:10%2B00:00&other=14%3A30", List.of());

            assertThat(server.asked()).containsExactly("GET /list?since=2015-03-21T14:30:10%2B00:00&other=14%3A30");
        }
    }

    @Test
    void given_a_429_with_a_short_wait_when_asked_then_it_waits_and_asks_once_more() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            ScriptedServer.send(exchange, asked.incrementAndGet() == 1 ? 429 : 200, "[]");
        })) {
            Wire wire = wire(server);

            assertThat(wire.get("/", List.of()).map(Wire.Response::status)).contains(200);

            assertThat(pauses).contains(Duration.ofSeconds(7));
            assertThat(wire.sent()).isEqualTo(2);
            assertThat(wire.left()).isEqualTo(38);
            assertThat(wire.headers().limits()).containsEntry("retry-after", "7");
        }
    }

    @Test
    void given_a_429_that_stays_or_asks_for_long_when_asked_then_nothing_more_is_sent() throws Exception {
        for (String wait : List.of("1", "31", "Fri, 01 Jan 2100 00:00:00 GMT", "soon")) {
            try (ScriptedServer server = new ScriptedServer(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", wait);
                ScriptedServer.send(exchange, 429, "");
            })) {
                Wire wire = wire(server);

                assertThat(wire.get("/", List.of()).map(Wire.Response::status)).contains(429);
                assertThat(wire.get("/", List.of())).isEqualTo(Optional.empty());

                assertThat(server.asked()).hasSize(wait.equals("1") ? 2 : 1);
                assertThat(wire.stopReason().orElseThrow()).contains("429");
                assertThat(wire.headers().limits()).containsKey("retry-after").doesNotContainValue("soon");
            }
        }
    }

    @Test
    void given_a_credential_when_asked_then_it_is_in_its_header() throws Exception {
        List<String> seen = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("api_key"));
            ScriptedServer.send(exchange, 204, "");
        })) {
            wire(server).get("/", List.of(new Parameter("api_key", "key")));

            assertThat(seen).containsExactly("key");
        }
    }
}
