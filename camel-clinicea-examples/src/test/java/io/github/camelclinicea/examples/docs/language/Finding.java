/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

/**
 * A place where a text breaks a rule.
 *
 * @param source the file or element
 * @param line its line, from 1
 * @param rule the rule that is broken, and what to write
 * @param text the sentence, name or link that breaks it
 */
public record Finding(String source, int line, String rule, String text) {
    @Override
    public String toString() {
        return source + ":" + line + ": " + rule + ": " + text;
    }
}
