/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.cli.Output;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Prints where the database is, one query with its result, and how to run it again.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 *
 * @param address where the database is
 * @param settings what was mirrored
 */
record MirrorSummary(DatabaseAddress address, MirrorSettings settings) {
    /** Returns the database in one line. */
    String database() {
        return address.file().map(file -> "H2 file " + file).orElseGet(address::shown);
    }

    void print(MirrorDatabase database, Output out) {
        String table = settings.table(settings.resources().get(0));
        String query = "SELECT status, COUNT(*) FROM " + table + " GROUP BY status ORDER BY status";
        address.file().ifPresent(file -> out.println("Database file: " + file));
        out.println("JDBC URL:      " + address.shown());
        if (address.shownUser() != null) {
            out.println("User:          " + address.shownUser()
                    + (address.isH2() && !hasPassword() ? ", with an empty password" : ""));
        }
        out.println("Fields:        each resource has a table with a column for each field, such as "
                + FieldTables.name(table));
        out.println("\nA query, and its result:\n\n  " + query);
        database.query(query).forEach(line -> out.println("    " + line));
        if (address.file().isPresent()) {
            String h2 = "java -cp " + h2Jar();
            String user = address.shownUser() == null ? "NAME" : address.shownUser();
            boolean isEmpty = address.shownUser() != null && !hasPassword();
            String login =
                    " -url \"" + address.shown() + "\" -user " + user + " -password " + (isEmpty ? "\"\"" : "PASSWORD");
            out.println("\nTo run it again, or to open the database in a browser:\n");
            out.println("  " + h2 + " org.h2.tools.Shell" + login + " -sql \"" + query + "\"");
            out.println("  " + h2 + " org.h2.tools.Console" + login);
        }
    }

    private boolean hasPassword() {
        return address.password() != null && !address.password().isEmpty();
    }

    /** Returns the path of the jar with H2, which has a shell and a console for the browser. */
    private static Path h2Jar() {
        try {
            return Path.of(Class.forName("org.h2.Driver")
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("H2 is not on the class path", e);
        }
    }
}
