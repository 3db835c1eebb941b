/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.state.JdbcSyncRepository;
import javax.sql.DataSource;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Makes the repositories of {@code stateDataSource}. Apart from the component, since it refers to classes of camel-sql
 * that may be absent.
 *
 * <p>Specified by {@code StateDataSourceTest}.
 */
final class JdbcRepositories {
    /** Separates the keys of this component from those of other repositories in the table. */
    private static final String PROCESSOR_NAME = "clinicea";

    private JdbcRepositories() {}

    /**
     * Returns a new repository.
     *
     * @throws IllegalArgumentException if camel-sql is not on the class path
     */
    static IdempotentRepository on(DataSource dataSource) {
        try {
            return new JdbcSyncRepository(dataSource, PROCESSOR_NAME);
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "stateDataSource needs camel-sql on the class path: add it, or set idempotentRepository instead",
                    e);
        }
    }
}
