/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.HttpClinic;
import io.github.camelclinicea.testing.HttpClinic.Version;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the table into which the routes only ever insert, one line for each version that took effect. It has no key, so
 * a version that takes effect twice can be seen. Read an H2 file only while no process has it open.
 */
final class LogTable {
    static final String CREATE = "CREATE TABLE IF NOT EXISTS log (seq BIGINT GENERATED ALWAYS AS IDENTITY,"
            + " id VARCHAR(20), stamp VARCHAR(30), version INT, content VARCHAR(500))";
    static final String INSERT = "INSERT INTO log (id, stamp, version, content) VALUES (?, ?, ?, ?)";

    /** A line of the table. */
    private record Line(String id, int version, String stamp, String content) {}

    private final Databases database;

    /** Creates the table if it is absent. */
    LogTable(Databases database) throws SQLException {
        this.database = database;
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            connection.createStatement().execute(CREATE);
        }
    }

    /** Returns the table in the order of the inserts. */
    private List<Line> lines() throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            ResultSet rows = connection
                    .createStatement()
                    .executeQuery("SELECT id, version, stamp, content FROM log ORDER BY seq");
            while (rows.next()) {
                lines.add(new Line(rows.getString(1), rows.getInt(2), rows.getString(3), rows.getString(4)));
            }
        }
        return lines;
    }

    /** Returns whether the newest version of each patient is there. */
    boolean hasNewest(HttpClinic clinic) throws SQLException {
        Set<String> there = new HashSet<>();
        lines().forEach(line -> there.add(line.id() + "/" + line.version()));
        return newest(clinic).entrySet().stream()
                .allMatch(patient -> there.contains(patient.getKey() + "/" + patient.getValue()));
    }

    /** Asserts that no version is there twice; returns the number of lines. */
    int assertOnce(String when) throws SQLException {
        List<Line> lines = lines();
        assertThat(lines).as(when).doesNotHaveDuplicates();
        return lines.size();
    }

    /** Asserts that each version is there once and in order, that none is missing, and that all are as listed. */
    void assertComplete(HttpClinic clinic, String when) throws SQLException {
        assertOnce(when);
        List<Line> lines = lines();
        Map<String, Integer> newest = new HashMap<>();
        for (Line line : lines) {
            assertThat(line.version())
                    .as("%s: an older version of %s after a newer one", when, line.id())
                    .isGreaterThan(newest.getOrDefault(line.id(), 0));
            newest.put(line.id(), line.version());
        }
        assertThat(newest).as("%s: the last version of each patient", when).isEqualTo(newest(clinic));
        Map<String, Version> history = new HashMap<>();
        clinic.history().forEach(version -> history.put(version.id() + "/" + version.number(), version));
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.stamp())
                        .isEqualTo(history.get(line.id() + "/" + line.version()).modified()));
    }

    private static Map<String, Integer> newest(HttpClinic clinic) {
        Map<String, Integer> newest = new HashMap<>();
        clinic.history().forEach(version -> newest.put(version.id(), version.number()));
        return newest;
    }
}
