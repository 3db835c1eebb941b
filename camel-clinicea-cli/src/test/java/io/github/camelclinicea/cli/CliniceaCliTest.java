/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

class CliniceaCliTest {
    private final StringWriter printed = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private CommandLine commandLine() {
        return CliniceaCli.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(errors));
    }

    private int run(CommandLine commandLine, String... arguments) {
        return commandLine.execute(arguments);
    }

    /** Fails in a way that the test chooses. */
    @Command(name = "fail")
    static final class FailingCommand implements Callable<Integer> {
        private final Exception failure;

        @Option(names = "--api-key")
        private String key;

        FailingCommand(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private CommandLine failing(Exception failure) {
        // A command line passes its handlers on to its commands when they are set.
        CommandLine line = commandLine();
        CommandLine sub = new CommandLine(new FailingCommand(failure))
                .setErr(line.getErr())
                .setExecutionExceptionHandler(line.getExecutionExceptionHandler());
        return line.addSubcommand("fail", sub);
    }

    @Test
    void given_no_command_when_run_then_the_exit_code_is_2_and_help_is_offered() {
        assertThat(run(commandLine())).isEqualTo(2);
        assertThat(errors).hasToString("clinicea: Missing command\nTry 'clinicea --help'.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mirror", "sandbox"})
    void given_help_when_run_then_each_option_is_explained(String command) {
        CommandLine line = commandLine();
        CommandLine explained = command.isEmpty() ? line : line.getSubcommands().get(command);

        assertThat(run(line, command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"}))
                .isZero();

        assertThat(printed.toString()).contains("Usage: clinicea").contains("Exit codes:");
        for (OptionSpec option : explained.getCommandSpec().options()) {
            assertThat(printed.toString()).contains(option.longestName());
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
    }

    @Test
    void given_a_version_when_asked_for_then_it_is_that_of_the_build() {
        assertThat(run(commandLine(), "--version")).isZero();
        assertThat(printed.toString()).matches("clinicea \\d+\\.\\d+\\.\\d+.*\n");
    }

    @ParameterizedTest
    @CsvSource({
        "mirror --api-kye=canary, Unknown option --api-kye",
        "mirror -kcanary, Unknown option -k",
        "mirror --api-kye:canary, Unknown option --api-kye",
        "mirror --api-key --password=canary, Missing value of --api-key",
        "mirror --sandbox canary, Argument 3 belongs to no option",
        "mirrored, Argument 1 belongs to no option",
        "sandbox --port=many, --port",
    })
    void given_a_wrong_argument_when_run_then_the_line_names_it_without_its_value(String line, String message) {
        assertThat(run(commandLine(), line.split(" "))).isEqualTo(2);
        assertThat(errors.toString()).contains(message).doesNotContain("canary");
        assertThat(printed.toString()).isEmpty();
    }

    @Test
    void given_a_misspelt_option_when_run_then_the_right_one_is_suggested() {
        run(commandLine(), "mirror", "--folow");
        assertThat(errors.toString()).contains("--follow");
    }

    @Test
    void given_a_failure_of_ours_when_run_then_it_is_one_line_and_the_exit_code_is_1() {
        assertThat(run(failing(new CommandFailedException("The clinic is closed")), "fail"))
                .isEqualTo(1);
        assertThat(errors).hasToString("clinicea: The clinic is closed\n");
    }

    @Test
    void given_a_failure_of_another_kind_when_run_then_its_message_is_not_printed() {
        assertThat(run(failing(new IllegalStateException("jdbc:h2:x;PASSWORD=canary")), "fail"))
                .isEqualTo(1);
        assertThat(errors).hasToString("clinicea: failed with IllegalStateException; --verbose prints where\n");
    }

    @Test
    void given_verbose_when_it_fails_then_the_stack_is_printed_without_secrets() {
        Exception failure = new IllegalStateException("wrong canary", new IllegalArgumentException("canary-long"));

        assertThat(run(failing(failure), "--verbose", "fail", "--api-key=canary"))
                .isEqualTo(1);

        assertThat(errors.toString())
                .contains("java.lang.IllegalStateException: wrong ***")
                .contains("Caused by: ")
                .contains("\tat ")
                .doesNotContain("canary");
    }

    @Test
    void given_verbose_when_it_fails_with_an_encoded_secret_then_that_is_hidden_too() {
        Exception failure = new IllegalStateException("?api=c%2Fna+ry&api=c%2Fna%20ry");

        run(failing(failure), "--verbose", "fail", "--api-key=c/na ry");

        assertThat(errors.toString()).contains("?api=***&api=***");
    }
}
