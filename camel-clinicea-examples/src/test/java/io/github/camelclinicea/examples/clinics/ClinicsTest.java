/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.clinics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Follows fifty clinics of one server. One clinic has a wrong key, and one does not respond. */
class ClinicsTest {
    private static final int CLINICS = 50;
    private static final int PATIENTS = 250;
    private static final int POLLERS = 8;
    private static final int PAGES_IN_FLIGHT = 4;
    private static final String WRONG = "clinic-07";
    private static final String HANGING = "clinic-21";

    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:clinics", "sa", "");
    private final Map<String, Set<String>> arrived = new ConcurrentHashMap<>();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong mostPageThreads = new AtomicLong();
    private final Main main = new Main();
    private ClinicsServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ClinicsServer();
        server.hangs(key(HANGING));
        JdbcTemplate table = new JdbcTemplate(database);
        table.execute("CREATE TABLE clinics (name VARCHAR(40) PRIMARY KEY, api_key VARCHAR(100))");
        IntStream.range(0, CLINICS).mapToObj("clinic-%02d"::formatted).forEach(clinic -> {
            table.update("INSERT INTO clinics VALUES (?, ?)", clinic, key(clinic));
            if (!clinic.equals(WRONG)) {
                server.has(key(clinic), PATIENTS);
            }
        });

        main.bind("syncState", new JdbcMessageIdRepository(database, "clinics"));
        main.addInitialProperty("clinics.poll-every", "200ms");
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", server.baseUrl());
        main.configure().addRoutesBuilder(new ClinicTemplate());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                bindToRegistry(
                        "pollers",
                        getContext().getExecutorServiceManager().newScheduledThreadPool(this, "pollers", POLLERS));
                from("direct:patient").process(patient -> {
                    arrived.computeIfAbsent(
                                    patient.getMessage().getHeader("clinic", String.class),
                                    clinic -> ConcurrentHashMap.newKeySet())
                            .add(patient.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class));
                    if (rows.incrementAndGet() % 100 == 0) {
                        mostPageThreads.accumulateAndGet(threads("CliniceaPages"), Math::max);
                    }
                });
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        server.close();
        main.stop();
        database.dispose();
    }

    private static String key(String clinic) {
        return "k+y&" + clinic;
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(name))
                .count();
    }

    @Test
    void given_fifty_clinics_when_one_is_refused_and_one_does_not_answer_then_the_others_are_followed() {
        new Clinics(database).follow(main.getCamelContext());

        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(arrived).hasSize(CLINICS - 2).doesNotContainKeys(WRONG, HANGING);
            assertThat(arrived.values())
                    .allSatisfy(patients -> assertThat(patients).hasSize(PATIENTS));
        });
        await().untilAsserted(() -> assertThat(server.refused(key(WRONG))).isPositive());
        assertThat(server.hangsOnARequest()).isTrue();
        assertThat(threads("pollers")).isEqualTo(POLLERS);
        assertThat(mostPageThreads).hasPositiveValue().hasValueLessThanOrEqualTo(POLLERS * PAGES_IN_FLIGHT);

        arrived.clear();
        for (String later : Set.of("clinic-00", "clinic-49")) {
            server.getsOneMore(key(later));
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(arrived.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        patients -> patients.getValue().size())))
                        .isEqualTo(Map.of("clinic-00", 1, "clinic-49", 1)));
    }

    @Test
    void given_a_clinic_that_joins_when_the_table_is_read_again_then_it_alone_gets_a_route() {
        Clinics clinics = new Clinics(database);
        clinics.follow(main.getCamelContext());
        int routes = main.getCamelContext().getRoutesSize();
        new JdbcTemplate(database).update("INSERT INTO clinics VALUES (?, ?)", "clinic-50", key("clinic-50"));
        server.has(key("clinic-50"), 1);

        clinics.follow(main.getCamelContext());

        assertThat(main.getCamelContext().getRoutesSize()).isEqualTo(routes + 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> arrived.containsKey("clinic-50"));
    }
}
