/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the application again and again; {@code -Dkills=20} says how often. The broker is killed twice. */
@Tag("proof")
class KafkaKillTest {
    @TempDir
    Path folder;

    @Test
    void given_kills_when_the_clinic_works_then_the_compacted_topics_equal_it() throws Exception {
        long seed = System.nanoTime();
        System.out.println("Seed: " + seed);
        try (Kills kills = new Kills(folder, seed)) {
            kills.run(Integer.getInteger("kills", 6), 2);
        }
    }
}
