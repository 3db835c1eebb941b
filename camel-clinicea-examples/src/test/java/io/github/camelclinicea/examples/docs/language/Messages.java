/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads the texts of a Java source's string literals as passages: messages of exceptions and logs, and descriptions of
 * options. Literals that are put together with {@code +} are one text. A text of fewer than {@value #FEWEST_WORDS}
 * words is no message.
 */
public final class Messages {
    private static final int FEWEST_WORDS = 4;

    private static final String LITERAL = "\"((?:[^\"\\\\\n]|\\\\.)*)\"";
    /** Between two literals of one text: a plus sign, or an operand between two plus signs. */
    private static final String JOINT = "\\s*\\+(?:[^\";+]{1,120}\\+)?\\s*";

    private static final Pattern TEXT = Pattern.compile(LITERAL + "(?:" + JOINT + LITERAL + ")*");
    private static final Pattern PLAIN_JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern OTHER_JOINT = Pattern.compile("\"" + JOINT + "\"");
    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|^\\s*//[^\n]*", Pattern.DOTALL | Pattern.MULTILINE);

    private Messages() {}

    /** Returns the texts of a source, in their order. */
    public static List<Passage> passages(String source, String java) {
        String code =
                COMMENT.matcher(java).replaceAll(comment -> comment.group().replaceAll("[^\n]", ""));
        return TEXT.matcher(code)
                .results()
                .map(text -> passage(source, code, text))
                .filter(passage -> passage.text().split(" ").length >= FEWEST_WORDS)
                .toList();
    }

    private static Passage passage(String source, String code, MatchResult text) {
        String joined = OTHER_JOINT
                .matcher(PLAIN_JOINT.matcher(text.group()).replaceAll(""))
                .replaceAll(Passage.CODE)
                .replaceAll("^\"|\"$", "")
                .replace("{}", Passage.CODE);
        int line = (int) code.chars().limit(text.start()).filter(c -> c == '\n').count() + 1;
        return new Passage(source, line, false, joined, List.of());
    }
}
