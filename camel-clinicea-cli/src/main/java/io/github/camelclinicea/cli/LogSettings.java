/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

/**
 * Passes settings to {@code log4j2.properties}, which reads these properties. They count if they are set before the
 * first logger is made.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
public final class LogSettings {
    private static final String POLLS = "clinicea.log.polls";
    private static final String STACKS = "clinicea.log.stacks";
    private static final String BEGIN = "clinicea.log.begin";

    private LogSettings() {}

    /** Sets whether the log has the stacks of failures, and the polls that fail. */
    static void setStacks(boolean stacks) {
        System.setProperty(STACKS, Boolean.toString(stacks));
        if (stacks) {
            showFailedPolls();
        }
    }

    /** Shows polls that fail in the log. Otherwise only the command's own line says why it failed. */
    public static void showFailedPolls() {
        System.setProperty(POLLS, "WARN");
    }

    /** Sets the text that begins each line of the log, such as one that clears the line. */
    static void setBegin(String text) {
        System.setProperty(BEGIN, text);
    }
}
