/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.cli.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorSummaryTest {
    @TempDir
    Path folder;

    private String summary(DatabaseAddress address) {
        MirrorSettings settings = new MirrorSettings(
                List.of(new Mirrored("patients")),
                ListOptions.parse(List.of(), List.of()),
                "500",
                MirrorSettings.OF_AN_ACCOUNT);
        StringWriter printed = new StringWriter();
        try (MirrorDatabase database = MirrorDatabase.open(address, settings)) {
            new MirrorSummary(address, settings).print(database, new Output(new PrintWriter(printed), false));
        }
        return printed.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";USER=ann;PASSWORD=canary"})
    void given_a_password_when_printed_then_the_commands_leave_a_place_for_it(String inUrl) {
        String user = inUrl.isEmpty() ? "ann" : null;
        String summary = summary(new DatabaseAddress(
                "jdbc:h2:file:" + folder.resolve("clinic") + inUrl, user, user == null ? null : "canary"));

        assertThat(summary)
                .contains(" -user " + (user == null ? "NAME" : user) + " -password PASSWORD")
                .doesNotContain("canary", "-password \"\"", "null");
    }

    @Test
    void given_an_empty_password_when_printed_then_the_commands_have_it() {
        assertThat(summary(DatabaseAddress.ofFile(folder.resolve("clinic"))))
                .contains("User:          sa, with an empty password", " -user sa -password \"\"");
    }
}
