/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

/**
 * Writes values into printed commands, which a user pastes into a shell.
 *
 * <p>Specified by {@code MirrorLineTest} and {@code SandboxCommandTest}.
 */
public final class ShellWord {
    private ShellWord() {}

    /** Returns the text as one word for a shell, in quotes if it needs them. */
    public static String of(String text) {
        return text.matches("[\\w.,:/=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
