/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Starts one PostgreSQL for all tests of a JVM, at the first use. It ends with the JVM. */
public final class Postgres {
    private static EmbeddedPostgres server;
    private static int databases;

    private Postgres() {}

    private static synchronized EmbeddedPostgres server() throws IOException {
        if (server == null) {
            server = EmbeddedPostgres.start();
        }
        return server;
    }

    /**
     * Creates an empty database. Each test takes its own.
     *
     * @return its JDBC URL, which has a query
     */
    public static synchronized String newDatabase() throws IOException, SQLException {
        String name = "test" + databases++;
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server().getJdbcUrl("postgres", name);
    }

    /** Returns the server's port, for a relay in front of it. */
    public static int port() throws IOException {
        return server().getPort();
    }
}
