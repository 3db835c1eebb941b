/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests odd secrets. {@code ServerMessageTest} tests each encoding with a server that echoes them. */
@Timeout(60)
class SecretMaskTest {
    /** A pattern takes some stack for each character of the secret. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    void given_a_very_long_secret_when_hidden_then_none_of_it_is_left(int length) {
        String secret = "k".repeat(length);

        assertThat(SecretMask.hide("Key " + secret + " is unknown", List.of(secret)))
                .isIn("Key xxxxxx is unknown", "");
    }

    @Test
    void given_a_secret_that_nearly_comes_many_times_when_hidden_then_it_does_not_take_long() {
        String text = "k".repeat(60_000);

        assertThat(SecretMask.hide(text, List.of("k".repeat(200) + "!"))).isEqualTo(text);
    }

    @Test
    void given_a_secret_of_backslashes_when_a_text_has_many_then_it_does_not_take_long() {
        String text = "\\".repeat(60_000);

        assertThat(SecretMask.hide(text, List.of("\\\\\\\\!"))).isEqualTo(text);
    }

    @Test
    void given_secrets_of_which_one_is_a_part_of_another_when_hidden_then_nothing_of_the_longer_is_left() {
        assertThat(SecretMask.hide("[doctor7] [doctor]", List.of("doctor", "doctor7", "", "  ")))
                .isEqualTo("[xxxxxx] [xxxxxx]");
    }

    @Test
    void given_letters_beyond_ascii_when_hidden_then_their_encodings_are_found() {
        String secret = "p\u00e4ss\ud83d\ude00";

        assertThat(SecretMask.hide(
                        "p\u00e4ss\ud83d\ude00 P\u00c4SS\ud83d\ude00 p%C3%A4ss%f0%9f%98%80 p\\u00e4ss\\ud83d\\ude00 p&#228;ss&#x1F600;",
                        List.of(secret)))
                .isEqualTo("xxxxxx xxxxxx xxxxxx xxxxxx xxxxxx");
    }
}
