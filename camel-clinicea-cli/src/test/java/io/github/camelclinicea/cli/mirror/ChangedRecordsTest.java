/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ChangedRecordsTest {
    private final ChangedRecords changed = new ChangedRecords();

    @Test
    void given_the_beginning_when_taken_then_all_records_count_as_changed_once() {
        changed.add("patients", List.of("a"));

        assertThat(changed.take(new Mirrored("patients"))).isEmpty();
        assertThat(changed.take(new Mirrored("patients"))).hasValue(Set.of());
    }

    @Test
    void given_exchanges_of_two_lists_when_taken_then_each_list_has_its_ids_once() {
        changed.take(Mirrored.BILLS);
        changed.add(exchange("bills", "a", "b"));
        changed.add(exchange("deletedBills", "b", "c"));

        assertThat(changed.take(Mirrored.BILLS)).hasValue(Set.of("a", "b"));
        assertThat(changed.take(Mirrored.DELETED_BILLS)).hasValue(Set.of("b", "c"));
        assertThat(changed.take(Mirrored.BILLS)).hasValue(Set.of());
    }

    @Test
    void given_very_many_or_a_failure_when_taken_then_all_records_count_as_changed() {
        changed.take(Mirrored.BILLS);
        changed.add("bills", IntStream.range(0, 5_001).mapToObj(String::valueOf).toList());
        assertThat(changed.take(Mirrored.BILLS)).isEmpty();

        changed.addAll(Mirrored.BILLS);

        assertThat(changed.take(Mirrored.BILLS)).isEmpty();
    }

    private static Exchange exchange(String resource, String... ids) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(CliniceaConstants.RESOURCE, resource);
        exchange.getMessage().setHeader(CliniceaConstants.RECORD_IDS, List.of(ids));
        return exchange;
    }
}
