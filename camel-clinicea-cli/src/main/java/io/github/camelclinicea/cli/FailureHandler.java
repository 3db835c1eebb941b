/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import io.github.camelclinicea.CliniceaException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Prints one line about a failure, and its stack if the user wants it. No line has the value of a secret option.
 *
 * <p>Specified by {@code CliniceaCliTest}.
 */
final class FailureHandler implements IExecutionExceptionHandler {
    private final BooleanSupplier verbose;

    FailureHandler(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailedException || failure instanceof CliniceaException) {
            err.println("clinicea: " + failure.getMessage());
        } else {
            // Without the message: that of a driver may have a URL with a password.
            err.println("clinicea: failed with " + failure.getClass().getSimpleName() + "; --verbose prints where");
        }
        if (verbose.getAsBoolean()) {
            StringWriter stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack));
            err.print(new Secrets(parsed, System.getenv()).hide(stack.toString()));
            err.flush();
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
