/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf.clinic;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.camel.CamelContext;
import org.apache.camel.karaf.core.OsgiDefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.h2.jdbcx.JdbcConnectionPool;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Starts and stops the routes with the bundle. */
public final class ClinicActivator implements BundleActivator {
    private JdbcConnectionPool database;
    private CamelContext camel;

    @Override
    public void start(BundleContext bundle) throws Exception {
        String file = bundle.getProperty("karaf.data") + "/clinic";
        database = JdbcConnectionPool.create("jdbc:h2:file:" + file + ";WRITE_DELAY=0;AUTO_SERVER=TRUE", "sa", "");
        createTable();
        camel = new OsgiDefaultCamelContext(bundle);
        camel.getRegistry().bind("dataSource", database);
        camel.getRegistry().bind("required", new SpringTransactionPolicy(new DataSourceTransactionManager(database)));
        camel.getRegistry().bind("syncState", new JdbcMessageIdRepository(database, "clinic-1"));
        camel.addRoutes(new ClinicRoutes(bundle.getBundle().getVersion().toString()));
        camel.start();
    }

    private void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS mirrored (id VARCHAR(64))");
        }
    }

    @Override
    public void stop(BundleContext bundle) {
        camel.stop();
        database.dispose();
    }
}
