/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the Javadoc of a Java source as passages: each paragraph, list item and block tag is one. */
public final class Javadoc {
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(?:code|link|linkplain|value|literal) ([^}]*)}");
    private static final Pattern BLOCK = Pattern.compile("\\n\\s*(?=@)|<(?:p|li|h\\d|dt|dd)>|</?(?:ul|ol|dl)>");
    private static final Pattern BLOCK_TAG = Pattern.compile("^@(?:param|throws|exception|see)\\s+\\S+\\s*|^@\\w+\\s*");
    /** The tag for which Javadoc writes "Returns" and a full stop. It may have other tags in it. */
    private static final Pattern RETURNS = Pattern.compile("^\\s*\\{@return\\s+((?:[^{}]|\\{[^}]*})*)}");

    private static final Pattern MARKUP = Pattern.compile("<pre>.*?</pre>|</?\\w+>", Pattern.DOTALL);

    private Javadoc() {}

    /** Returns the passages of all Javadoc comments of a source, in their order. */
    public static List<Passage> passages(String source, String java) {
        List<Passage> passages = new ArrayList<>();
        for (MatchResult comment : COMMENT.matcher(java).results().toList()) {
            int line = (int) java.chars()
                            .limit(comment.start())
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            String text = RETURNS.matcher(comment.group(1).replaceAll("\\n\\s*\\* ?", "\n"))
                    .replaceFirst("Returns $1.");
            for (String block : BLOCK.split(text)) {
                add(source, line, block, passages);
            }
        }
        return passages;
    }

    private static void add(String source, int line, String block, List<Passage> passages) {
        List<String> code = new ArrayList<>();
        String own = MARKUP.matcher(block).replaceAll("").strip();
        String text = INLINE_TAG
                .matcher(BLOCK_TAG.matcher(own).replaceFirst(""))
                .replaceAll(tag -> {
                    code.add(tag.group(1));
                    return Passage.CODE;
                })
                .replaceAll("\\s+", " ")
                .strip();
        if (!text.isEmpty()) {
            passages.add(new Passage(source, line, false, text, code));
        }
    }
}
