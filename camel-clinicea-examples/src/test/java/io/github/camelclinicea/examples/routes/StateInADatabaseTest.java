/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Uses the repository of docs/how-to/store-state.md. */
class StateInADatabaseTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void given_state_in_a_database_when_the_context_is_a_new_one_then_nothing_comes_twice() throws Exception {
        AtomicInteger rows = new AtomicInteger();
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl("jdbc:h2:mem:state");
            run(dataSource, rows);
            assertThat(rows).hasValue(clinicea.clinic().ids("patients").size());
            assertThat(new JdbcTemplate(dataSource)
                            .queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED", String.class))
                    .anyMatch(key -> key.matches("patients@\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
            rows.set(0);
            clinicea.clinic()
                    .change("patients", clinicea.clinic().ids("patients").get(3));

            run(dataSource, rows);

            assertThat(rows).hasValue(1);
        }
    }

    private static void run(HikariDataSource dataSource, AtomicInteger rows) throws Exception {
        CamelContext camelContext = new DefaultCamelContext();
        try {
            JdbcMessageIdRepository syncState = new JdbcMessageIdRepository(dataSource, "clinic-1");
            camelContext.getRegistry().bind("syncState", syncState);
            camelContext.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl()
                                    + "&idempotentRepository=#syncState&delay=50&initialDelay=0")
                            .routeId("patients")
                            .process(e -> rows.incrementAndGet());
                }
            });
            camelContext.start();
            long before = clinicea.sandbox().requests();
            await().until(() -> clinicea.sandbox().requests() >= before + 10);
        } finally {
            camelContext.stop();
        }
    }
}
