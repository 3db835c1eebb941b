/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.cli.StopSignal;
import java.util.Map;

/**
 * Mirrors an invented clinic and shows that the mirror is complete. It runs a first sync, an incremental sync after a
 * burst of changes, and a restart from the checkpoint. Then it compares both sides record by record.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class ShowCase {
    private static final int BURST = 60;
    private static final int WHILE_STOPPED = 5;

    private final SandboxClinic clinic;
    private final DatabaseAddress address;
    private final MirrorSettings settings;
    private final Output out;
    private final StopSignal stop;
    private final Progress progress;

    ShowCase(SandboxClinic clinic, DatabaseAddress address, MirrorSettings settings, Output out, StopSignal stop) {
        this.clinic = clinic;
        this.address = address;
        this.settings = settings;
        this.out = out;
        this.stop = stop;
        this.progress = new Progress(out);
    }

    /** Returns whether all records are equal. */
    boolean run() throws Exception {
        MirrorSummary summary = new MirrorSummary(address, settings);
        out.println("Clinicea: sandbox at " + clinic.account().baseUrl());
        out.println("Database: " + summary.database());
        try (MirrorDatabase database = MirrorDatabase.open(address, settings)) {
            // The sandbox is a new clinic at each start, so the rows of the last run are wrong.
            database.empty();
            try (Mirror mirror = start(database)) {
                firstSyncAndChanges(mirror);
            }
        }
        progress.begin();
        int changes = clinic.change(settings.resources(), WHILE_STOPPED);
        out.println("\nRestart after " + changes + " changes while stopped");
        try (MirrorDatabase database = MirrorDatabase.open(address, settings);
                Mirror mirror = start(database)) {
            boolean equal = restart(mirror, database);
            summary.print(database, out);
            return equal;
        }
    }

    private Mirror start(MirrorDatabase database) {
        return new Mirror(database, clinic.account(), settings, progress, stop);
    }

    private void firstSyncAndChanges(Mirror mirror) throws InterruptedException {
        out.println("First sync");
        progress.begin();
        mirror.awaitPolls(2);
        progress.end();
        progress.begin();
        int changes = clinic.change(settings.resources(), BURST);
        out.println("\nIncremental sync after " + changes + " changes in the clinic");
        mirror.awaitPolls(2);
        progress.end();
    }

    private boolean restart(Mirror mirror, MirrorDatabase database) throws Exception {
        Mirrored first = settings.resources().get(0);
        progress.say("the checkpoint of " + first.resource() + " is " + mirror.syncTimestamp(first));
        mirror.awaitPolls(2);
        progress.end();
        Comparison comparison = new Comparison();
        for (Mirrored what : settings.resources()) {
            Map<String, JsonNode> records = database.records(what);
            comparison.add(what, clinic.records(what, mirror.list(what)), records);
            database.fillFieldTable(what);
        }
        comparison.print(out, progress);
        return comparison.equal();
    }
}
