/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Transport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what counts as a call, as a failure, and as an outage. */
class OperationStatisticsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final OperationStatistics statistics =
            new OperationStatistics("clinic.test", "patients", Clock.fixed(NOW, ZoneOffset.UTC));

    private static CliniceaException failure(int status, boolean maybeDone, Throwable cause) {
        return new CliniceaException("failed", "patients", "update", status, false, maybeDone, cause);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407, 500, 502, 503, 504})
    void given_credentials_or_a_server_that_fail_when_called_then_it_is_an_outage_until_a_success(int status) {
        statistics.failed("update", failure(status, false, null));
        statistics.failed("find", failure(status, false, null));

        assertThat(statistics.outage()).isEqualTo(new OperationStatistics.Outage("find", status, NOW, 2));

        statistics.succeeded("update");
        assertThat(statistics.outage()).isNull();
    }

    @Test
    void given_no_connection_when_called_then_it_is_an_outage() {
        statistics.failed("update", failure(0, true, new IOException("refused")));

        assertThat(statistics.outage()).isEqualTo(new OperationStatistics.Outage("update", 0, NOW, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 404, 409, 429})
    void given_a_message_that_is_refused_when_called_then_it_says_nothing_about_the_server(int status) {
        statistics.failed("update", failure(status, false, null));
        assertThat(statistics.outage()).isNull();

        statistics.failed("update", failure(503, false, null));
        statistics.failed("update", failure(status, false, null));
        assertThat(statistics.outage()).as("the outage goes on").isNotNull();
        assertThat(statistics.outage().failures()).isEqualTo(1);
    }

    @Test
    void given_a_failure_of_this_side_when_called_then_it_says_nothing_about_the_server() {
        statistics.failed("update", new IllegalArgumentException("wrong"));
        statistics.failed("update", new InterruptedException());
        statistics.failed("update", failure(0, false, null));
        statistics.failed("update", failure(0, false, new Transport.TooLargeException("too large")));

        assertThat(statistics.outage()).isNull();
    }

    @Test
    void given_calls_of_two_operations_when_counted_then_each_has_its_own_numbers() {
        statistics.succeeded("update");
        statistics.failed("update", failure(0, true, new IOException("lost")));
        statistics.failed("update", new IllegalArgumentException("wrong"));
        statistics.succeeded("update");
        statistics.succeeded("find");

        assertThat(statistics.calls())
                .containsExactly(
                        new OperationStatistics.Calls("find", 1, 0, 0, null, null),
                        new OperationStatistics.Calls("update", 4, 2, 1, "java.lang.IllegalArgumentException", NOW));
    }
}
