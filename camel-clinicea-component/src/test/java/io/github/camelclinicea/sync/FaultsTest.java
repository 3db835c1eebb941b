/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.QuietExceptionHandler;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HistoryChecker.Nodes;
import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.TcpRelay;
import io.github.camelclinicea.testing.TestRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests faults on the wire at each page, with a real route on a real connection and the history checker. The list has
 * twelve pages, and all rows have changed since the checkpoint.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {
    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final int PAGES = 12;
    private static final int PAGE_SIZE = 10;
    private static final int PAGES_IN_FLIGHT = 4;
    private static final int ROWS = PAGES * PAGE_SIZE;
    private static final int REQUEST_TIMEOUT_MILLIS = 4_000;
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final int TOO_LATE_MILLIS = 3 * REQUEST_TIMEOUT_MILLIS;

    /**
     * Names the faults of a response. The late responses say that the list ends, so that accepting one would lose rows.
     */
    private enum Trouble {
        EMPTY_RESPONSE(aResponse().withFault(Fault.EMPTY_RESPONSE)),
        MALFORMED_RESPONSE_CHUNK(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
        RANDOM_DATA_THEN_CLOSE(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        CONNECTION_RESET_BY_PEER(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        DELAY(StubClinicea.answer(204).withFixedDelay(TOO_LATE_MILLIS)),
        DRIBBLE(StubClinicea.json("[" + " ".repeat(100) + "]").withChunkedDribbleDelay(50, TOO_LATE_MILLIS)),
        BLACK_HOLE(null) {
            @Override
            void strike(int page, HostileHttp http, TcpRelay relay) {
                relay.swallowFrom(requestFor(page));
            }
        },
        DEATH(null) {
            @Override
            void strike(int page, HostileHttp http, TcpRelay relay) {
                relay.dieAt(requestFor(page));
            }
        };

        private final ResponseDefinitionBuilder answer;

        Trouble(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }

        void strike(int page, HostileHttp http, TcpRelay relay) {
            http.fault(page, answer);
        }

        int leastPagesBefore(int page) {
            return answer != null ? page : Math.max(0, page - (PAGES_IN_FLIGHT - 1));
        }

        /** Returns the pages to test. Faults that take long are tested at one page only. */
        IntStream pages() {
            return this == DELAY || this == DRIBBLE || this == BLACK_HOLE ? IntStream.of(7) : IntStream.of(0, 7, PAGES);
        }
    }

    private static String requestFor(int page) {
        return "intPageNo=" + page + " ";
    }

    private final VirtualTime time = new VirtualTime();
    private final HostileServer list =
            new HostileServer(Traits.friendly().with(Order.MODIFIED, 0).withPages(PAGE_SIZE, 0, 20), time, 1);
    private final HistoryChecker checker = new HistoryChecker(list, time, Nodes.ONE, true);
    private final TestRepository repository = new TestRepository(this::checkpointKeyWritten);
    private final QuietExceptionHandler failures = new QuietExceptionHandler();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private HostileHttp http;
    private TcpRelay relay;
    private CliniceaConsumer consumer;
    private Instant checkpoint;

    @BeforeEach
    void serve() throws IOException {
        list.populate(ROWS, Duration.ofDays(10));
        checker.startsFrom(FROM);
        http = new HostileHttp(list);
        relay = new TcpRelay(http.port());
    }

    @AfterEach
    void stop() throws IOException {
        camel.stop();
        relay.close();
        http.close();
    }

    private Instant checkpoint() {
        return SyncKeys.checkpoint("patients", repository.keys()).orElse(null);
    }

    private void checkpointKeyWritten() {
        Instant now = checkpoint();
        if (now != null && !now.equals(checkpoint)) {
            checkpoint = now;
            checker.checkpointIs(now);
        }
    }

    /** Starts a route, lets it read everything, and then changes every row. */
    private void givenASyncAndChanges(String options) throws Exception {
        camel.getRegistry().bind("state", repository.new Connection());
        camel.getRegistry().bind("failures", failures);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=" + StubClinicea.API_KEY + "&baseUrl=http://localhost:" + relay.port()
                                + "&idempotentRepository=#state&exceptionHandler=#failures&startScheduler=false"
                                + "&pageSize=" + PAGE_SIZE + "&requestTimeout=" + REQUEST_TIMEOUT_MILLIS + options)
                        .routeId("sync")
                        .process(FaultsTest.this::arrive);
            }
        });
        camel.start();
        consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        consumer.run();
        assertThat(failures.exceptions()).isEmpty();
        assertThat(checker.deliveries()).isEqualTo(ROWS);
        list.pass(600_000);
        for (int row = 0; row < ROWS; row++) {
            list.edit(row);
            list.pass(100);
        }
        // Before the overlap, so that only the reading since the checkpoint shows them.
        list.pass(600_000);
    }

    private void arrive(Exchange exchange) {
        Delivery delivery = delivery(exchange);
        synchronized (list) {
            checker.handedOver(this, List.of(delivery));
            checker.done(this, delivery);
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange completed) {
                checker.remembered(delivery);
            }
        });
    }

    private static Delivery delivery(Exchange exchange) {
        String key = (String) exchange.getMessage().getBody(Map.class).get("Key");
        Row row = TestRow.of(
                exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class),
                exchange.getMessage().getHeader(CliniceaConstants.DATA_STATUS, String.class),
                exchange.getMessage().getHeader(CliniceaConstants.MODIFIED, String.class),
                key.getBytes(StandardCharsets.UTF_8));
        return new Delivery(
                List.of(new Delivery.Item(new Due(row, null, false, 0), new PagePosition(FROM, 0, 0, null, 0, 1), 1)),
                delivery -> {},
                (same, succeeded, cause) -> {});
    }

    private long requestsFor(int page) {
        return relay.requestLines().stream()
                .filter(line -> line.contains(requestFor(page)))
                .count();
    }

    private void heal() throws Exception {
        http.heal();
        relay.heal();
    }

    private void assertAllArrivedOnceAndTheCheckpointHasMovedFrom(Instant before) {
        assertThat(checkpoint()).isAfter(before);
        checker.nothingIsLost();
        assertThat(checker.deliveries()).as("each version once").isEqualTo(2 * ROWS);
    }

    private static Stream<Arguments> troublesAtPages() {
        return Arrays.stream(Trouble.values())
                .flatMap(trouble -> trouble.pages().mapToObj(page -> Arguments.of(trouble, page)));
    }

    @ParameterizedTest(name = "{0} at page {1}")
    @MethodSource("troublesAtPages")
    void given_trouble_that_lasts_when_polled_then_nothing_moves_and_the_next_poll_without_it_completes(
            Trouble trouble, int page) throws Exception {
        givenASyncAndChanges("&maxRetries=0");
        Instant before = checkpoint();
        trouble.strike(page, http, relay);

        consumer.run();

        assertThat(failures.exceptions()).singleElement().isInstanceOfSatisfying(CliniceaException.class, failure -> {
            assertThat(failure.getHttpResponseCode()).isZero();
            assertThat(failure.isRetryable()).isTrue();
        });
        assertThat(checkpoint()).isEqualTo(before);
        assertThat(checker.deliveries())
                .as("the pages before it, less what was under way beside it and went down with it")
                .isBetween(ROWS + PAGE_SIZE * trouble.leastPagesBefore(page), ROWS + PAGE_SIZE * page);
        heal();
        if (trouble == Trouble.DEATH) {
            // By then the HTTP client checks its other connections to the dead server.
            await().atMost(PATIENCE).pollDelay(IDLE).until(() -> true);
        }
        consumer.run();

        assertThat(failures.exceptions()).hasSize(1);
        assertAllArrivedOnceAndTheCheckpointHasMovedFrom(before);
    }

    @ParameterizedTest
    @EnumSource
    void given_trouble_that_passes_when_retried_then_the_poll_completes(Trouble trouble) throws Exception {
        givenASyncAndChanges("&maxRetries=50&maxRetryWait=100");
        Instant before = checkpoint();
        long asked = requestsFor(7);
        trouble.strike(7, http, relay);

        CompletableFuture<Void> poll = CompletableFuture.runAsync(consumer);
        await().atMost(PATIENCE).until(() -> requestsFor(7) > asked + 1 || relay.dead());
        heal();
        poll.get();

        assertThat(failures.exceptions()).isEmpty();
        assertThat(requestsFor(7) - asked).as("asked again").isGreaterThan(1);
        assertAllArrivedOnceAndTheCheckpointHasMovedFrom(before);
    }
}
