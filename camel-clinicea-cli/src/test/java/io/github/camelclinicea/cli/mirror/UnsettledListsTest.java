/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.event.CliniceaPollEvent.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class UnsettledListsTest {
    private final StringWriter printed = new StringWriter();
    private final UnsettledLists lists = new UnsettledLists(new Progress(new Output(new PrintWriter(printed), false)));
    private final Endpoint endpoint = new DefaultCamelContext().getEndpoint("direct:any");

    private void polled(int polls, String resource, Outcome outcome, int failed) {
        for (int i = 0; i < polls; i++) {
            CliniceaPollEvent event = new CliniceaPollEvent(
                    endpoint, resource, resource, resource, outcome, 0, failed, 2, null, Duration.ofSeconds(1));
            assertThat(lists.isEnabled(event)).isTrue();
            lists.notify(event);
        }
    }

    @Test
    void given_polls_that_do_not_get_the_whole_list_when_there_are_several_then_lines_say_so_more_and_more_rarely() {
        polled(4, "patients", Outcome.INCOMPLETE, 0);
        assertThat(printed.toString()).isEmpty();

        polled(41, "patients", Outcome.INCOMPLETE, 0);

        assertThat(printed.toString().lines()).hasSize(4);
        assertThat(printed.toString())
                .contains("patients: 5 polls", "patients: 10 polls", "patients: 20 polls", "patients: 40 polls");
    }

    @Test
    void given_a_complete_poll_when_others_follow_then_they_are_counted_again_from_one() {
        polled(4, "patients", Outcome.INCOMPLETE, 0);
        polled(1, "patients", Outcome.COMPLETE, 0);
        polled(4, "patients", Outcome.INCOMPLETE, 0);
        polled(4, "bills", Outcome.INCOMPLETE, 0);

        assertThat(printed.toString()).isEmpty();
    }

    @Test
    void given_rows_that_fail_when_polls_are_incomplete_for_them_then_nothing_is_said_of_the_list() {
        polled(20, "patients", Outcome.INCOMPLETE, 1);

        assertThat(printed.toString()).isEmpty();
    }
}
