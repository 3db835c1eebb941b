/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.Arrays;

/**
 * One fact about the server.
 *
 * <p>Specified by {@code ProbeTest} and {@code FactTest}.
 *
 * @param subject what it is about: a resource, a version of the API, or {@code server}
 * @param name which fact
 * @param expected what the catalogue and the documentation say
 * @param seen what the server does, or why that is not known
 * @param option the option to set, or {@code -}
 */
record Fact(String subject, String name, String expected, String seen, String option) {
    static final String NOT_ASKED = "not asked";
    static final String NOT_KNOWN = "not known";
    static final String NO_OPTION = "-";

    static Fact of(String subject, String name, String expected, String seen) {
        return new Fact(subject, name, expected, seen, NO_OPTION);
    }

    /** Returns the text for a fact that the responses do not show. */
    static String notKnown(String reason) {
        return NOT_KNOWN + ": " + reason;
    }

    /** Returns whether the server does something else than expected; false if that is not known, or nothing is expected. */
    boolean differs() {
        if (expected.equals("unknown") || seen.startsWith(NOT_ASKED) || seen.startsWith(NOT_KNOWN)) {
            return false;
        }
        boolean asExpected = Arrays.asList(expected.split(" or ")).contains(seen)
                || seen.startsWith(expected + " (")
                || expected.equals(Effect.RESPECTED.words()) && seen.equals(Effect.NOTHING.words())
                || expected.equals("all") && seen.matches("(\\d+) of \\1");
        return !asExpected;
    }

    boolean hasOption() {
        return !option.equals(NO_OPTION);
    }

    Fact withOption(String text) {
        return new Fact(subject, name, expected, seen, text.isEmpty() ? NO_OPTION : text);
    }
}
