/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong option is a usage error that names it, before any request. */
class ProbeCommandTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--resource=patient|Did you mean 'patients'?",
                "--resource=documents|there is no list of documents",
                "--pause=fast|--pause must be a time",
                "--pause=-1|--pause must be a time",
                "--timeout=0|--timeout must be a time",
                "--base-url=http://clinic.example|plain http to another machine",
                "--base-url=https://user:pw-SECRET@clinic.example|--base-url",
                "--base-url=ftp://clinic.example|--base-url",
                "--directory=/no/such/place|there is no directory",
                "--unknown|--unknown"
            })
    void given_a_wrong_option_when_run_then_it_is_a_usage_error(String option, String reason) {
        ProbeRun run = ProbeRun.of(directory, "--api-key=key-SECRET", option);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
        assertThat(run.everything()).doesNotContain("SECRET");
        assertThat(run.report()).isEmpty();
    }

    @Test
    void given_a_key_with_a_line_break_when_run_then_it_is_a_usage_error() {
        ProbeRun run = ProbeRun.of(directory, "--api-key=key SECRET");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--api-key contains a blank");
        assertThat(run.everything()).doesNotContain("SECRET");
    }

    @Test
    void given_help_when_run_then_it_says_what_is_sent_and_written() {
        // Asked of the command itself, which the command clinicea gives its --help.
        String usage = new picocli.CommandLine(new ProbeCommand()).getUsageMessage();

        assertThat(usage)
                .contains("--resource", "--pause", "clinicea-probe.json", "clinicea-catalogue.json", "40 requests");
    }
}
