/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in the documentation is the one that the probe prints about a sandbox. */
class ProbePageTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "probe.md");
    private static final String BEGIN = "<!-- printed by the probe -->\n";
    private static final String END = "<!-- until here: printed by the probe -->\n";

    @TempDir
    Path directory;

    @Test
    void given_a_sandbox_when_one_list_is_probed_then_the_page_has_the_report() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(from).isGreaterThan(BEGIN.length() - 1).isLessThanOrEqualTo(to);

        String expected = page.substring(0, from) + printed() + page.substring(to);

        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("to renew it: mvn verify -Dwrite.docs=true")
                .isEqualTo(expected);
    }

    private String printed() {
        try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
            ProbeRun run = ProbeRun.of(
                    directory,
                    "--api-key=" + sandbox.apiKey(),
                    "--base-url=" + sandbox.baseUrl(),
                    "--resource=patients");
            return "\n```text\n" + run.out().replace(sandbox.baseUrl(), "http://localhost:8080") + "```\n\n";
        }
    }
}
