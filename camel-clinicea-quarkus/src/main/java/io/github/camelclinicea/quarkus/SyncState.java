/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.quarkus;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;

/** Keeps the state of the syncs in the application's own database. */
class SyncState {
    @Produces
    @Singleton
    @Named("syncState")
    JdbcMessageIdRepository syncState(DataSource dataSource) {
        return new JdbcMessageIdRepository(dataSource, "clinic-1");
    }
}
