/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Row ROW = TestRow.of("p1", "Added", "2026-01-01", "{}".getBytes(StandardCharsets.UTF_8));

    private final List<Boolean> ends = new ArrayList<>();
    private final List<Delivery> remembered = new ArrayList<>();
    private final Delivery delivery = new Delivery(
            List.of(new Delivery.Item(
                    new Due(ROW, null, false, 3), new PagePosition(Instant.EPOCH, 7, 3, "p0", 2, 5), 1)),
            remembered::add,
            (same, succeeded, cause) -> ends.add(succeeded));

    @Test
    void given_a_row_when_it_is_on_its_way_then_the_route_can_ask_what_and_where_it_is() {
        assertThat(delivery.row()).isSameAs(ROW);
        assertThat(delivery.row().status()).isEqualTo("Added");
        assertThat(delivery.row().modified()).isEqualTo("2026-01-01");
        assertThat(delivery.position().page()).isEqualTo(7);
        assertThat(delivery.position().since()).isEqualTo(Instant.EPOCH);
        assertThat(delivery.position().index()).isEqualTo(2);
        assertThat(delivery.position().size()).isEqualTo(5);
    }

    @Test
    void given_a_row_that_completed_when_it_is_called_failed_later_then_only_the_first_word_counts() {
        delivery.completed();
        delivery.failed(null);
        delivery.completed();

        assertThat(ends).containsExactly(true);
    }

    @Test
    void given_a_row_that_failed_when_it_is_called_completed_later_then_only_the_first_word_counts() {
        delivery.failed(null);
        delivery.completed();

        assertThat(ends).containsExactly(false);
    }

    @Test
    void given_a_delivery_when_its_keys_are_written_then_it_says_so() {
        assertThat(delivery.isRemembered()).isFalse();

        delivery.remember();

        assertThat(remembered).containsExactly(delivery);
        assertThat(delivery.isRemembered()).isTrue();
    }
}
