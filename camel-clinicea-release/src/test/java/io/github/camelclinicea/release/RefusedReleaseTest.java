/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that a release without what it needs ends at once, with a message that says what to do. */
@Tag("release")
class RefusedReleaseTest {
    @Test
    void given_no_key_when_a_release_is_built_then_it_ends_before_anything_is_compiled() throws Exception {
        Files.createDirectories(StagedRelease.WORK);

        Build.Result build = Build.run(
                StagedRelease.ROOT,
                StagedRelease.WORK.resolve("without-key.log"),
                Map.of("MAVEN_GPG_KEY", ""),
                List.of("validate", "-Prelease"));

        assertThat(build.exitCode()).isNotZero();
        assertThat(build.output())
                .contains("there is no key")
                .contains("MAVEN_GPG_KEY")
                .contains("-Dgpg.skip");
    }

    @Test
    void given_no_key_when_a_release_is_built_without_signatures_then_it_is_not_refused() throws Exception {
        Files.createDirectories(StagedRelease.WORK);

        Build.Result build = Build.run(
                StagedRelease.ROOT,
                StagedRelease.WORK.resolve("without-signatures.log"),
                Map.of("MAVEN_GPG_KEY", ""),
                List.of("validate", "-Prelease", "-Dgpg.skip"));

        assertThat(build.exitCode()).as(build.output()).isZero();
    }
}
