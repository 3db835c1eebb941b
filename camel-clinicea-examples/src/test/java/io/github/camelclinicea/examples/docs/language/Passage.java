/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.List;

/**
 * A piece of text that is read as a whole: a paragraph, a list item, the cell of a table, a heading.
 *
 * @param source the file or element that holds it
 * @param line the line of the source on which it begins, from 1
 * @param heading whether it is a heading, which is no sentence
 * @param text the text as a reader sees it, with each code span replaced by {@link #CODE}
 * @param code the code spans, as written
 */
public record Passage(String source, int line, boolean heading, String text, List<String> code) {
    /** Stands for a code span: one word, in which no other word is looked for. */
    static final String CODE = "X";
}
