/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.Postgres;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests transactions that PostgreSQL has aborted, and that the route goes on with. */
class AbortedTransactionTest {
    private final TransactedSetting setting = setting();

    private static TransactedSetting setting() {
        try {
            return new TransactedSetting(Postgres.newDatabase());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        setting.close();
    }

    /** PostgreSQL refuses every statement after one that failed, so the key cannot be written either. */
    @Test
    void given_a_statement_that_fails_in_postgresql_when_the_route_handles_it_then_only_its_row_is_held()
            throws Exception {
        setting.server.add(ListedRow.patients(0, 5, ListedRow.LONG_AGO));
        setting.bindUsual();
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(exchange -> {});
                from(setting.uri("&idempotentRepository=#state&heldRowBackoff=0"))
                        .routeId("sync")
                        .process(setting::insert)
                        .process(exchange -> {
                            if ("p2".equals(exchange.getMessage().getHeader("CamelCliniceaRecordId"))) {
                                setting.database.update("INSERT INTO log VALUES (?, '')", "x".repeat(21));
                            }
                        });
            }
        });

        setting.camel.start();

        TransactedSetting.await(() -> assertThat(setting.log()).containsExactly("p0", "p1", "p3", "p4"));
        TransactedSetting.await(
                () -> assertThat(setting.consumer().sync().heldRows()).hasSize(1));
        assertThat(setting.quiet.exceptions())
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("transaction is aborted"));
    }
}
