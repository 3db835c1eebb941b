/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Writes into a database with the component's consumer, rows and state in one transaction.
 *
 * @param batching whether the rows of a page are one exchange for each status, or each row is an exchange
 */
record CliniceaIntoDatabase(Database.Kind kind, boolean batching) implements Peer {

    @Override
    public String name() {
        return "`clinicea:` with " + (batching ? "`batching` and `transacted`" : "`transacted`, row by row");
    }

    @Override
    public int pagesInFlight() {
        return 8;
    }

    @Override
    public int fewerPages() {
        return batching ? 1 : 10;
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) throws Exception {
        return sync(Database.open(kind), baseUrl, tally);
    }

    /** Prepares a sync into a database, and closes it with the sync. */
    Sync sync(Database database, String baseUrl, Tally tally) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("database", database.pool());
        camel.getRegistry().bind("transactions", new DataSourceTransactionManager(database.pool()));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=none&baseUrl=" + baseUrl + "&pagesInFlight=" + pagesInFlight()
                                + "&startScheduler=false&bodyType=Map&stateDataSource=#database&transacted=true&batching="
                                + batching)
                        .routeId("sync")
                        .process(batching ? tally::rows : tally::row)
                        .choice()
                        .when(simple("${header.CamelCliniceaDataStatus} == 'Deleted'"))
                        .to("sql:DELETE FROM patient WHERE id "
                                + (batching ? "IN (:#in:CamelCliniceaRecordIds)" : "= :#CamelCliniceaRecordId"))
                        .otherwise()
                        // Otherwise camel-sql asks the database for each statement.
                        .to("sql:" + kind.save() + "?parametersCount=4&batch=" + batching);
            }
        });
        camel.start();
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        return new Sync() {
            @Override
            public void run() {
                consumer.run();
            }

            @Override
            public void check(long rows, long deleted) throws SQLException {
                database.requireVersions(rows, deleted);
            }

            @Override
            public void close() throws IOException {
                camel.stop();
                database.close();
            }
        };
    }
}
