/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.HostileServer.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

/**
 * Compares the component with a route written by hand, on the same hostile server over HTTP. The same history shows
 * which rows each loses and which it delivers twice. The page {@code docs/explanation/comparison.md} has the table.
 */
class ComparisonTest {
    private static final int ROWS = 1_000;
    private static final int POLLS = 6;
    private static final int QUIET_POLLS = 25;
    private static final int REQUEST_MILLIS = 200;
    private static final Path PAGE = Path.of("..", "docs", "explanation", "comparison.md");

    /** Holds a hostile list, and the share of rows that fail once in the route. */
    private record Case(String name, Order order, double changesPerSecond, int failingPercent) {}

    private record Score(int lost, int twice) {
        Score plus(Score other) {
            return new Score(lost + other.lost, twice + other.twice);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("changed last comes last", Order.MODIFIED, 20, 0),
            new Case("changed last comes first", Order.NEWEST_FIRST, 20, 0),
            new Case("in the order of creation", Order.CREATED, 20, 0),
            new Case("by id", Order.ID, 20, 0),
            new Case("ties in no order", Order.TIES, 20, 0),
            new Case("nothing shifts; 1 row in 50 fails once", Order.MODIFIED, 0, 2));

    /** Records the rows that arrive over either route. */
    private static final class Arrivals {
        private final int failingPercent;
        private final Map<String, Integer> completed = new ConcurrentHashMap<>();
        private final Set<String> failed = ConcurrentHashMap.newKeySet();

        Arrivals(int failingPercent) {
            this.failingPercent = failingPercent;
        }

        void arrive(Exchange exchange) {
            String key = (String) exchange.getMessage().getBody(Map.class).get("Key");
            if (Math.floorMod(key.hashCode() * 0x9e3779b9 >>> 8, 100) < failingPercent && failed.add(key)) {
                throw new IllegalStateException("the route fails once on this row");
            }
            completed.merge(key, 1, Integer::sum);
        }

        Score score(HostileServer server) {
            int lost = (int) server.history().stream()
                    .map(history -> history.get(history.size() - 1))
                    .map(Version::key)
                    .filter(key -> !completed.containsKey(key))
                    .count();
            return new Score(
                    lost,
                    completed.values().stream().mapToInt(times -> times - 1).sum());
        }
    }

    /** Polls when the test says so. */
    private interface Poller {
        void poll() throws Exception;
    }

    /** Creates a poller in a context, for a server at an address. */
    private interface Route {
        Poller in(DefaultCamelContext camel, String baseUrl, VirtualTime time, Arrivals arrivals) throws Exception;
    }

    private static Score run(Case given, Route route, int seed) throws Exception {
        VirtualTime time = new VirtualTime();
        Traits traits =
                Traits.friendly().with(given.order(), given.changesPerSecond()).withPages(100, 2_000, REQUEST_MILLIS);
        HostileServer server = new HostileServer(traits, time, seed);
        server.populate(ROWS, Duration.ofDays(300));
        Arrivals arrivals = new Arrivals(given.failingPercent());
        DefaultCamelContext camel = new DefaultCamelContext();
        try (HostileHttp http = new HostileHttp(server)) {
            Poller poller = route.in(camel, http.baseUrl(), time, arrivals);
            for (int poll = 0; poll < POLLS + QUIET_POLLS; poll++) {
                if (poll == POLLS) {
                    server.stopChanging();
                }
                poller.poll();
                server.pass(60_000);
            }
            return arrivals.score(server);
        } finally {
            camel.stop();
        }
    }

    /** Returns the component's consumer, with a scheduler that the test controls. */
    private static Poller clinicea(DefaultCamelContext camel, String baseUrl, VirtualTime time, Arrivals arrivals)
            throws Exception {
        IdempotentRepository state = MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
        camel.getRegistry().bind("state", state);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().logExhausted(false));
                from("clinicea:patients?apiKey=k&baseUrl=" + baseUrl
                                + "&idempotentRepository=#state&startScheduler=false")
                        .routeId("sync")
                        .process(arrivals::arrive);
            }
        });
        camel.start();
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        return consumer::run;
    }

    /**
     * Returns the route by hand. It reads page after page to the end, delivers each row once by id and stamp, and then
     * stores the time of its start.
     */
    private static Route byHand(boolean eager) {
        return (camel, baseUrl, time, arrivals) -> {
            Map<String, String> cursor = new HashMap<>(Map.of("since", "2000-01-01T00:00:00"));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(defaultErrorHandler().logExhausted(false));
                    from("direct:poll")
                            .process(e -> e.setProperty("started", text(Instant.ofEpochMilli(time.now()))))
                            .process(e -> e.setProperty("since", cursor.get("since")))
                            .setProperty("page", constant(0))
                            .setProperty("more", constant(true))
                            .loopDoWhile(exchangeProperty("more"))
                            .setBody(constant((Object) null))
                            .toD(baseUrl + "/api/v1/patients?lastSyncDate=${exchangeProperty.since}"
                                    + "&intPageNo=${exchangeProperty.page}")
                            .choice()
                            .when(header(Exchange.HTTP_RESPONSE_CODE).isEqualTo(204))
                            .setProperty("more", constant(false))
                            .otherwise()
                            .to("direct:page")
                            .process(e -> e.setProperty("page", e.getProperty("page", Integer.class) + 1))
                            .end()
                            .end()
                            .process(e -> cursor.put("since", e.getProperty("started", String.class)));
                    IdempotentConsumerDefinition rows = from("direct:page")
                            .unmarshal()
                            .json(List.class)
                            .split(body())
                            .idempotentConsumer(simple("${body[PatientID]} ${body[ModifiedDatetime]}"))
                            .idempotentRepository(
                                    MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()))
                            .eager(eager);
                    rows.process(arrivals::arrive);
                }
            });
            camel.start();
            var template = camel.createProducerTemplate();
            return () -> template.send("direct:poll", e -> {});
        };
    }

    private static String text(Instant moment) {
        return moment.toString().substring(0, 19);
    }

    @Test
    void given_the_same_hostile_server_when_compared_then_the_route_by_hand_loses_rows_and_this_one_none()
            throws Exception {
        List<String> lines = new ArrayList<>();
        Score handTotal = new Score(0, 0);
        for (Case given : CASES) {
            Score eager = run(given, byHand(true), 1);
            Score late = run(given, byHand(false), 1);
            Score ours = run(given, ComparisonTest::clinicea, 1);
            lines.add("| " + given.name() + " | " + eager.lost() + " | " + eager.twice() + " | " + late.lost() + " | "
                    + late.twice() + " | " + ours.lost() + " | " + ours.twice() + " |\n");
            handTotal = handTotal.plus(eager).plus(late);
            assertThat(ours).as(given.name()).isEqualTo(new Score(0, 0));
        }

        assertThat(handTotal.lost()).isPositive();
        String page = page(lines);
        System.out.println(page);
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(new HashSet<>(Files.readAllLines(PAGE)))
                .as("to renew it: mvn verify -Dwrite.docs=true")
                .containsAll(page.lines().toList());
    }

    private static String page(List<String> lines) throws IOException {
        return """
                # Comparison with a route written by hand

                On this hostile server the route written by hand loses rows on some lists. The component loses none and delivers none twice.

                | The server's list | by hand: lost | twice | by hand, late claim: lost | twice | `clinicea:` lost | twice |
                | --- | --- | --- | --- | --- | --- | --- |
                """ + String.join("", lines) + """

                *Lost* are rows whose newest version never completed in the route. *Twice* are versions that completed more than once. *Late claim*
                is `eager=false` of `idempotentConsumer`, which keeps a key only after the exchange.

                ## The route by hand

                It is `timer` + `http` + `unmarshal` + `split` + `idempotentConsumer`. It reads page after page until one is empty. It keeps the time
                of its start as the moment for the next poll. `idempotentConsumer` drops rows that it has seen, by id and stamp.

                It loses

                - rows that slip between two pages while the list shifts,
                - changes that are committed after the cursor has passed their stamp,
                - a second change of a row within one second, which has the id and the stamp of the first.

                On lists in which a change moves no other row forward, it lost none here. A row that fails ends its poll, and the next poll reads
                everything again, so no such row was lost either.

                ## The run

                Both ran over HTTP: %,d rows, %d polls a minute apart, %d ms for a page, then %d quiet polls. 20 changes a second came meanwhile, none in
                the last line. Commits were up to two seconds later than their stamps. To repeat it:
                `mvn -pl camel-clinicea-component test -Dtest=ComparisonTest`.
                """.formatted(ROWS, POLLS, REQUEST_MILLIS, QUIET_POLLS);
    }
}
