/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.HttpClinic;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Is the process that is killed, with a transacted route. The route only ever inserts each row into a table without a
 * key, and then reports to the clinic, inside the transaction.
 */
final class TransactedChildMain {
    private static final int KILLED = 137;

    private TransactedChildMain() {}

    /**
     * Runs the route. The arguments are the node's name, the base URL, the JDBC URL, further options of the endpoint,
     * and the end of the process. The end is a step and its count, as in {@code before-commit:3}. It may also be
     * {@code none}, or {@code drained} for the second poll that delivers nothing.
     */
    public static void main(String[] args) throws Exception {
        String baseUrl = args[1];
        String end = args[4];
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(args[2]);
        JdbcTemplate database = new JdbcTemplate(dataSource);
        database.execute(LogTable.CREATE);
        HttpClient http = HttpClient.newHttpClient();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("state", new EndingRepository(dataSource, end));
        camel.getRegistry().bind("manager", new EndingManager(dataSource, end));
        CountDownLatch idlePolls = idlePolls(camel);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=k&transacted=true&idempotentRepository=#state&overlap=2s&delay=100"
                                + "&initialDelay=0&syncId=" + HttpClinic.SYNC_ID + "&baseUrl=" + baseUrl + args[3])
                        .process(exchange -> {
                            List<Map<?, ?>> rows = rows(exchange.getMessage());
                            database.batchUpdate(LogTable.INSERT, lines(exchange.getMessage()));
                            ChildMain.report(http, baseUrl, args[0], rows.get(0));
                        });
            }
        });
        camel.start();
        System.out.println("started");
        if (end.equals("drained")) {
            idlePolls.await();
            camel.close();
            dataSource.close();
            System.exit(0);
        }
        Thread.currentThread().join();
    }

    /** Counts down at each poll that completed and delivered nothing. */
    private static CountDownLatch idlePolls(DefaultCamelContext camel) {
        CountDownLatch idle = new CountDownLatch(2);
        camel.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CliniceaPollEvent poll
                        && poll.getOutcome() == CliniceaPollEvent.Outcome.COMPLETE
                        && poll.getRowsDelivered() == 0) {
                    idle.countDown();
                }
            }
        });
        return idle;
    }

    private static List<Map<?, ?>> rows(Message message) {
        List<?> bodies = message.getBody() instanceof List<?> batch ? batch : List.of(message.getBody());
        List<Map<?, ?>> rows = new ArrayList<>();
        bodies.forEach(row -> rows.add((Map<?, ?>) row));
        return rows;
    }

    /** Returns the values for {@link LogTable#INSERT}, one array for each row of the message. */
    static List<Object[]> lines(Message message) {
        List<?> stamps = message.getHeader(CliniceaConstants.MODIFIEDS, List.class);
        Object stamp = message.getHeader(CliniceaConstants.MODIFIED);
        List<Object[]> values = new ArrayList<>();
        for (Map<?, ?> row : rows(message)) {
            values.add(new Object[] {
                row.get("PatientID"),
                String.valueOf(stamps == null ? stamp : stamps.get(values.size())),
                Integer.valueOf(row.get("Version").toString()),
                row.toString()
            });
        }
        return values;
    }

    /** Ends the process at a step, if it is the one that was named and has come as often as named. */
    private static final class End {
        private final String step;
        private final int count;
        private final AtomicInteger seen = new AtomicInteger();

        End(String name) {
            String[] parts = name.split(":");
            step = parts[0];
            count = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        }

        void at(String here) {
            if (here.equals(step) && seen.incrementAndGet() == count) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }

    /** Has transactions of its own, so that its steps are those of the keys of a delivery. */
    private static final class EndingRepository extends JdbcSyncRepository {
        private final End end;

        EndingRepository(DataSource dataSource, String end) {
            super(dataSource, "crash");
            this.end = new End(end);
        }

        @Override
        public void addAll(Collection<String> keys) {
            end.at("before-keys");
            super.addAll(keys);
        }

        @Override
        public void addNew(Collection<String> keys) {
            end.at("before-keys");
            super.addNew(keys);
        }
    }

    /** Its only transactions are those of the route. */
    private static final class EndingManager extends DataSourceTransactionManager {
        private static final long serialVersionUID = 1L;

        private final transient End end;

        EndingManager(DataSource dataSource, String end) {
            super(dataSource);
            this.end = new End(end);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            end.at("before-commit");
            super.doCommit(status);
            end.at("after-commit");
        }
    }
}
