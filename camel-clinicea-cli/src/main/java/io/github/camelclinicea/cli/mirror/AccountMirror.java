/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.cli.StopSignal;
import io.github.camelclinicea.cli.StoppedException;

/**
 * Mirrors an account, once or for as long as the process runs.
 *
 * <p>Specified by {@code MirrorCommandTest} and {@code FollowTest}.
 */
final class AccountMirror {
    private final Account account;
    private final DatabaseAddress address;
    private final MirrorSettings settings;
    private final Output out;
    private final StopSignal stop;
    private final Progress progress;

    AccountMirror(Account account, DatabaseAddress address, MirrorSettings settings, Output out, StopSignal stop) {
        this.account = account;
        this.address = address;
        this.settings = settings;
        this.out = out;
        this.stop = stop;
        this.progress = new Progress(out);
    }

    /**
     * Mirrors the account once.
     *
     * @param compare whether to list all records again and compare them
     * @return false if the records were compared and differ
     */
    boolean once(boolean compare) throws Exception {
        try (MirrorDatabase database = open();
                Mirror mirror = new Mirror(database, account, settings, progress, stop)) {
            progress.begin();
            mirror.awaitPolls(2);
            progress.end();
            Comparison comparison = new Comparison();
            if (compare) {
                out.println("\nComparison: all records are listed again");
            }
            for (Mirrored what : settings.resources()) {
                database.fillFieldTable(what);
                if (compare) {
                    comparison.add(
                            what, new RealAccount(settings.options()).records(what, mirror), database.records(what));
                }
            }
            if (compare) {
                comparison.print(out, progress);
            }
            new MirrorSummary(address, settings).print(database, out);
            return comparison.equal();
        }
    }

    /**
     * Mirrors the account until the process is to stop.
     *
     * @throws StoppedException always, after the mirror has stopped
     */
    void follow() throws InterruptedException {
        ChangedRecords changed = new ChangedRecords();
        try (MirrorDatabase database = open()) {
            FollowedPolls followed = new FollowedPolls(database, changed, out);
            try (Mirror mirror = new Mirror(database, account, settings, progress, stop, changed, followed)) {
                progress.begin();
                mirror.awaitPolls(1);
                progress.end();
                settings.resources().forEach(followed::updateFields);
                new MirrorSummary(address, settings).print(database, out);
                out.println("\nNow each list is polled every " + settings.delay() + ". Ctrl-C stops.");
                stop.await();
            }
        }
    }

    private MirrorDatabase open() {
        out.println("Clinicea: " + account.baseUrl());
        out.println("Database: " + new MirrorSummary(address, settings).database());
        MirrorDatabase database = MirrorDatabase.open(address, settings);
        try {
            boolean begun = database.hasState();
            database.prepareState(state -> state.requireAccount(account, settings.sameAccount()));
            settings.reset().forEach(list -> {
                database.reset(list);
                out.println("Reset: " + list.resource());
            });
            out.println(begun ? "Sync from where the last run ended" : "First sync");
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
