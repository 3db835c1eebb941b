/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.ConsumerHealth;
import io.github.camelclinicea.testing.StubClinicea;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what two nodes show of a consumer under {@code master:}. One node leads, and the other waits. */
class LeaderTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext first = new DefaultCamelContext();
    private final DefaultCamelContext second = new DefaultCamelContext();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        clinicea.servePatients(patients(0, 3));
        for (DefaultCamelContext node : List.of(first, second)) {
            start(node);
        }
    }

    private void start(DefaultCamelContext node) throws Exception {
        FileLockClusterService service = new FileLockClusterService();
        service.setId(node.getName());
        service.setRoot(folder.toString());
        service.setAcquireLockDelay(1, TimeUnit.MILLISECONDS);
        service.setAcquireLockInterval(50, TimeUnit.MILLISECONDS);
        node.addService(service);
        ConsumerHealth.enable(node);
        node.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:clinic:" + clinicea.uri("patients", "delay=50"))
                        .routeId("sync")
                        .to("mock:end");
            }
        });
        node.start();
    }

    @AfterEach
    void stop() {
        second.stop();
        first.stop();
        clinicea.close();
    }

    private static HealthCheck.Result health(DefaultCamelContext node) {
        return ConsumerHealth.of(node, "sync");
    }

    private static boolean leads(DefaultCamelContext node) {
        return Boolean.TRUE.equals(health(node).getDetails().get("clinicea.leader"));
    }

    private static Set<ObjectName> beans(DefaultCamelContext node) throws Exception {
        return server(node)
                .queryNames(
                        new ObjectName("org.apache.camel:context=" + node.getManagementName()
                                + ",type=consumers,name=CliniceaConsumer*"),
                        null);
    }

    private static MBeanServer server(DefaultCamelContext node) {
        return node.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    @Test
    void given_two_nodes_when_one_leads_then_health_and_jmx_show_the_leader_and_the_one_that_waits() throws Exception {
        await().atMost(PATIENCE).until(() -> leads(first) != leads(second));
        DefaultCamelContext leader = leads(first) ? first : second;
        DefaultCamelContext waiting = leader == first ? second : first;

        await().atMost(PATIENCE).until(() -> health(leader).getState() == HealthCheck.State.UP);
        assertThat(health(leader).getDetails())
                .containsEntry("clinicea.leader", true)
                .containsKeys("clinicea.syncTimestamp", "clinicea.failedRows", "clinicea.rowsInFlight");
        assertThat(health(waiting).getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health(waiting).getDetails())
                .containsEntry("clinicea.leader", false)
                .doesNotContainKey("clinicea.syncTimestamp");
        assertThat(beans(waiting)).isEmpty();
        assertThat(beans(leader)).hasSize(1);
        ObjectName bean = beans(leader).iterator().next();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server(leader).getAttribute(bean, "DeliveredRows"))
                        .isEqualTo(3L));

        leader.getRouteController().stopRoute("sync");

        await().atMost(PATIENCE).until(() -> leads(waiting));
        assertThat(beans(leader)).isEmpty();
        assertThat(beans(waiting)).hasSize(1);
    }

    @Test
    void given_a_leader_whose_list_cannot_be_read_when_asked_then_it_is_down() {
        clinicea.server().resetAll();

        await().atMost(PATIENCE).until(() -> leads(first) != leads(second));
        DefaultCamelContext leader = leads(first) ? first : second;

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(health(leader).getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health(leader).getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 404);
        });
        assertThat(health(leader == first ? second : first).getState()).isEqualTo(HealthCheck.State.UP);
    }
}
