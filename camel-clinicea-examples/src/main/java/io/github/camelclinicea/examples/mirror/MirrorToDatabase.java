/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Mirrors a clinic into a SQL database and shows that the mirror is complete. It runs a first sync, an incremental sync
 * after a burst of changes, and a restart from the checkpoint. Then it compares both sides record by record. The exit
 * code is 0 if all records are equal, 1 if any differ or one side could not be used, and 2 for a wrong argument.
 */
public final class MirrorToDatabase {
    private static final int BURST = 60;
    private static final int WHILE_STOPPED = 5;

    private final PrintStream out;
    private final MirrorOptions options;
    private final Path file;

    MirrorToDatabase(PrintStream out, MirrorOptions options, Path file) {
        this.out = out;
        this.options = options;
        this.file = file;
    }

    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.println(MirrorOptions.USAGE);
            return;
        }
        try {
            MirrorOptions options = MirrorOptions.parse(args);
            System.exit(new MirrorToDatabase(System.out, options, Path.of("target", "mirror", "mirror")).run());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    int run() throws Exception {
        try (Clinicea clinicea = Clinicea.of(options)) {
            out.println("Clinicea: " + (options.sandbox() ? "sandbox at " : "") + clinicea.baseUrl());
            out.println("Database: "
                    + (options.jdbcUrl() == null ? "H2 file " + file.toAbsolutePath() + ".mv.db" : "as given"));
            Progress progress = new Progress(out);
            firstSyncAndChanges(clinicea, progress);
            return restart(clinicea, progress) ? 0 : 1;
        } catch (IllegalStateException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private void firstSyncAndChanges(Clinicea clinicea, Progress progress) throws Exception {
        try (Mirror mirror = new Mirror(openDatabase(options.sandbox()), clinicea, options, progress)) {
            out.println("First sync");
            progress.begin();
            mirror.awaitCaughtUp();
            progress.end();
            if (options.sandbox()) {
                progress.begin();
                int changes = clinicea.change(BURST);
                out.println("\nIncremental sync after " + changes + " changes in the clinic");
                mirror.awaitCaughtUp();
                progress.end();
            }
        }
    }

    private boolean restart(Clinicea clinicea, Progress progress) throws Exception {
        progress.begin();
        int changes = clinicea.change(WHILE_STOPPED);
        out.println("\nRestart" + (options.sandbox() ? " after " + changes + " changes while stopped" : ""));
        try (Mirror mirror = new Mirror(openDatabase(false), clinicea, options, progress)) {
            out.println("  the checkpoint of patients is " + mirror.syncTimestamp(Mirrored.PATIENTS));
            mirror.awaitCaughtUp();
            progress.end();
            Comparison comparison = new Comparison();
            for (Mirrored what : Mirrored.values()) {
                Map<String, JsonNode> records = mirror.database().records(what);
                comparison.add(what, clinicea.records(what, mirror.camel()), records);
                mirror.database().createFieldTable(what, records.values());
            }
            comparison.print(out, progress);
            printAddress(mirror.database());
            return comparison.equal();
        }
    }

    /** Prints where the database is, one query with its result, and how to run it again. */
    private void printAddress(MirrorDatabase database) {
        String patients = Mirrored.PATIENTS.table(options.tablePrefix());
        String query = "SELECT status, COUNT(*) FROM " + patients + " GROUP BY status ORDER BY status";
        boolean h2File = options.jdbcUrl() == null;
        String url = MirrorDatabase.h2Url(file);
        if (h2File) {
            out.println("Database file: " + file.toAbsolutePath() + ".mv.db");
            out.println("JDBC URL:      " + url);
            out.println("User:          " + MirrorDatabase.H2_USER + ", with an empty password");
        }
        out.println("Fields:        each resource has a table with a column for each field, such as "
                + FieldTables.name(patients));
        out.println("\nA query, and its result:\n\n  " + query);
        database.query(query).forEach(line -> out.println("    " + line));
        if (h2File) {
            String h2 = "java -cp " + h2Jar();
            String login = " -url \"" + url + "\" -user " + MirrorDatabase.H2_USER + " -password \"\"";
            out.println("\nTo run it again, or to open the database in a browser:\n");
            out.println("  " + h2 + " org.h2.tools.Shell" + login + " -sql \"" + query + "\"");
            out.println("  " + h2 + " org.h2.tools.Console" + login);
        }
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

    private MirrorDatabase openDatabase(boolean empty) {
        MirrorDatabase database = MirrorDatabase.open(options, file);
        if (empty) {
            database.empty();
        }
        return database;
    }
}
