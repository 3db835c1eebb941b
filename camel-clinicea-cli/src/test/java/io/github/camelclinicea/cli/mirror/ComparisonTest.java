/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.cli.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Mirrored PATIENTS = new Mirrored("patients");

    private final StringWriter printed = new StringWriter();
    private final Output out = new Output(new PrintWriter(printed), false);
    private final Progress progress = new Progress(out);
    private final Comparison comparison = new Comparison();

    @Test
    void given_one_record_that_differs_when_compared_then_it_is_not_equal() {
        comparison.add(PATIENTS, records(1), records(1));
        assertThat(comparison.equal()).isTrue();

        comparison.add(Mirrored.BILLS, records(1), records(2));

        assertThat(comparison.equal()).isFalse();
        assertThat(lines()).anyMatch(line -> line.matches("bills .* DIFFERENT"));
    }

    @Test
    void given_rows_with_the_known_statuses_when_printed_then_they_add_up_to_all() {
        count("patients", "Added", 2);
        count("patients", "None", 1);
        count("bills", "Modified", 3);
        count("deletedBills", "Deleted", 4);
        comparison.add(PATIENTS, Map.of(), Map.of());
        comparison.add(Mirrored.BILLS, Map.of(), Map.of());

        assertThat(lines())
                .contains("rows emitted None Added Modified Deleted all")
                .contains("patients 1 2 0 0 3", "bills 0 0 3 0 3", "deletedBills 0 0 0 4 4", "all 1 2 3 4 10");
    }

    @Test
    void given_rows_with_another_status_or_none_when_printed_then_they_have_a_column_and_count_in_all() {
        count("patients", "Added", 2);
        count("patients", "Archived", 3);
        count("bills", null, 4);
        comparison.add(PATIENTS, Map.of(), Map.of());
        comparison.add(Mirrored.BILLS, Map.of(), Map.of());

        assertThat(lines())
                .contains("rows emitted None Added Modified Deleted other all")
                .contains("patients 0 2 0 0 3 5", "bills 0 0 0 0 4 4", "all 0 2 0 0 7 9");
    }

    private static Map<String, JsonNode> records(int fee) {
        return Map.of("a", JsonNodeFactory.instance.objectNode().put("ID", "a").put("Fee", fee));
    }

    private void count(String resource, String status, int rows) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(CliniceaConstants.RESOURCE, resource);
        exchange.getMessage().setHeader(CliniceaConstants.DATA_STATUS, status);
        exchange.getMessage().setHeader(CliniceaConstants.RECORD_IDS, Collections.nCopies(rows, "id"));
        progress.count(exchange);
    }

    private List<String> lines() {
        comparison.print(out, progress);
        return printed.toString()
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }
}
