/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.examples.docs.language.AsciiDoc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the source of the generated page; {@code ComponentPageRenderedTest} has it rendered. */
class ComponentPageTest {
    private static final String FRAME = """
            // attributes: START
            // attributes: END

            *{component-header}*

            // dependency: START
            // dependency: END
            // format: START
            // format: END
            // options: START
            // options: END

            == Usage

            Written by hand, | with a bar.
            """;

    private static final String PAGE = ComponentPage.renewed(FRAME, HostileSchema.schema());

    @Test
    void given_a_schema_when_the_page_is_made_then_its_head_is_that_of_camels_pages() {
        assertThat(PAGE).startsWith("""
                // attributes: START
                = Hostile Component (deprecated)
                :doctitle: Hostile
                :shortname: hostile
                :artifactid: camel-hostile
                :description: Reads hostile texts.
                :since: 1.2
                :supportlevel: Preview-deprecated
                :deprecated: *deprecated*
                :tabs-sync-option:
                :component-header: Only consumer is supported
                // attributes: END
                """);
        assertThat(PAGE).contains("<version>1.2.3</version>", "hostile:name[?options]");
    }

    @Test
    void given_hostile_texts_when_the_page_is_made_then_each_cell_has_a_line_of_its_own() {
        List<String> cells = PAGE.substring(0, PAGE.indexOf("== Usage"))
                .lines()
                .filter(line -> line.startsWith("|") && !line.equals("|===") && !line.startsWith("| Name |"))
                .toList();

        int options = HostileSchema.schema().path("properties").size();
        assertThat(cells)
                .hasSize(4 * (2 + options + 1))
                .allSatisfy(cell -> assertThat(cell.substring(1)).doesNotContain("|", "{", "`+", "<<"));
    }

    @Test
    void given_a_page_when_it_is_made_again_then_it_stays_as_it_is() {
        assertThat(ComponentPage.renewed(PAGE, HostileSchema.schema())).isEqualTo(PAGE);
        assertThat(AsciiDoc.withoutGeneratedParts(PAGE).strip())
                .startsWith("*{component-header}*")
                .endsWith("with a bar.");
    }

    @Test
    void given_an_option_when_its_row_is_made_then_it_has_its_marks_default_and_type() {
        assertThat(PAGE)
                .contains("\n| *name* (common)\n| *Required* The name.\n|\n| String\n")
                .contains("\n| *password* (common)\n| *Secret* The password.\n|\n| String\n")
                .contains("\n| *found* (common)\n| *Autowired* A bean.\n")
                .contains("\n| *old* (common)\n| *Deprecated* Use name &#124; new. No longer of use.\n")
                .contains("\n| *threeStates* (common)\n| By default, it depends.\n|\n| Boolean\n")
                .contains("\n| *plain* (common)\n| A plain text.\n| `20`\n| String\n")
                .contains("\n| *map* (common)\n| A map.\n|\n| Map&#60;String, Object&#91;&#93;&#62;\n")
                .contains("Enum values: `A&#124;B`, `C&#95;D`, `&#42;`.")
                .contains("Constant: `SOME&#95;HEADER&#95;NAME`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            30s, by default ~            30s, by default
            https://x.test ~             https&#58;//x.test
            a ... b ~                    a ..&#46; b
            a--b ~                       a-&#45;b
            (C) (R) (TM) (c) ~           (C&#41; (R&#41; (TM&#41; (c)
            a_b ~                        a&#95;b
            Größe 東京 € ~                Größe 東京 &#8364;
            """)
    void given_text_when_escaped_then_asciidoc_has_nothing_to_replace(String text, String escaped) {
        assertThat(ComponentPage.prose(text)).isEqualTo(escaped);
    }

    @Test
    void given_hostile_texts_when_the_pages_of_options_and_headers_are_made_then_no_row_has_a_bar_or_line_too_many() {
        String options = SchemaPages.options("""
                <!-- from the schema: endpoint -->
                <!-- until here: endpoint -->
                <!-- from the schema: component -->
                <!-- until here: component -->
                """, HostileSchema.schema());
        String headers = SchemaPages.headers("""
                <!-- from the schema: consumer -->
                <!-- until here: consumer -->
                <!-- from the schema: producer -->
                <!-- until here: producer -->
                """, HostileSchema.schema());

        assertThat(bars(options, "hostile")).isEqualTo(5);
        assertThat(bars(options, "lines")).isEqualTo(5);
        assertThat(bars(options, "alone")).isEqualTo(4);
        assertThat(bars(headers, "Camel_Hostile\\|Header")).isEqualTo(4);
        assertThat(options).contains("**Deprecated.** No longer of use.").contains("| both, secret |");
    }

    /** Returns the number of bars in the row of an option that separate cells. */
    private static int bars(String page, String option) {
        String row = page.lines()
                .filter(line -> line.startsWith("| `" + option + "` |"))
                .findFirst()
                .orElseThrow();
        return row.replaceAll("\\\\\\|", "").replaceAll("[^|]", "").length();
    }
}
