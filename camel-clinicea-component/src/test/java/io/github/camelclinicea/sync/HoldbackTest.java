/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoldbackTest {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LATER = FIRST.plusSeconds(60);

    @Test
    void given_polls_in_a_row_with_failed_rows_when_asked_then_it_is_held_back_since_the_first_of_them() {
        Holdback held = Holdback.NONE.after(2, FIRST).after(1, LATER);

        assertThat(held).isEqualTo(new Holdback(1, FIRST));
    }

    @Test
    void given_a_poll_without_failures_between_when_rows_fail_again_then_it_is_held_back_since_then() {
        Holdback healed = Holdback.NONE.after(2, FIRST).after(0, LATER);

        assertThat(healed).isEqualTo(Holdback.NONE);
        assertThat(healed.after(1, LATER)).isEqualTo(new Holdback(1, LATER));
    }
}
