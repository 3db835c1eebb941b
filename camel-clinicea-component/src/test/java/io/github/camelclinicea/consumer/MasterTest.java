/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.testing.ListedRow;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests consumers that {@code master:} creates, after their route has started. */
class MasterTest {
    private static final String STATE = "&idempotentRepository=#state";

    private final TransactedSetting setting = TransactedSetting.onH2();

    @TempDir
    Path folder;

    @BeforeEach
    void elect() throws Exception {
        FileLockClusterService service = new FileLockClusterService();
        service.setId("node");
        service.setRoot(folder.toString());
        service.setAcquireLockDelay(1, TimeUnit.MILLISECONDS);
        service.setAcquireLockInterval(50, TimeUnit.MILLISECONDS);
        setting.camel.addService(service);
        setting.server.add(ListedRow.patients(0, 5, ListedRow.LONG_AGO));
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private void add(String options) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:clinic:" + setting.uri(STATE + options))
                        .routeId("sync")
                        .process(setting::insert)
                        .process(exchange -> {
                            if (calls.incrementAndGet() == 3) {
                                throw new IllegalStateException("fails");
                            }
                        });
            }
        });
    }

    private void awaitLog(String... ids) {
        TransactedSetting.await(() -> assertThat(setting.log()).containsExactly(ids));
    }

    @Test
    void given_a_transacted_route_when_this_node_leads_then_each_row_takes_effect_once() throws Exception {
        setting.bindUsual();
        add("");
        setting.camel.start();
        awaitLog("p0", "p1", "p2", "p3", "p4");

        setting.camel.getRouteController().stopRoute("sync");
        setting.server.add(ListedRow.patient("p5", Instant.now()));
        setting.camel.getRouteController().startRoute("sync");

        awaitLog("p0", "p1", "p2", "p3", "p4", "p5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "master:clinic:"})
    void given_a_transacted_route_when_removed_then_its_endpoint_forgets_it(String master) throws Exception {
        setting.bindUsual();
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(master + setting.uri(STATE)).routeId("sync").process(setting::insert);
            }
        });
        setting.camel.start();
        awaitLog("p0", "p1", "p2", "p3", "p4");
        CliniceaEndpoint endpoint = (CliniceaEndpoint)
                setting.camel.getEndpoint(setting.uri(STATE));
        Field transactions = CliniceaEndpoint.class.getDeclaredField("transactions");
        transactions.setAccessible(true);
        assertThat((Map<?, ?>) transactions.get(endpoint)).hasSize(1);

        setting.camel.getRouteController().stopRoute("sync");
        setting.camel.removeRoute("sync");

        assertThat((Map<?, ?>) transactions.get(endpoint)).isEmpty();
    }

    @Test
    void given_no_transaction_manager_when_started_then_the_start_ends_before_the_election() throws Exception {
        setting.bind("state", setting.repository());
        add("");

        assertThat(TransactedSetting.messages(catchThrowable(setting.camel::start)))
                .contains("transacted=true needs a transaction manager");
    }

    @Test
    void given_an_unreadable_row_when_this_node_leads_then_the_error_handler_gets_it() throws Exception {
        List<Exception> handled = new CopyOnWriteArrayList<>();
        setting.bindUsual();
        setting.server.add(ListedRow.unreadable("x", ListedRow.LONG_AGO, "{\"PatientID\":\"x\",\"PatientID\":\"y\"}"));
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(
                                exchange -> handled.add(exchange.getProperty("CamelExceptionCaught", Exception.class)));
                from("master:clinic:" + setting.uri(STATE).replace("transacted=true&", ""))
                        .routeId("sync")
                        .process(setting::insert);
            }
        });
        setting.camel.start();

        awaitLog("p0", "p1", "p2", "p3", "p4");
        TransactedSetting.await(() -> assertThat(handled).hasSize(1));
    }
}
