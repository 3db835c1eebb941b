/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.ListedRow;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests errors in the code around the route. Polling continues, no row is lost, and Camel counts none as in flight. */
class OddErrorsTest extends EvidenceTestBase {
    private final List<ListedRow> rows = patients(0, 120, LONG_AGO);

    @BeforeEach
    void serve() {
        server.add(rows);
    }

    @AfterEach
    void given_any_of_these_then_the_checkpoint_moves_and_nothing_is_left_in_flight() {
        route.assertNothingMissed();
        assertThat(route.checkpoint()).isPresent();
        assertThat(route.camel().getInflightRepository().size()).isZero();
    }

    private static boolean isOf(Exchange exchange, String id) {
        return id.equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID));
    }

    @Test
    void given_a_route_that_leaves_its_thread_interrupted_then_each_row_comes_once() throws Exception {
        route.working(exchange -> {
            if (isOf(exchange, "p7") || isOf(exchange, "p99") || isOf(exchange, "p119")) {
                Thread.currentThread().interrupt();
            }
        });

        route.start("patients", "");
        route.awaitCaughtUp(8, rows);

        route.assertDeliveredOnce(rows);
    }

    @Test
    void given_a_completion_of_the_route_that_ends_in_an_error_then_only_its_row_comes_again() throws Exception {
        AtomicInteger errors = new AtomicInteger();
        route.working(exchange -> {
            if (isOf(exchange, "p7")) {
                exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onDone(Exchange done) {
                        if (errors.getAndIncrement() == 0) {
                            throw new NoClassDefFoundError("of a completion");
                        }
                    }
                });
            }
        });

        route.start("patients", "");
        route.awaitCaughtUp(4, rows);

        assertThat(route.ids()).hasSize(121).containsAll(ListedRow.ids(rows));
        assertThat(route.timesEmitted("p7")).isEqualTo(2);
    }

    @Test
    void given_an_exception_handler_that_throws_an_error_when_rows_fail_then_they_come_again() throws Exception {
        route.camel().getRegistry().bind("broken", new BrokenHandler());
        route.failing(1, "p7", "p110");

        route.start("patients", "exceptionHandler=#broken");
        route.awaitCaughtUp(4, rows);

        route.assertDeliveredOnce(rows);
    }

    private static final class BrokenHandler implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {
            throw new NoClassDefFoundError("of a handler");
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handleException(exception);
        }
    }
}
