/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RowVersionTest {
    private static RowVersion of(String id, String status, String modified, String content) {
        return RowVersion.of(id, status, modified, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_the_same_row_when_taken_on_any_machine_then_it_is_this_one() {
        // A fixed value: with another one, an update of the component would deliver every row in the open window again.
        assertThat(of("p1", "Added", "2026-01-01T00:00:00", "{}").text()).isEqualTo("8sQBbeL8ESRXjcypKlTJtQ");
    }

    @Test
    void given_text_that_moves_from_one_field_to_the_next_when_taken_then_it_is_another() {
        Set<RowVersion> all = new HashSet<>(List.of(
                of("ab", "c", "d", "e"),
                of("a", "bc", "d", "e"),
                of("a", "b", "cd", "e"),
                of("a", "b", "c", "de"),
                of("", "abc", "d", "e"),
                of(null, "abc", "d", "e"),
                of("abc", null, "d", "e"),
                of("abc", "", "d", "e"),
                of("abc", "d", null, "e"),
                of("abc", "d", "", "e")));

        assertThat(all).hasSize(10);
    }

    @Property(tries = 200)
    void any_field_that_changes_makes_another(@ForAll @StringLength(max = 20) String text) {
        RowVersion one = of(text, text, text, text);
        String other = text + "x";

        assertThat(of(text, text, text, text)).isEqualTo(one);
        assertThat(List.of(
                        of(other, text, text, text),
                        of(text, other, text, text),
                        of(text, text, other, text),
                        of(text, text, text, other)))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    @Test
    void given_any_fingerprint_when_spelled_then_it_is_22_characters_that_any_repository_takes() {
        assertThat(new RowVersion(0, 0).text()).isEqualTo("A".repeat(22));
        assertThat(new RowVersion(-1, -1).text()).matches("[A-Za-z0-9_-]{22}");
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> of("p" + i, null, null, "").text())
                        .distinct())
                .hasSize(1000)
                .allMatch(text -> text.matches("[A-Za-z0-9_-]{22}"));
    }
}
