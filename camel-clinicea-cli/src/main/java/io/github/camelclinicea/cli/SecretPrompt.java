/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.io.Console;

/**
 * Asks the user for a secret.
 *
 * <p>Specified by {@code ApiKeyOptionsTest}.
 */
@FunctionalInterface
public interface SecretPrompt {
    /**
     * Returns what the user enters, or null if there is no terminal or nothing is entered.
     *
     * @param question what to print before it
     */
    String ask(String question);

    /** Returns the prompt of this process's terminal, without echo. */
    static SecretPrompt ofTerminal() {
        return question -> {
            Console console = Terminal.console();
            char[] entered = console == null ? null : console.readPassword("%s", question);
            return entered == null || entered.length == 0 ? null : new String(entered);
        };
    }
}
