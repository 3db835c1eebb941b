/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Creates the tables of {@code hl7/tables.sql}.
 *
 * <p>Specified by {@code ClinicToHl7Test}.
 */
final class GatewayTables {
    private GatewayTables() {}

    /**
     * Returns the database of the gateway, with those tables that it did not have.
     *
     * @param context has the database in its registry
     */
    static DataSource in(CamelContext context) {
        DataSource dataSource = context.getRegistry().lookupByNameAndType("dataSource", DataSource.class);
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("hl7/tables.sql")), dataSource);
        return dataSource;
    }
}
