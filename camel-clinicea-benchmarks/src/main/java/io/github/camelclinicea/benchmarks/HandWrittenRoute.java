/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Reads with the route that a user would write without the component: page after page to the end, each row once.
 *
 * @param into the kind of database that it writes the rows and its state to; null if it only counts rows
 */
record HandWrittenRoute(Database.Kind into) implements Peer {

    @Override
    public String name() {
        return "Camel route by hand";
    }

    @Override
    public int pagesInFlight() {
        return 1;
    }

    @Override
    public int fewerPages() {
        return into == null ? 1 : 10;
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) throws Exception {
        Database database = into == null ? null : Database.open(into);
        CountDownLatch done = new CountDownLatch(1);
        DefaultCamelContext camel = new DefaultCamelContext();
        if (database != null) {
            camel.getRegistry().bind("database", database.pool());
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> row = from("timer:poll?repeatCount=1&delay=0")
                        .routeId("sync")
                        .autoStartup(false)
                        .setProperty("page", constant(0))
                        .setProperty("more", constant(true))
                        .loopDoWhile(exchangeProperty("more"))
                        .setBody(constant((Object) null))
                        .setHeader(
                                Exchange.HTTP_QUERY,
                                simple("lastSyncTimestamp=2000-01-01T00:00:00%2B00:00"
                                        + "&intPageNo=${exchangeProperty.page}"))
                        .to(baseUrl + "/api/v1/patients")
                        .unmarshal()
                        .json(List.class)
                        .process(exchange -> {
                            exchange.setProperty("page", exchange.getProperty("page", Integer.class) + 1);
                            exchange.setProperty(
                                    "more",
                                    !exchange.getMessage().getBody(List.class).isEmpty());
                        })
                        .split(body())
                        .idempotentConsumer(simple("${body[PatientID]} ${body[ModifiedDatetime]}"))
                        .idempotentRepository(repository(database))
                        .process(exchange -> tally.row(exchange.getMessage().getBody(Map.class)));
                if (into != null) {
                    row = row.choice()
                            .when(simple("${body[DataStatusStr]} == 'Deleted'"))
                            .to("sql:DELETE FROM patient WHERE id = :#PatientID")
                            .otherwise()
                            .to("sql:" + into.save())
                            .end();
                }
                row.end().end().end().process(exchange -> done.countDown());
            }
        });
        camel.start();
        return new Sync() {
            @Override
            public void run() throws Exception {
                camel.getRouteController().startRoute("sync");
                done.await();
            }

            @Override
            public void check(long rows, long deleted) throws SQLException {
                if (database != null) {
                    database.requireVersions(rows, deleted);
                }
            }

            @Override
            public void close() throws IOException {
                camel.stop();
                if (database != null) {
                    database.close();
                }
            }
        };
    }

    private static IdempotentRepository repository(Database database) {
        return database == null
                ? MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>())
                : new JdbcMessageIdRepository(database.pool(), "by-hand");
    }
}
