/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that the check finds each kind of defect, and leaves alone what is none. */
class LanguageCheckTest {
    private static final Language LANGUAGE =
            new Language(List.of("# words", "", "mend|mends -> fix", "windows? -> name it"));

    @TempDir
    private Path folder;

    private static List<Finding> findings(String page) {
        return LANGUAGE.findings(Markdown.passages("page.md", page));
    }

    @Test
    void given_a_sentence_of_36_words_when_checked_then_it_is_found_with_its_line() {
        String sentence = "Word ".repeat(35) + "end.";

        assertThat(findings("# Title\n\nShort one. " + sentence + "\n"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(3);
                    assertThat(finding.rule()).startsWith("36 words");
                    assertThat(finding.text()).isEqualTo(sentence);
                });
    }

    @Test
    void given_a_sentence_of_35_words_when_checked_then_it_passes() {
        assertThat(findings("Word ".repeat(34) + "end.")).isEmpty();
    }

    @Test
    void given_two_short_sentences_of_40_words_together_when_checked_then_they_pass() {
        assertThat(findings("Word ".repeat(19) + "end. " + "Word ".repeat(19) + "end."))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We mend it.",
                "# How to mend it",
                "| Column |\n| --- |\n| We mend it |",
                "- first\n- we Mend it",
                "Read [how to mend it](page.md).",
                "**mend**"
            })
    void given_a_replaced_word_in_any_part_of_a_page_when_checked_then_it_is_found(String page) {
        assertThat(findings(page))
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("another word; write fix"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Use `mend`.",
                "```\nmend\n```",
                "<!-- mend -->",
                "It says \"mend it\".",
                "An amendment.",
                "Below blob.core.windows.net it is so.",
                "Read [this](mend.md)."
            })
    void given_the_same_letters_in_code_a_comment_a_quotation_or_another_word_when_checked_then_they_pass(String page) {
        assertThat(findings(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"It stops – as it must – here.", "It stops - as it must.", "It stops—as it must."})
    void given_a_dash_as_a_parenthesis_when_checked_then_it_is_found(String page) {
        assertThat(findings(page))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.rule()).startsWith("a dash"));
    }

    @Test
    void given_a_replaced_word_in_a_drawing_when_checked_then_it_is_found_with_its_line() {
        String svg = "<svg>\n<style>.a {}</style>\n<text x=\"1\">we mend it</text>\n</svg>";

        assertThat(LANGUAGE.findings(Drawing.passages("a.svg", svg)))
                .extracting(Finding::line)
                .containsExactly(3);
    }

    @Test
    void given_a_replaced_word_in_a_javadoc_when_checked_then_it_is_found_with_the_line_of_its_comment() {
        String java = """
                class A {
                    // mend
                    /**
                     * Sends {@code mend}.
                     *
                     * <p>Then it mends.
                     *
                     * @param mend the row to mend
                     */
                    void mend(String mend) {}
                }
                """;

        assertThat(LANGUAGE.findings(Javadoc.passages("A.java", java)))
                .extracting(Finding::line, Finding::text)
                .containsExactly(tuple(3, "Then it mends."), tuple(3, "the row to mend"));
    }

    @Test
    void given_a_javadoc_that_begins_with_what_is_returned_when_read_then_that_is_a_sentence() {
        assertThat(Javadoc.passages("A.java", "/** {@return the {@code first} row} Null if none. */"))
                .extracting(Passage::text)
                .containsExactly("Returns the X row. Null if none.");
    }

    @Test
    void given_messages_in_java_when_read_then_parts_that_are_put_together_are_one_text() {
        String java = """
                // "a comment is no message"
                throw new A("The row " + row.id() + " is"
                        + " one to mend: {}");
                log.info("short");
                @UriParam(description = "The next row to read.")
                """;

        assertThat(Messages.passages("A.java", java))
                .extracting(Passage::line, Passage::text)
                .containsExactly(tuple(2, "The row X is one to mend: X"), tuple(5, "The next row to read."));
    }

    @Test
    void given_a_dash_between_numbers_or_in_a_word_when_checked_then_it_passes() {
        assertThat(findings("A well-kept value of 0.4 – 0.6.")).isEmpty();
    }

    @Test
    void given_a_clause_as_the_subject_when_checked_then_it_is_found_and_a_question_passes() {
        assertThat(findings("What is sent is kept.")).hasSize(1);
        assertThat(findings("What is sent?\n\n| What to do |")).isEmpty();
    }

    @Test
    void given_sentences_when_their_average_is_taken_then_cells_without_a_full_stop_do_not_count() {
        assertThat(Language.averageLength(Markdown.passages("p", "One two three. One.\n\n| a | b |\n")))
                .isEqualTo(2);
    }

    @Test
    void given_names_in_code_spans_when_checked_then_those_that_nothing_has_are_found() {
        Names names = new Names(Set.of("pagesInFlight", "CliniceaException"));

        assertThat(names.findings(Markdown.passages(
                        "p",
                        "`pagesInFlight`, `pagesInFlight=4`, `CliniceaException`, `delay`, `a.b.OtherName`, `some code()`,"
                                + " `maxPasses`, `maxPasses=4`, `getMaxPasses()`")))
                .extracting(Finding::text)
                .containsExactly("maxPasses", "maxPasses=4", "getMaxPasses()");
    }

    @Test
    void given_links_when_followed_then_those_to_no_file_and_to_no_heading_are_found() throws IOException {
        Files.writeString(folder.resolve("other.md"), "# A title, with `code`\n");
        Path page = folder.resolve("page.md");
        Files.writeString(page, """
                # Top

                [a](other.md#a-title-with-code) [b](#top) [c](https://example.invalid/none) [d](mailto:x@example.invalid)
                ```
                [e](in-code.md)
                ```

                [f](none.md)
                ![g](none.svg)
                [h](other.md#none)
                """);

        assertThat(Links.broken(page))
                .extracting(Finding::text, Finding::line)
                .containsExactly(tuple("none.md", 8), tuple("none.svg", 9), tuple("other.md#none", 10));
    }

    @Test
    void given_exceptions_when_findings_are_filtered_then_only_the_named_ones_go_and_unused_ones_are_reported() {
        Exceptions exceptions = new Exceptions(List.of(
                "# comment",
                "",
                "docs/a.md | mend it | a quotation",
                "* | maxPasses | a name",
                "docs/b.md | none | gone"));

        assertThat(exceptions.without(List.of(
                        new Finding("docs/a.md", 1, "rule", "We mend it."),
                        new Finding("docs/c.md", 1, "rule", "We mend it."),
                        new Finding("docs/c.md", 2, "rule", "maxPasses"))))
                .extracting(Finding::source, Finding::line)
                .containsExactly(tuple("docs/c.md", 1));
        assertThat(exceptions.unused()).containsExactly("docs/b.md | none | gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/a.md | mend it", "docs/a.md | mend it | "})
    void given_an_exception_without_a_reason_when_read_then_it_is_refused(String line) {
        assertThatThrownBy(() -> new Exceptions(List.of(line))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_a_rule_without_a_replacement_when_read_then_it_is_refused() {
        assertThatThrownBy(() -> new Language(List.of("mend"))).isInstanceOf(IllegalArgumentException.class);
    }
}
