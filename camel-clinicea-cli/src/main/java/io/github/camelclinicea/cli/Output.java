/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints what a command says. In a terminal, a line about progress replaces the one before; in a pipe, each is a line.
 * Thread-safe.
 *
 * <p>Specified by {@code OutputTest}.
 */
public final class Output {
    /** Goes to the begin of the line and clears it, as ECMA-48 has it. */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private boolean rewritable;

    /**
     * Creates an output.
     *
     * @param out what to print to
     * @param terminal whether a line can be replaced
     */
    public Output(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (terminal) {
            LogSettings.setBegin(CLEAR);
        }
    }

    /** Returns whether a line can be replaced. */
    public boolean terminal() {
        return terminal;
    }

    /** Prints a line that stays. */
    public synchronized void println(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** Prints a text that stays, formatted as {@link String#format} does. */
    public synchronized void printf(String format, Object... arguments) {
        clear();
        out.print(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    /** Prints a line about progress. */
    public synchronized void progress(String line) {
        if (terminal) {
            out.print(CLEAR + line);
            rewritable = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Clears the line about progress, so that another stream begins at the begin of a line. */
    public synchronized void clear() {
        if (rewritable) {
            out.print(CLEAR);
            out.flush();
            rewritable = false;
        }
    }
}
