/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.clinics;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starts a route for each row of the table of clinics. */
public final class Clinics {
    private final JdbcTemplate table;

    /**
     * Creates it, without routes.
     *
     * @param database the database with the table {@code clinics} and its columns {@code name} and {@code api_key}
     */
    public Clinics(DataSource database) {
        this.table = new JdbcTemplate(database);
    }

    /**
     * Adds a route for each clinic that has none. May be called again when the table has new rows.
     *
     * @param camel the context with the {@link ClinicTemplate}
     */
    public void follow(CamelContext camel) {
        List<Map<String, Object>> clinics = table.queryForList("SELECT name, api_key FROM clinics ORDER BY name");
        for (Map<String, Object> clinic : clinics) {
            String name = (String) clinic.get("name");
            if (camel.getRoute(name) == null) {
                TemplatedRouteBuilder.builder(camel, ClinicTemplate.NAME)
                        .routeId(name)
                        .parameter("clinic", name)
                        .parameter("apiKey", clinic.get("api_key"))
                        .add();
            }
        }
    }
}
