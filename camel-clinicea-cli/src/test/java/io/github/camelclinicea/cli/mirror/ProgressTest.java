/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.cli.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter printed = new StringWriter();
    private final long begin = System.nanoTime();

    @Test
    void given_rows_in_a_pipe_when_time_passes_then_there_is_a_line_a_second_and_later_one_in_ten() {
        Progress progress = progress(false);

        for (int second = 1; second <= 120; second++) {
            tick(progress, second);
        }
        int lines = (int) printed.toString().lines().count();

        assertThat(lines).isBetween(59 + 5, 60 + 7);
        assertThat(printed.toString().lines()).allMatch(line -> line.matches(" +\\d+ rows +\\d+ rows/s +0 pages"));
    }

    @Test
    void given_rows_in_a_terminal_when_time_passes_then_one_line_is_written_again_and_again() {
        Progress progress = progress(true);

        for (int second = 1; second <= 3; second++) {
            tick(progress, second);
        }
        progress.say("done");

        assertThat(printed.toString().split("\r\u001b\\[K")).hasSize(5).endsWith("  done\n");
    }

    @Test
    void given_no_rows_when_time_passes_then_nothing_is_printed() {
        Progress progress = progress(false);

        progress.tick(begin + TimeUnit.HOURS.toNanos(1));

        assertThat(printed.toString()).isEmpty();
    }

    private Progress progress(boolean terminal) {
        Progress progress = new Progress(new Output(new PrintWriter(printed), terminal));
        progress.begin();
        return progress;
    }

    private void tick(Progress progress, int second) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(CliniceaConstants.RESOURCE, "patients");
        exchange.getMessage().setHeader(CliniceaConstants.DATA_STATUS, "Added");
        exchange.getMessage().setHeader(CliniceaConstants.RECORD_IDS, List.of("a", "b"));
        progress.count(exchange);
        progress.tick(begin + TimeUnit.SECONDS.toNanos(second) + TimeUnit.MILLISECONDS.toNanos(500));
    }
}
