/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTest {
    @Test
    void given_an_ordinary_id_then_it_is_logged_as_it_is() {
        assertThat(LogText.of("0a1b-Ü 漢/7")).isEqualTo("0a1b-Ü 漢/7");
        assertThat(LogText.of("")).isEmpty();
        assertThat(LogText.of(null)).isNull();
    }

    @Test
    void given_line_breaks_and_control_characters_then_the_text_stays_one_line() {
        assertThat(LogText.of("p1\r\n2026 WARN forged\u0085\u2028\u2029\u001b[31m\t\u202e\0"))
                .isEqualTo("p1??2026 WARN forged????[31m???");
    }

    @Test
    void given_a_text_of_four_kilobytes_then_it_is_cut_at_a_whole_character_and_its_length_is_named() {
        assertThat(LogText.of("x".repeat(100))).hasSize(100);
        assertThat(LogText.of("😀".repeat(2_048))).isEqualTo("😀".repeat(100) + "… (4096 characters)");
        assertThat(LogText.of("x".repeat(11), 10)).isEqualTo("xxxxxxxxxx… (11 characters)");
    }
}
