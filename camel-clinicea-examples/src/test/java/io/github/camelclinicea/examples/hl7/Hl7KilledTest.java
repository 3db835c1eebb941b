/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the gateway again and again with {@code kill -9}; {@code -Dkills=20} says how often. */
@Tag("proof")
class Hl7KilledTest {
    @TempDir
    Path folder;

    @Test
    void given_kills_at_any_moment_when_it_runs_on_then_the_receiver_has_what_the_clinic_has() throws Exception {
        new Kills(folder, System.nanoTime()).run(Integer.getInteger("kills", 8));
    }
}
