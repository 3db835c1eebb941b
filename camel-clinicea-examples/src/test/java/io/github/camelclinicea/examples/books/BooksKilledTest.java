/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes 5,000 random changes while one or two nodes run, and kills them with {@code kill -9} again and again. */
@Tag("proof")
class BooksKilledTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    @Test
    void given_5000_changes_when_killed_10_times_then_clinic_ledger_and_tally_agree() throws Exception {
        try (FakeTally tally = new FakeTally();
                BooksRun books = new BooksRun(folder.resolve("output"), tally, "tally")) {
            books.changeAndKill(5_000, 10, 1, System.nanoTime());

            books.assertBooksAgree(PATIENCE);
        }
    }

    @Test
    void given_two_nodes_and_zoho_when_killed_3_times_then_each_journal_is_created_once() throws Exception {
        try (FakeZoho zoho = new FakeZoho();
                BooksRun books = new BooksRun(folder.resolve("output"), zoho, "zoho")) {
            books.changeAndKill(500, 3, 2, System.nanoTime());

            books.assertBooksAgree(PATIENCE);
        }
    }
}
