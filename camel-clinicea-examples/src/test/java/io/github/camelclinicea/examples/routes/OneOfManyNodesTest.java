/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.main.Main;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the routes of the page on clusters, on a node that wins its election. */
class OneOfManyNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(20));

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    private final Set<String> saved = ConcurrentHashMap.newKeySet();
    private final Main main = new Main();

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void emptyTheDatabase() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS camel_messageprocessed");
        }
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private void assertEveryPatientArrives(CamelClusterService election) throws Exception {
        try (HikariDataSource dataSource = OneOfManyNodes.stateDatabase(postgres.getJdbcUrl("postgres", "postgres"))) {
            main.bind("syncState", new JdbcMessageIdRepository(dataSource, "clinic-1"));
            main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
            main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() throws Exception {
                    getContext().addService(election);
                    from("direct:savePatient")
                            .process(e ->
                                    saved.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
                }
            });
            main.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(saved)
                            .containsExactlyInAnyOrderElementsOf(
                                    clinicea.clinic().ids("patients")));
            main.stop();
        }
    }

    @Test
    void given_the_route_in_java_and_zookeeper_when_the_node_leads_then_every_patient_arrives() throws Exception {
        try (TestingServer zookeeper = new TestingServer()) {
            main.configure().addRoutesBuilder(new OneOfManyNodes());
            assertEveryPatientArrives(OneOfManyNodes.byZooKeeper("north", zookeeper.getConnectString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:routes/one-of-many-nodes.xml", "classpath:routes/one-of-many-nodes.yaml"})
    void given_the_route_in_xml_or_yaml_and_a_file_lock_when_the_node_leads_then_every_patient_arrives(String file)
            throws Exception {
        main.configure().withRoutesIncludePattern(file);
        assertEveryPatientArrives(OneOfManyNodes.byFileLock(folder.toString()));
    }
}
