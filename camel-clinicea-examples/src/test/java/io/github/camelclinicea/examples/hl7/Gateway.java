/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.camel.main.Main;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs the application in this process, with a database of its own. */
final class Gateway implements AutoCloseable {
    private final Main main;
    private final int resultsPort;

    private Gateway(Main main, int resultsPort) {
        this.main = main;
        this.resultsPort = resultsPort;
    }

    /**
     * Starts the application.
     *
     * @param receiver the port of the receiver
     * @param database a name, for a database that stays for the next start
     * @param more properties
     */
    static Gateway start(CliniceaSandbox sandbox, int receiver, String database, Map<String, String> more)
            throws Exception {
        int resultsPort = Hospital.freePort();
        Main main = Hl7Application.create();
        properties(sandbox, receiver, resultsPort, "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1", more)
                .forEach((name, value) -> main.addOverrideProperty(name, value));
        main.start();
        return new Gateway(main, resultsPort);
    }

    static Gateway start(CliniceaSandbox sandbox, int receiver) throws Exception {
        return start(sandbox, receiver, UUID.randomUUID().toString(), Map.of());
    }

    static Map<String, String> properties(
            CliniceaSandbox sandbox, int receiver, int resultsPort, String database, Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("clinicea.api-key", sandbox.apiKey());
        properties.put("clinicea.base-url", sandbox.baseUrl());
        properties.put("hl7.port", "" + receiver);
        properties.put("hl7.results.port", "" + resultsPort);
        properties.put("hl7.delay", "100");
        properties.put("hl7.ack-timeout", "5000");
        properties.put("hl7.database", database);
        properties.put("hl7.database-user", "postgres");
        properties.put("camel.component.clinicea.configuration.max-retries", "0");
        properties.put("camel.component.clinicea.configuration.held-row-backoff", "0");
        properties.putAll(more);
        return properties;
    }

    Main main() {
        return main;
    }

    int resultsPort() {
        return resultsPort;
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(main.getCamelContext().getRegistry().findSingleByType(javax.sql.DataSource.class));
    }

    /** Makes a route begin again, so that each row is emitted once more. */
    void reset(String routeId) {
        operate(routeId, "resetSync");
    }

    /** Makes a route poll at once. */
    void poll(String routeId) {
        operate(routeId, "pollNow");
    }

    /** Returns how many polls of a route have ended. */
    int polls(String routeId) {
        return ((TabularData) operate(routeId, "recentPolls")).size();
    }

    /** Returns the ids of the held rows of a route. */
    Set<String> held(String routeId) {
        return ((TabularData) operate(routeId, "heldRows"))
                .values().stream()
                        .map(row -> (String) ((CompositeData) row).get("recordId"))
                        .collect(Collectors.toSet());
    }

    /** Performs an operation of a consumer by JMX. */
    private Object operate(String routeId, String operation) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            for (ObjectName name : server.queryNames(
                    new ObjectName("org.apache.camel:context="
                            + main.getCamelContext().getManagementName() + ",type=consumers,name=CliniceaConsumer*,*"),
                    null)) {
                if (routeId.equals(server.getAttribute(name, "RouteId"))) {
                    return server.invoke(name, operation, null, null);
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException("no route " + routeId);
    }

    @Override
    public void close() {
        main.stop();
    }
}
