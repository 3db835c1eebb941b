/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.io.Console;

/**
 * Knows whether a user sits in front of the process.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
public final class Terminal {
    static {
        // From Java 22, the console of a pipe is not null unless this is set.
        System.setProperty("jdk.console", "java.base");
    }

    private Terminal() {}

    /** Returns whether both standard input and standard output are a terminal. */
    public static boolean interactive() {
        return console() != null;
    }

    /** Returns the console, or null if there is no terminal. */
    static Console console() {
        return System.console();
    }
}
