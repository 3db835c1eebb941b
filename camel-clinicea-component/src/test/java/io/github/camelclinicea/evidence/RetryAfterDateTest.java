/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RetryAfterDateTest extends EvidenceTestBase {
    private final List<ListedRow> rows = patients(0, 30, LONG_AGO);

    private void refuseFirstFor(Duration wait) {
        server.add(rows)
                .script((request, listed) -> request.number() > 0
                        ? listed.get()
                        : Answer.tooMany(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                server.now().plus(wait).atZone(ZoneOffset.UTC))));
    }

    private Duration waited() {
        return Duration.ofNanos(
                server.requests().get(1).nanos() - server.requests().get(0).nanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT30S", "PT0S", "PT1H", "-PT1H"})
    void given_a_date_to_retry_after_then_it_is_measured_by_the_servers_clock(String offset) throws Exception {
        server.clockOffset(Duration.parse(offset));
        refuseFirstFor(Duration.ofSeconds(2));

        route.start("patients", "maxRetries=3");
        route.awaitWithin(1, () -> route.delivered().size() == 30);

        assertThat(route.failureMessages()).isEmpty();
        route.assertDeliveredOnce(rows);
        assertThat(waited()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT30S", "PT1H"})
    void given_a_date_to_retry_after_when_a_producer_lists_then_it_is_measured_by_the_servers_clock(String offset) {
        server.clockOffset(Duration.parse(offset));
        refuseFirstFor(Duration.ofSeconds(2));

        Exchange out = call("patients", "operation=list", Map.of());

        assertThat(out.getException()).isNull();
        assertThat(waited()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }
}
