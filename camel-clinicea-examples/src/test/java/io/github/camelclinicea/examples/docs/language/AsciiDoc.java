/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.regex.Pattern;

/** Reads AsciiDoc pages, as far as this project uses the language, by turning them into Markdown. */
public final class AsciiDoc {
    /** An attribute, a comment, or what is said about the block below. */
    private static final Pattern NO_TEXT = Pattern.compile(":[\\w-]+:.*|//.*|\\[.*]");

    private static final Pattern GENERATED =
            Pattern.compile("^// [a-z ]+: START$.*?^// [a-z ]+: END$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SOURCE = Pattern.compile("\\[source(?:,(\\w+))?.*]");
    private static final Pattern LINK = Pattern.compile("(?:link:|(?=https?:))([^\\s\\[]+)\\[([^]]*)]");

    private AsciiDoc() {}

    /** Returns the page without what stands between the marks of its generated parts; the number of lines stays. */
    public static String withoutGeneratedParts(String page) {
        return GENERATED.matcher(page).replaceAll(part -> part.group().replaceAll("[^\n]", ""));
    }

    /**
     * Returns the page as Markdown, with the same number of lines: headings, source blocks, links, and each cell of a
     * table as a row.
     */
    public static String asMarkdown(String page) {
        StringBuilder markdown = new StringBuilder();
        boolean fenced = false;
        boolean table = false;
        String language = "";
        for (String line : page.split("\n", -1)) {
            String converted = "";
            if (line.equals("----")) {
                converted = fenced ? "```" : "```" + language;
                fenced = !fenced;
                language = "";
            } else if (fenced) {
                converted = line;
            } else if (SOURCE.matcher(line).matches()) {
                language = SOURCE.matcher(line).replaceAll("$1");
            } else if (line.equals("|===")) {
                table = !table;
            } else if (!NO_TEXT.matcher(line).matches()) {
                converted = LINK.matcher(line.replaceFirst("^=+ ", "# ")).replaceAll("[$2]($1)");
                converted = table && converted.startsWith("|") ? converted + " |" : converted;
            }
            markdown.append(converted).append('\n');
        }
        return markdown.toString();
    }
}
