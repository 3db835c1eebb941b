/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Runs the README's first route in a Spring application context that is written in XML. */
class FirstRouteInSpringTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(120));

    private final Set<String> saved = ConcurrentHashMap.newKeySet();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final HikariDataSource dataSource = new HikariDataSource();
    // The beans of the rest of an application.
    private final GenericApplicationContext application = new GenericApplicationContext();

    @BeforeEach
    void start() {
        dataSource.setJdbcUrl("jdbc:h2:mem:spring");
        CliniceaComponent component = new CliniceaComponent();
        component.getConfiguration().setBaseUrl(clinicea.baseUrl());
        Properties properties = new Properties();
        properties.setProperty("clinicea.api-key", clinicea.apiKey());
        application.registerBean("dataSource", DataSource.class, () -> dataSource);
        application.registerBean("clinicea", CliniceaComponent.class, () -> component);
        application.registerBean("clinicProperties", Properties.class, () -> properties);
        application.registerBean("patientRoutes", RouteBuilder.class, PatientRoutes::new);
        application.refresh();
    }

    @AfterEach
    void stop() {
        application.close();
        dataSource.close();
    }

    @Test
    void given_the_route_in_spring_xml_when_started_then_every_patient_arrives_and_a_deleted_one_goes_the_other_way() {
        Map<String, Object> patient = clinicea.clinic().add("patients");
        String id = (String) patient.get("PatientID");
        clinicea.clinic().delete("patients", id);

        try (ClassPathXmlApplicationContext spring =
                new ClassPathXmlApplicationContext(new String[] {"routes/first-route-spring.xml"}, application)) {
            assertThat(spring.isRunning()).isTrue();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(saved)
                            .containsExactlyInAnyOrderElementsOf(
                                    clinicea.clinic().ids("patients")));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(removed).containsExactly(id));
        }
    }

    private final class PatientRoutes extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:savePatient")
                    .process(e -> saved.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            from("direct:removePatient")
                    .process(e -> removed.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
        }
    }
}
