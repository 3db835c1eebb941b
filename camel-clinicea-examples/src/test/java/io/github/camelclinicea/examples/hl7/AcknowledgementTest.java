/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {
    private static final String MSH = "MSH|^~\\&|HIS|HOSPITAL|CLINICEA|CLINIC|20260101||ACK^A04^ACK|1|P|2.5\r";
    private static final Outgoing SENT =
            new Outgoing("patients", "p-1", "A04", "v1", "ABC", null, null, null, "MSH|...");

    @ParameterizedTest
    @CsvSource({"AA, true", "CA, true", "AE, false", "AR, false", "CE, false", "CR, false"})
    void given_each_code_for_the_message_when_read_then_only_aa_and_ca_accept(String code, boolean accepted) {
        Acknowledgement answer = Acknowledgement.of(MSH + "MSA|" + code + "|ABC\r");

        assertThat(answer.answers(SENT)).isTrue();
        assertThat(answer.isAccepted()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "garbage",
                "MSA|AA|ABC",
                "MSH|",
                MSH,
                MSH + "MSA",
                MSH + "MSA|AA|ABCD\r",
                MSH + "MSA|AA|\r",
                MSH + "MSA|AA|abc\r",
                MSH + "MSA|aa|ABC\r",
                MSH + "MSA||ABC\r",
                MSH + "MSA|OK|ABC\r",
                MSH + "PID|AA|ABC\r",
                "MSH|^~\\&|HIS\rMSA|AA|ABC\r"
            })
    void given_what_is_no_answer_to_the_message_when_read_then_it_does_not_answer_it(String answer) {
        assertThat(Acknowledgement.of(answer).answers(SENT)).isFalse();
    }

    @Test
    void given_an_answer_of_another_version_when_read_then_it_counts() {
        Acknowledgement answer =
                Acknowledgement.of("MSH|^~\\&|A|B|C|D|20260101||ACK|1|P|2.3\rMSA|AA|ABC|fine\rZZZ|1\r");

        assertThat(answer.answers(SENT)).isTrue();
        assertThat(answer.isAccepted()).isTrue();
    }
}
