/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

/**
 * One fact about the server.
 *
 * <p>Specified by {@code ProbeTest}.
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

    Fact withOption(String text) {
        return new Fact(subject, name, expected, seen, text.isEmpty() ? NO_OPTION : text);
    }
}
