/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.QuietExceptionHandler;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ConsumerHealth;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.awaitility.Awaitility;

/** Runs a context whose only route polls a change list server, and records each poll and each row. */
final class SyncRoute implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Holds a copy of an emitted row, because Camel may use the exchange again. */
    public record Arrival(String id, String modified, Integer attempt, Object body, Exception failure) {}

    /**
     * Holds a poll that has ended.
     *
     * @param requests the number of requests during the poll
     * @param checkpoint the stored checkpoint at its end
     * @param missed the rows that changed before that checkpoint and had not been delivered
     * @param failure the poll's exception, or null
     */
    record Poll(int requests, Optional<Instant> checkpoint, List<ListedRow> missed, Exception failure) {}

    private final ChangeListServer server;
    private final StateKeys state;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Arrival> emitted = new CopyOnWriteArrayList<>();
    private final List<Arrival> delivered = new CopyOnWriteArrayList<>();
    private final List<Arrival> handled = new CopyOnWriteArrayList<>();
    private final List<Poll> polls = new CopyOnWriteArrayList<>();
    private boolean handling;
    private Processor work = exchange -> {};
    private String syncId;

    SyncRoute(ChangeListServer server, StateKeys state) {
        this.server = server;
        this.state = state;
    }

    /** Lets the route's error handler handle every failure. */
    SyncRoute handlingFailures() {
        handling = true;
        return this;
    }

    /** Adds work for each row, after it is recorded as emitted and before it is recorded as delivered. */
    SyncRoute working(Processor what) {
        work = what;
        return this;
    }

    /** Fails on the first attempts at a row, or on all of them. */
    SyncRoute failing(int attempts, String... ids) {
        return working(exchange -> {
            String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
            if (Set.of(ids).contains(id) && timesEmitted(id) <= attempts) {
                throw new IllegalStateException("a secret of " + id);
            }
        });
    }

    /** Starts the context. The given options replace the defaults of the tests. */
    SyncRoute start(String resource, String given) throws Exception {
        Map<String, String> options = new LinkedHashMap<>(Map.of(
                "apiKey", StubClinicea.API_KEY,
                "baseUrl", server.baseUrl(),
                "initialDelay", "0",
                "delay", "10",
                "maxRetries", "0",
                "idempotentRepository", "#state",
                "pollStrategy", "#polls",
                "exceptionHandler", "#quiet"));
        Stream.of(given.split("&"))
                .filter(option -> !option.isEmpty())
                .forEach(option -> options.put(
                        option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1)));
        if (options.containsKey("scheduler.cron")) {
            options.remove("delay");
        }
        syncId = options.getOrDefault("syncId", resource);
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(2);
        camel.getRegistry().bind("state", state);
        camel.getRegistry().bind("polls", new PollRecorder());
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        ConsumerHealth.enable(camel);
        camel.addRoutes(route("clinicea:" + resource + "?"
                + options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining("&"))));
        camel.start();
        return this;
    }

    private RouteBuilder route(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                if (handling) {
                    onException(Exception.class).handled(true).process(e -> handled.add(arrival(e)));
                }
                from(uri)
                        .routeId("sync")
                        .process(e -> emitted.add(arrival(e)))
                        .process(e -> work.process(e))
                        .process(e -> delivered.add(arrival(e)));
            }
        };
    }

    private static Arrival arrival(Exchange exchange) {
        return new Arrival(
                exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class),
                exchange.getMessage().getHeader(CliniceaConstants.MODIFIED, String.class),
                exchange.getMessage().getHeader("CamelCliniceaAttempt", Integer.class),
                exchange.getMessage().getBody(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private final class PollRecorder implements PollingConsumerPollStrategy {
        private volatile int before;

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            before = server.requestCount();
            return true;
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
            polls.add(ended(null));
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
            polls.add(ended(cause));
            return false;
        }

        private Poll ended(Exception failure) {
            return new Poll(
                    server.requestCount() - before,
                    state.checkpoint(syncId),
                    state.checkpoint(syncId).map(this::missed).orElse(List.of()),
                    failure);
        }

        private List<ListedRow> missed(Instant checkpoint) {
            Set<String> known = Stream.concat(delivered.stream(), handled.stream())
                    .map(row -> row.id() + " " + row.modified())
                    .collect(Collectors.toSet());
            return server.rows().stream()
                    .filter(row -> row.readable()
                            && row.stamp().isBefore(checkpoint)
                            && !known.contains(row.id() + " " + row.modified()))
                    .toList();
        }
    }

    /**
     * Waits until a poll ends after the condition has become true, or until the given number of polls has begun and
     * ended.
     */
    void awaitWithin(int more, BooleanSupplier condition) {
        int until = polls.size() + more + 1;
        await(() -> polls.size() >= until || condition.getAsBoolean());
        int ended = polls.size();
        await(() -> polls.size() >= until || polls.size() > ended);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }

    /** Waits until the given number of polls of this route has ended, including earlier ones. */
    void awaitEnded(int total) {
        await(() -> polls.size() >= total);
    }

    /** Waits until the given number of polls has begun and ended. */
    void awaitPolls(int more) {
        awaitWithin(more, () -> false);
    }

    /** Waits as {@link #awaitWithin} until all listed rows are delivered and the checkpoint is newer than they are. */
    void awaitCaughtUp(int more, List<ListedRow> rows) {
        awaitWithin(
                more,
                () -> ids().containsAll(ListedRow.ids(rows)) && checkpoint().isPresent());
    }

    void assertDeliveredOnce(List<ListedRow> rows) {
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(ListedRow.ids(rows));
    }

    /** Asserts that no poll left a checkpoint with an undelivered row before it. */
    void assertNothingMissed() {
        assertThat(polls)
                .isNotEmpty()
                .allSatisfy(poll -> assertThat(poll.missed())
                        .as("rows behind the checkpoint %s", poll.checkpoint())
                        .isEmpty());
    }

    List<Arrival> emitted() {
        return List.copyOf(emitted);
    }

    List<Arrival> delivered() {
        return List.copyOf(delivered);
    }

    /** Returns the rows that reached the error handler of {@link #handlingFailures}. */
    List<Arrival> handled() {
        return List.copyOf(handled);
    }

    /** Returns the ids of the delivered rows, in their order. */
    List<String> ids() {
        return delivered.stream().map(Arrival::id).toList();
    }

    long timesEmitted(String id) {
        return emitted.stream().filter(row -> id.equals(row.id())).count();
    }

    List<Poll> polls() {
        return List.copyOf(polls);
    }

    List<Integer> requestsOfLastPolls(int count) {
        return polls.subList(polls.size() - count, polls.size()).stream()
                .map(Poll::requests)
                .toList();
    }

    List<String> failureMessages() {
        return polls.stream()
                .filter(poll -> poll.failure() != null)
                .map(poll -> messages(poll.failure()))
                .toList();
    }

    /** Returns the messages of a failure and its causes. */
    static String messages(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .collect(Collectors.joining("; "));
    }

    Optional<Instant> checkpoint() {
        return state.checkpoint(syncId);
    }

    HealthCheck.State health() {
        return ConsumerHealth.of(camel, "sync").getState();
    }

    DefaultCamelContext camel() {
        return camel;
    }

    CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    @Override
    public void close() {
        BetweenPolls.stop(camel);
    }
}
