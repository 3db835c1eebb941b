/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the application 20 times with {@code kill -9}, with other changes in each run. */
@Tag("proof")
class RemindersKilledTest {
    @TempDir
    private Path folder;

    @Test
    void given_an_application_that_is_killed_20_times_when_it_has_caught_up_then_nobody_was_reminded_twice_or_in_vain()
            throws Exception {
        try (RemindersKilled application = new RemindersKilled(folder, System.nanoTime())) {
            application.liveAndDie(20);
            application.assertAllWell();
        }
    }
}
