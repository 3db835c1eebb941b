/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.examples.ci.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code .ci/run} in a repository of its own, with a Maven that does what a test wants. */
@EnabledOnOs(OS.LINUX)
class StagesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    @TempDir
    private Path folder;

    private Path checkout;
    private Path log;

    @BeforeEach
    void checkOut() throws Exception {
        checkout = folder.resolve("a checkout");
        log = folder.resolve("mvn.log");
        Shell.program(checkout.resolve(".ci/run"), Files.readString(GitHubFiles.ROOT.resolve(".ci/run")));
        Files.writeString(checkout.resolve("generated.txt"), "1\n");
        maven("");
        Result made = Shell.run(
                checkout,
                Map.of(),
                "git init -q && git add .ci generated.txt && git -c user.name=a -c user.email=a@example.com"
                        + " -c commit.gpgsign=false commit -qm a");
        assertThat(made.code()).as(made.output()).isZero();
    }

    /** Has the Maven of the test run these commands. */
    private void maven(String commands) throws IOException {
        Shell.program(folder.resolve("bin/mvn"), "#!/bin/sh\necho \"$*\" >>'" + log + "'\n" + commands + "\n");
    }

    private Result run(String arguments) throws Exception {
        String path = folder.resolve("bin") + ":" + System.getenv("PATH");
        // Its own output is not a file of the checkout.
        return Shell.run(folder, Map.of("PATH", path), "'" + checkout.resolve(".ci/run") + "' " + arguments);
    }

    private List<String> mavenRuns() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void given_the_stages_when_compared_with_contributing_then_its_table_has_each_in_this_order() throws Exception {
        String page = Files.readString(GitHubFiles.ROOT.resolve("CONTRIBUTING.md"));
        String table = page.substring(page.indexOf("| Stage |"));
        table = table.substring(0, table.indexOf("\n\n"));

        assertThat(run("--list").output().lines())
                .containsExactlyElementsOf(
                        ROW.matcher(table).results().map(row -> row.group(1)).toList())
                .startsWith("verify")
                .contains("jdks", "proof");
    }

    @Test
    void given_stages_that_pass_when_run_then_a_summary_has_each_with_its_time() throws Exception {
        Result result = run("proof verify");

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(mavenRuns()).hasSize(3).first().isEqualTo("-B -ntp verify");
        assertThat(result.output())
                .containsPattern("(?s)==== verify .*==== proof .*\\nStage +Time +Result\\n"
                        + "verify +0:\\d\\d  passed\\nproof +0:\\d\\d  passed\\nAll +0:\\d\\d\\n");
    }

    @Test
    void given_a_stage_that_fails_when_run_then_it_is_named_and_no_other_one_runs() throws Exception {
        maven("exit 3");

        Result result = run("verify long-tests proof");

        assertThat(result.code()).isEqualTo(3);
        assertThat(mavenRuns()).hasSize(1);
        assertThat(result.output())
                .containsPattern("verify +0:\\d\\d  FAILED")
                .contains("The stage \"verify\" failed. To run it alone: .ci/run verify")
                .doesNotContain("==== long-tests");
    }

    @Test
    void given_a_stage_whose_script_is_missing_when_run_then_it_fails() throws Exception {
        Result result = run("jdks");

        assertThat(result.code()).isNotZero();
        assertThat(result.output()).contains("The stage \"jdks\" failed");
    }

    @Test
    void given_a_stage_that_changes_a_committed_file_when_run_then_it_fails_with_the_name_of_the_file()
            throws Exception {
        maven("echo 2 >generated.txt");

        Result result = run("long-tests proof");

        assertThat(result.code()).isEqualTo(1);
        assertThat(mavenRuns()).hasSize(1);
        assertThat(result.output()).contains("generated.txt", "The stage \"long-tests\" failed");
    }

    @Test
    void given_a_stage_that_leaves_a_new_file_when_run_then_it_fails() throws Exception {
        maven("echo 1 >new.txt");

        assertThat(run("proof").output()).contains("?? new.txt", "The stage \"proof\" failed");
    }

    @Test
    void given_work_that_is_not_committed_when_run_then_only_further_changes_fail() throws Exception {
        Files.writeString(checkout.resolve("generated.txt"), "2\n");

        assertThat(run("verify").code()).isZero();
        maven("echo 3 >generated.txt");
        assertThat(run("verify").code()).isEqualTo(1);
    }

    @Test
    void given_a_misspelt_stage_when_run_then_nothing_runs() throws Exception {
        Result result = run("verify prof");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.output()).contains("There is no stage 'prof'", "verify", "proof");
        assertThat(mavenRuns()).isEmpty();
    }
}
