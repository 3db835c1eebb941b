/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.secrets.CanaryWatch.HEADERS;
import static io.github.camelclinicea.secrets.CanaryWatch.WIRE;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.WatchedClinic;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that a key on the component appears nowhere in Camel's output. The tested places are those where Camel shows a
 * key in an endpoint URI.
 */
class KeyOnComponentTest {
    private static final Set<String> SAFE_TO_CALL = Set.of(
            "dumpRouteAsXml",
            "dumpRouteAsYaml",
            "dumpRoutesAsXml",
            "dumpRoutesAsYaml",
            "dumpRoutesCoverageAsXml",
            "dumpStructuredRoutesAsXml",
            "dumpRouteStatsAsXml",
            "dumpStatsAsXml");

    private final CanaryWatch watch = new CanaryWatch(Level.TRACE, Set.of(HEADERS, WIRE));
    private final WatchedClinic clinic = new WatchedClinic();
    private final WatchedContext context = new WatchedContext(watch);
    private final DefaultCamelContext camel = context.camel();
    private int operations;

    @AfterEach
    void close() {
        context.close();
        clinic.close();
        watch.close();
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_a_key_on_the_component_when_camel_shows_all_it_has_then_the_key_is_nowhere(Who who) throws Exception {
        String credentials = who.logIn(camel, clinic);
        String get = "clinicea:patients?operation=get" + credentials;
        String poll = "clinicea:patients?initialDelay=0&delay=100" + credentials;
        clinic.serveAll(json("{\"PatientID\":\"p1\"}"));
        clinic.serve(StubClinicea.PATIENTS, json("[{\"PatientID\":\"p1\",\"DataStatusStr\":\"Added\"}]"));
        camel.setDevConsole(true);
        camel.setBacklogTracing(true);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(poll).routeId("poll").process(context::look);
                from("direct:all")
                        .routeId("all")
                        .wireTap(get)
                        .toD(get)
                        .recipientList(constant(get))
                        .process(context::look)
                        .routingSlip(constant(get))
                        .process(context::look)
                        .enrich(get)
                        .process(context::look)
                        .pollEnrich(poll + "&syncId=enrich", 10_000)
                        .process(context::look)
                        .to("log:all?showAll=true&showAllProperties=true");
            }
        });
        camel.start();

        Exchange out = camel.createFluentProducerTemplate()
                .to("direct:all")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
        clinic.assertShownBy(who);
        lookAtConsoles();
        lookAtDumps();
        assertThat(operations).as("dumps looked at").isGreaterThan(5);
        context.assertNothingSeen(HEADERS, WIRE);
    }

    private void lookAtConsoles() {
        DevConsoleRegistry consoles = camel.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        assertThat(consoles.stream().map(DevConsole::getId)).contains("endpoint", "service", "route-dump");
        consoles.stream()
                .filter(console -> !"heap-dump".equals(console.getId()))
                .forEach(console -> Stream.of(DevConsole.MediaType.TEXT, DevConsole.MediaType.JSON)
                        .filter(console::supportMediaType)
                        .forEach(type -> watch.look("console " + console.getId(), console.call(type, Map.of()))));
    }

    private void lookAtDumps() throws Exception {
        MBeanServer server = camel.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName all = new ObjectName("org.apache.camel:context=" + camel.getManagementName() + ",*");
        for (ObjectName name : server.queryNames(all, null)) {
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                if (SAFE_TO_CALL.contains(operation.getName()) && operation.getSignature().length == 0) {
                    operations++;
                    watch.look(
                            operation.getName() + " of " + name,
                            server.invoke(name, operation.getName(), new Object[0], new String[0]));
                }
            }
        }
    }
}
