/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

/**
 * Ends a command with exit code 1. Its message is the one line that the user sees, so it has no secret.
 *
 * <p>Specified by {@code CliniceaCliTest}.
 */
public final class CommandFailedException extends RuntimeException {
    /**
     * Creates the failure.
     *
     * @param message what failed and what to do about it, without a secret and without a full stop
     */
    public CommandFailedException(String message) {
        super(message);
    }

    /**
     * Creates the failure.
     *
     * @param message what failed and what to do about it, without a secret and without a full stop
     * @param cause what {@code --verbose} prints the stack of; its messages have no secret, either
     */
    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
