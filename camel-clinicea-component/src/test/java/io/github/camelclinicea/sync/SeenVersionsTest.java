/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.RowVersion;
import org.junit.jupiter.api.Test;

class SeenVersionsTest {
    private static final RowVersion OLD = new RowVersion(1, 1);
    private static final RowVersion NEW = new RowVersion(2, 2);

    private final SeenVersions seen = new SeenVersions();

    @Test
    void given_a_record_shown_in_a_second_version_when_asked_then_the_first_is_replaced_and_the_second_is_last() {
        seen.note(7, OLD);
        seen.note(7, NEW);

        assertThat(seen.last(7)).isEqualTo(NEW);
        assertThat(seen.replaced(OLD)).isTrue();
        assertThat(seen.replaced(NEW)).isFalse();
    }

    @Test
    void given_a_record_shown_twice_in_one_version_when_asked_then_nothing_is_replaced() {
        seen.note(7, OLD);
        seen.note(7, OLD);

        assertThat(seen.last(7)).isEqualTo(OLD);
        assertThat(seen.last(8)).isNull();
        assertThat(seen.replaced(OLD)).isFalse();
    }
}
