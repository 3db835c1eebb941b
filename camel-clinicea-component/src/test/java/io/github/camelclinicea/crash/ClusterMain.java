/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.HttpClinic;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.zookeeper.cluster.ZooKeeperClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Is one node of a cluster. All nodes run this route, and the leader polls. */
final class ClusterMain {
    static final String ZOOKEEPER = "zookeeper:";
    static final String FILE = "file:";

    /** In place of the URL of a gate: the route reports each row to the clinic and writes to no table. */
    static final String NOT_TRANSACTED = "none";

    static final String IN_BATCH = "in-batch";
    static final String BEFORE_COMMIT = "before-commit";
    static final String AFTER_COMMIT = "after-commit";

    private static final long DATABASE_MILLIS = 2_000;
    private static final int SESSION_MILLIS = 4_000;

    private ClusterMain() {}

    /**
     * Runs the node. The arguments are its name, the base URL, the JDBC URL, the delay between polls in ms,
     * "zookeeper:" with nodes or "file:" with a folder, and the URL of a gate or "none".
     */
    public static void main(String[] args) throws Exception {
        String node = args[0];
        String baseUrl = args[1];
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(args[2]);
        dataSource.setConnectionTimeout(DATABASE_MILLIS);
        dataSource.setValidationTimeout(DATABASE_MILLIS / 2);
        // Otherwise a node that starts while the database is down would end and not wait for its turn.
        dataSource.setInitializationFailTimeout(-1);
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addService(clusterService(node, args[4]));
        boolean transacted = !args[5].equals(NOT_TRANSACTED);
        Processor work;
        if (transacted) {
            camel.getRegistry().bind("state", new JdbcSyncRepository(dataSource, "crash"));
            camel.getRegistry().bind("manager", new GatedManager(dataSource, args[5], node));
            work = insertBatch(new JdbcTemplate(dataSource), args[5], node);
        } else {
            camel.getRegistry().bind("state", new JdbcMessageIdRepository(dataSource, "crash"));
            work = report(HttpClient.newHttpClient(), baseUrl, node);
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TransactionException.class, DataAccessResourceFailureException.class)
                        .to("controlbus:route?routeId=clinic&action=restart&async=true");

                from("master:clinic:clinicea:patients?apiKey=k&baseUrl=" + baseUrl + "&parameter.node=" + node
                                + "&syncId=" + HttpClinic.SYNC_ID + "&idempotentRepository=#state&overlap=2s"
                                + "&bridgeErrorHandler=true&initialDelay=0&delay=" + args[3]
                                + (transacted ? "&batching=true&transacted=true" : ""))
                        .routeId("clinic")
                        .process(work);
            }
        });
        camel.start();
        System.out.println("started");
        Thread.currentThread().join();
    }

    private static Processor report(HttpClient http, String baseUrl, String node) {
        return exchange ->
                ChildMain.report(http, baseUrl, node, exchange.getMessage().getBody(Map.class));
    }

    private static Processor insertBatch(JdbcTemplate database, String gateUrl, String node) {
        return exchange -> {
            List<Object[]> lines = TransactedChildMain.lines(exchange.getMessage());
            int half = lines.size() / 2;
            database.batchUpdate(LogTable.INSERT, lines.subList(0, half));
            Gate.pass(gateUrl, node, IN_BATCH);
            database.batchUpdate(LogTable.INSERT, lines.subList(half, lines.size()));
        };
    }

    /** Its only transactions are those of the route. */
    private static final class GatedManager extends DataSourceTransactionManager {
        private static final long serialVersionUID = 1L;

        private final String gateUrl;
        private final String node;

        GatedManager(DataSource dataSource, String gateUrl, String node) {
            super(dataSource);
            this.gateUrl = gateUrl;
            this.node = node;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            Gate.pass(gateUrl, node, BEFORE_COMMIT);
            super.doCommit(status);
            Gate.pass(gateUrl, node, AFTER_COMMIT);
        }
    }

    private static CamelClusterService clusterService(String node, String where) {
        if (where.startsWith(FILE)) {
            FileLockClusterService service = new FileLockClusterService();
            service.setId(node);
            service.setRoot(where.substring(FILE.length()));
            service.setAcquireLockDelay(100, TimeUnit.MILLISECONDS);
            service.setAcquireLockInterval(1, TimeUnit.SECONDS);
            return service;
        }
        ZooKeeperClusterService service = new ZooKeeperClusterService();
        service.setId(node);
        service.setNodes(where.substring(ZOOKEEPER.length()));
        service.setBasePath("/camel");
        service.setSessionTimeout(SESSION_MILLIS);
        return service;
    }
}
