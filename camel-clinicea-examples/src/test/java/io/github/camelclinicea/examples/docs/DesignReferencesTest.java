/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Follows the references from code to pages: each names a page, a section and a rule that exist. */
class DesignReferencesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern REFERENCE =
            Pattern.compile("(docs/[\\w/-]+\\.md)(?:, section (\\w+))?(?:, rules? (\\d+)(?: and (\\d+))?)?");
    private static final Pattern PAGE_UNNAMED = Pattern.compile("\\b(?:wire|sync|endpoint)-contract\\b");
    private static final Pattern COMMENT_MARGIN = Pattern.compile("\\R\\s*(?:\\*|//) ?");

    @Test
    void given_all_sources_when_their_references_are_followed_then_each_page_section_and_rule_exists()
            throws IOException {
        List<String> wrong = new ArrayList<>();
        int followed = 0;
        for (Path source : sources()) {
            String text = COMMENT_MARGIN.matcher(Files.readString(source)).replaceAll(" ");
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                followed++;
                if (!exists(reference)) {
                    wrong.add(source.getFileName() + ": " + reference.group());
                }
            }
            PAGE_UNNAMED
                    .matcher(text)
                    .results()
                    .forEach(found -> wrong.add(source.getFileName() + ": names no page: " + found.group()));
        }

        assertThat(wrong).isEmpty();
        assertThat(followed).isGreaterThan(40);
    }

    private static boolean exists(Matcher reference) throws IOException {
        Path page = ROOT.resolve(reference.group(1));
        if (!Files.exists(page)) {
            return false;
        }
        String text = Files.readString(page);
        if (reference.group(2) != null) {
            Matcher section = Pattern.compile("(?ms)^## " + Pattern.quote(reference.group(2)) + "\\. .*?(?=^## |\\z)")
                    .matcher(text);
            if (!section.find()) {
                return false;
            }
            text = section.group();
        }
        return hasRule(text, reference.group(3)) && hasRule(text, reference.group(4));
    }

    private static boolean hasRule(String section, String rule) {
        return rule == null
                || Pattern.compile("(?m)^" + rule + "\\. ").matcher(section).find();
    }

    /**
     * Returns the sources of all modules, but for this test and the example pages that the check of the language reads.
     */
    private static List<Path> sources() throws IOException {
        return Checkout.files(ROOT).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.endsWith("DesignReferencesTest.java"))
                .filter(file -> !file.endsWith("LanguageCheckTest.java"))
                .toList();
    }
}
