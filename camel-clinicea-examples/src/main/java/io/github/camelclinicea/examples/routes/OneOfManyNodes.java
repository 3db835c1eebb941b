/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.zookeeper.cluster.ZooKeeperClusterService;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** Defines the route of a cluster. Every node runs it, and only the leader polls. */
public class OneOfManyNodes extends RouteBuilder {
    @Override
    public void configure() {
        onException(TransactionException.class, DataAccessResourceFailureException.class)
                .to("controlbus:route?routeId=patients&action=restart&async=true");

        from("master:clinic-1:clinicea:patients?apiKey={{clinicea.api-key}}&idempotentRepository=#syncState"
                        + "&bridgeErrorHandler=true")
                .routeId("patients")
                .to("direct:savePatient");
    }

    /** Returns a leader election by ZooKeeper, for nodes on several machines. */
    public static CamelClusterService byZooKeeper(String node, String servers) {
        ZooKeeperClusterService service = new ZooKeeperClusterService();
        service.setId(node);
        service.setNodes(servers);
        service.setBasePath("/camel");
        service.setSessionTimeout(10_000);
        return service;
    }

    /** Returns a leader election by a file lock, for processes on one machine. */
    public static CamelClusterService byFileLock(String folder) {
        FileLockClusterService service = new FileLockClusterService();
        service.setRoot(folder);
        service.setAcquireLockDelay(1, TimeUnit.SECONDS);
        service.setAcquireLockInterval(5, TimeUnit.SECONDS);
        return service;
    }

    /** Returns a data source with time limits, so that a database without response does not block a thread. */
    public static HikariDataSource stateDatabase(String jdbcUrl) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(jdbcUrl);
        dataSource.addDataSourceProperty("socketTimeout", "20");
        dataSource.addDataSourceProperty("connectTimeout", "5");
        dataSource.setConnectionTimeout(5_000);
        dataSource.setValidationTimeout(2_000);
        dataSource.setInitializationFailTimeout(-1);
        return dataSource;
    }
}
