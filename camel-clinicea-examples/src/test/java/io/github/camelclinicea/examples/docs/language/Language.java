/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds sentences that are too long, and words for which this project has another one. A text in double quotes is a
 * quotation, such as a log message, and is ignored. A list of code spans counts as one word.
 */
public final class Language {
    /** The most words that the sentences of a page may have on average. */
    public static final int LONGEST_AVERAGE = 20;

    private static final int LONGEST_SENTENCE = 35;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])[\"”’')]*\\s+(?=[\"“‘'(]*[\\p{Lu}\\p{N}])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][^\\s]*");
    private static final Pattern DASH = Pattern.compile("[\\p{L})]\\s[–—-]\\s[\\p{L}(]|\\p{L}—\\p{L}");
    private static final Pattern FREE_RELATIVE = Pattern.compile("^(?:What|Whatever|Who|Whoever)\\b.*[.:;]$");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”");
    private static final Pattern CODE_LIST = Pattern.compile("X(?:(?:,| and| or|, and|, or) X)+");

    private final Map<Pattern, String> replacements = new LinkedHashMap<>();

    /**
     * Creates the rules.
     *
     * @param words one rule a line, {@code regular expression -> what to write}; blank lines and {@code #} are skipped
     */
    public Language(List<String> words) {
        for (String line : words) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] rule = line.split(" -> ", 2);
                if (rule.length < 2) {
                    throw new IllegalArgumentException("no ' -> ' in the rule: " + line);
                }
                replacements.put(
                        Pattern.compile(
                                "(?<![\\w.])(?:" + rule[0].strip() + ")(?!\\w|\\.\\w)", Pattern.CASE_INSENSITIVE),
                        rule[1].strip());
            }
        }
    }

    /** Returns what a text breaks, in the order of its passages. */
    public List<Finding> findings(List<Passage> passages) {
        List<Finding> findings = new ArrayList<>();
        for (Passage passage : passages) {
            String own = QUOTED.matcher(passage.text()).replaceAll(Passage.CODE);
            for (String sentence : passage.heading() ? List.of(own) : sentences(own)) {
                check(passage, sentence, findings);
            }
        }
        return findings;
    }

    /**
     * Returns the mean length of a text's sentences in words. A heading or a cell without a full stop is no sentence.
     */
    public static double averageLength(List<Passage> passages) {
        return passages.stream()
                .filter(passage -> !passage.heading())
                .flatMap(passage -> sentences(passage.text()).stream())
                .filter(sentence -> sentence.matches(".*[.!?:][\"”’')]*"))
                .mapToLong(Language::length)
                .average()
                .orElse(0);
    }

    private void check(Passage passage, String sentence, List<Finding> findings) {
        long words = length(sentence);
        if (words > LONGEST_SENTENCE) {
            findings.add(finding(passage, words + " words; " + LONGEST_SENTENCE + " are the most", sentence));
        }
        if (DASH.matcher(sentence).find() && !passage.heading()) {
            findings.add(finding(passage, "a dash as a parenthesis; write two sentences", sentence));
        }
        if (!passage.heading() && FREE_RELATIVE.matcher(sentence).matches()) {
            findings.add(finding(passage, "a clause as the subject; name the thing", sentence));
        }
        replacements.forEach((word, instead) -> {
            if (word.matcher(sentence).find()) {
                findings.add(finding(passage, "another word; write " + instead, sentence));
            }
        });
    }

    private static Finding finding(Passage passage, String rule, String sentence) {
        return new Finding(passage.source(), passage.line(), rule, sentence);
    }

    static List<String> sentences(String text) {
        return Arrays.stream(SENTENCE_END.split(text)).map(String::strip).toList();
    }

    private static long length(String sentence) {
        return WORD.matcher(CODE_LIST.matcher(sentence).replaceAll(Passage.CODE))
                .results()
                .count();
    }
}
