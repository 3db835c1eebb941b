/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RowDifferencesTest {
    private static Set<String> between(String one, String other) {
        return RowDifferences.between(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    @Test
    void given_rows_that_differ_in_some_fields_when_compared_then_these_are_named_in_order() {
        assertThat(between(
                        "{\"ID\":\"p1\",\"Url\":\"a\",\"Age\":1,\"Gone\":true}",
                        "{\"Age\":2,\"ID\":\"p1\",\"Url\":\"b\",\"New\":[1]}"))
                .containsExactly("Age", "Gone", "New", "Url");
    }

    @Test
    void given_the_same_content_in_another_spelling_when_compared_then_no_field_is_named() {
        assertThat(between(
                        "{\"A\":1,\"B\":\"\\u00fc\",\"C\":null,\"D\":[1.0,{\"E\":1E1}]}",
                        "{\"D\":[1,{\"E\":10}],\"B\":\"ü\",\"A\":1.00}"))
                .isEmpty();
    }

    @Test
    void given_a_row_that_cannot_be_read_when_compared_then_no_field_is_named() {
        assertThat(between("{\"A\":NaN}", "{\"A\":1}")).isEmpty();
        assertThat(between("{\"A\":1E9999999999}", "{\"A\":1}")).isEmpty();
    }
}
