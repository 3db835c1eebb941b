/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import io.github.camelclinicea.testing.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Provides a database that outlives the killed processes. */
interface Databases {
    String jdbcUrl();

    /** Returns the port of the database's server, for a relay in front of it. */
    int port();

    /** Returns all keys of the sync. Call it only while no process has an H2 file open. */
    default Set<String> keys() throws SQLException {
        Set<String> keys = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT messageId FROM CAMEL_MESSAGEPROCESSED")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (e.getMessage().contains("CAMEL_MESSAGEPROCESSED")
                    || e.getMessage().contains("camel_messageprocessed")) {
                // The process was killed before it created its table.
                return keys;
            }
            throw e;
        }
        return keys;
    }

    static Databases h2(Path folder) {
        return new Databases() {
            @Override
            public String jdbcUrl() {
                return "jdbc:h2:file:" + folder.resolve("state").toAbsolutePath() + ";WRITE_DELAY=0";
            }

            @Override
            public int port() {
                throw new UnsupportedOperationException("a file has none");
            }
        };
    }

    static Databases postgres() throws IOException, SQLException {
        // A node that is stopped inside a transaction must not keep the others waiting for its locks.
        return postgres("&options=-c%20idle_in_transaction_session_timeout%3D1000");
    }

    static Databases postgresWithoutTimeout() throws IOException, SQLException {
        return postgres("");
    }

    private static Databases postgres(String options) throws IOException, SQLException {
        String url = Postgres.newDatabase();
        int port = Postgres.port();
        return new Databases() {
            @Override
            public String jdbcUrl() {
                return url + options;
            }

            @Override
            public int port() {
                return port;
            }
        };
    }
}
