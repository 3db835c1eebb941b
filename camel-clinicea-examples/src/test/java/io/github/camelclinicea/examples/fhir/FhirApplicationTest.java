/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the gateway again and again with {@code kill -9}; {@code -Dkills=20} says how often. */
@Tag("proof")
class FhirApplicationTest {
    @Test
    void given_a_gateway_that_is_killed_many_times_when_it_runs_again_then_the_server_equals_the_clinic(
            @TempDir Path folder) throws Exception {
        KilledGateway.run(Integer.getInteger("kills", 6), folder);
    }
}
