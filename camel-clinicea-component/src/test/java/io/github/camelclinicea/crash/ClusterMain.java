/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.testing.HttpClinic;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.zookeeper.cluster.ZooKeeperClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** Is one node of a cluster. All nodes run this route, and the leader polls. */
final class ClusterMain {
    static final String ZOOKEEPER = "zookeeper:";
    static final String FILE = "file:";

    private static final long DATABASE_MILLIS = 2_000;
    private static final int SESSION_MILLIS = 4_000;

    private ClusterMain() {}

    /**
     * Runs the node. The arguments are its name, the base URL, the JDBC URL, the delay between polls in ms, and
     * "zookeeper:" with nodes or "file:" with a folder.
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
        HttpClient http = HttpClient.newHttpClient();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addService(clusterService(node, args[4]));
        camel.getRegistry().bind("state", new JdbcMessageIdRepository(dataSource, "crash"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TransactionException.class, DataAccessResourceFailureException.class)
                        .to("controlbus:route?routeId=clinic&action=restart&async=true");

                from("master:clinic:clinicea:patients?apiKey=k&baseUrl=" + baseUrl + "&parameter.node=" + node
                                + "&syncId=" + HttpClinic.SYNC_ID + "&idempotentRepository=#state&overlap=2s"
                                + "&bridgeErrorHandler=true&initialDelay=0&delay=" + args[3])
                        .routeId("clinic")
                        .process(exchange -> {
                            Map<?, ?> row = exchange.getMessage().getBody(Map.class);
                            ChildMain.report(http, baseUrl, node, row);
                        });
            }
        });
        camel.start();
        System.out.println("started");
        Thread.currentThread().join();
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
