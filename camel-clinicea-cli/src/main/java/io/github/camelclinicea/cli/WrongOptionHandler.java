/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Prints one line about a wrong option, and how to get help. Picocli's own line would show the value behind a misspelt
 * name, which may be a secret.
 *
 * <p>Specified by {@code CliniceaCliTest}.
 */
final class WrongOptionHandler implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("clinicea: " + message(failure, List.of(arguments)));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(ParameterException failure, List<String> arguments) {
        if (failure instanceof CommandLine.MissingParameterException missing
                && missing.getMissing().size() == 1
                && missing.getMissing().get(0) instanceof CommandLine.Model.OptionSpec option) {
            return "Missing value of " + option.longestName();
        }
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return failure.getMessage();
        }
        String first = unmatched.getUnmatched().get(0);
        return first.startsWith("-")
                ? "Unknown option " + first.replaceFirst("(?s)^(-[^-]|--[A-Za-z-]*).*", "$1")
                : "Argument " + (arguments.indexOf(first) + 1) + " belongs to no option";
    }
}
