/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    private static final EncodingCharacters STANDARD = new EncodingCharacters('|', "^~\\&");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O|Brien",
                "a^b&c~d",
                "\\",
                "\\\\",
                "\\.br\\",
                "\\.b|r\\",
                "\\X0D\\",
                "\\X|\\",
                "\\H\\",
                "\\N\\",
                "\\C|^\\",
                "\\Z~\\",
                "\\E\\",
                "\\F\\",
                "ends with \\",
                "#1",
                "Δοκιμή 🙂",
                ""
            })
    void given_text_when_escaped_then_it_has_no_separator_and_a_receiver_reads_the_same(String text) {
        String escaped = new PlainText().escape(text, STANDARD);

        assertThat(escaped).doesNotContain("|", "^", "~", "&");
        assertThat(new DefaultEscaping().unescape(escaped, STANDARD)).isEqualTo(text);
    }

    @Test
    void given_line_breaks_and_control_characters_when_put_on_one_line_then_a_space_takes_their_place() {
        assertThat(PlainText.oneLine(" a\r\nb\u000bc\u001cd\te\u0085f\u2028g ")).isEqualTo("a b c d e f g");
        assertThat(PlainText.oneLine(null)).isEmpty();
    }
}
