/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds links and images that lead to no file of the checkout, or to no heading in it. Other addresses are left alone.
 */
public final class Links {
    private static final Pattern FENCE = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)]+)\\)");
    private static final Pattern ADDRESS = Pattern.compile("[a-z]+:.*");

    private Links() {}

    /** Returns the broken links of a page. */
    public static List<Finding> broken(Path page) throws IOException {
        List<Finding> findings = new ArrayList<>();
        String text =
                FENCE.matcher(markdown(page)).replaceAll(fence -> fence.group().replaceAll("[^\n]", ""));
        Matcher links = LINK.matcher(text);
        while (links.find()) {
            String link = links.group(1);
            if (!ADDRESS.matcher(link).matches()) {
                int line = (int) text.chars()
                                .limit(links.start())
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
                problem(page, link).ifPresent(rule -> findings.add(new Finding(page.toString(), line, rule, link)));
            }
        }
        return findings;
    }

    private static String markdown(Path page) throws IOException {
        String text = Files.readString(page);
        return page.toString().endsWith(".adoc") ? AsciiDoc.asMarkdown(text) : text;
    }

    private static Optional<String> problem(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (!Files.exists(target)) {
            return Optional.of("a link to a file that does not exist");
        }
        return parts.length < 2 || anchors(target).contains(parts[1])
                ? Optional.empty()
                : Optional.of("a link to a heading that does not exist");
    }

    /** Headings are linked by their words in lower case, without punctuation, hyphens between. */
    private static List<String> anchors(Path page) throws IOException {
        return FENCE.matcher(markdown(page))
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceAll("^#+ +", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
