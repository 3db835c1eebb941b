/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final StringWriter printed = new StringWriter();

    @Test
    void given_a_pipe_when_progress_is_printed_then_each_is_a_line() {
        Output out = new Output(new PrintWriter(printed), false);
        out.progress("one");
        out.progress("two");
        out.println("end");
        out.clear();

        assertThat(printed).hasToString("one\ntwo\nend\n");
    }

    @Test
    void given_a_terminal_when_progress_is_printed_then_each_replaces_the_one_before() {
        Output out = new Output(new PrintWriter(printed), true);
        out.progress("one");
        out.progress("two");
        out.println("end");
        out.printf("%d%n", 5);
        out.clear();

        assertThat(printed).hasToString("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kend\n5\n");
    }
}
