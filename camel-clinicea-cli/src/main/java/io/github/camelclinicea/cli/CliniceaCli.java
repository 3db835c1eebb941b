/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import io.github.camelclinicea.cli.mirror.MirrorCommand;
import io.github.camelclinicea.cli.probe.ProbeCommand;
import io.github.camelclinicea.cli.sandbox.SandboxCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code clinicea}. Its exit code is 0 if the work is done, 1 if it failed, and 2 for a wrong option. A
 * failure is one line on the standard error.
 *
 * <p>Specified by {@code CliniceaCliTest} and {@code CommandLineIT}.
 */
@Command(
        name = "clinicea",
        description = "Finds out about an account of Clinicea, mirrors it, and runs an invented clinic to try both on.",
        subcommands = {ProbeCommand.class, MirrorCommand.class, SandboxCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong option", "130:stopped with Ctrl-C"},
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        descriptionHeading = "%n",
        footerHeading = "%n")
public final class CliniceaCli implements Runnable {
    @Spec
    private CommandSpec spec;

    private boolean verbose;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print the stack of a failure, too. Look through it before you show it to others.")
    void setVerbose(boolean verbose) {
        this.verbose = verbose;
        LogSettings.setStacks(verbose);
    }

    /**
     * Runs the command and ends the process.
     *
     * @param arguments the command line
     */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command line with all commands. A caller in the same process can replace its streams. */
    public static CommandLine commandLine() {
        CliniceaCli cli = new CliniceaCli();
        return new CommandLine(cli)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new WrongOptionHandler())
                .setExecutionExceptionHandler(new FailureHandler(() -> cli.verbose));
    }

    /** Reports that a command is missing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
