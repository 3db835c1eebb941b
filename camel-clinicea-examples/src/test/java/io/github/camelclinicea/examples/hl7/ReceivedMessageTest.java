/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static io.github.camelclinicea.examples.hl7.Hospital.get;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.model.Message;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedMessageTest {
    private final MessageWriter writer = new Hl7Properties("Asia/Dubai", Map.of()).writer();

    private static ReceivedMessage message(String text) {
        return ReceivedMessage.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_a_message_when_answered_then_the_answer_goes_back_to_its_sender() {
        ReceivedMessage received =
                message("MSH|^~\\&|LAB^1.2^ISO|HAUS Ä|CLINICEA|CLINIC|2026||ORU^R01|A\\T\\7|T|2.5\r");

        Message ack = Hl7Properties.read(
                received.answer(writer, AcknowledgmentCode.AE, ErrorCode.UNKNOWN_KEY_IDENTIFIER, "No such patient"));

        assertThat(get(ack, "/MSH-3")).isEqualTo("CLINICEA");
        assertThat(get(ack, "/MSH-5-2")).isEqualTo("1.2");
        assertThat(get(ack, "/MSH-6")).isEqualTo("HAUS Ä");
        assertThat(get(ack, "/MSH-9-2")).isEqualTo("R01");
        assertThat(get(ack, "/MSH-18")).isEqualTo("UNICODE UTF-8");
        assertThat(get(ack, "/MSA-1")).isEqualTo("AE");
        assertThat(get(ack, "/MSA-2")).isEqualTo("A&7");
        assertThat(get(ack, "/MSA-3")).isEqualTo("No such patient");
        assertThat(get(ack, "/ERR-3-1")).isEqualTo("204");
        assertThat(get(ack, "/ERR-8")).isEqualTo("No such patient");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "MSH", "MSH|", "MSH|^~\\&", "MSH|^~\\&|LAB\nPID|1", "\u0000\uffff|MSH"})
    void given_what_is_no_message_when_answered_then_there_is_an_answer_anyway(String text) {
        String answer =
                message(text).answer(writer, AcknowledgmentCode.AR, ErrorCode.UNSUPPORTED_MESSAGE_TYPE, "No message");

        assertThat(get(Hl7Properties.read(answer), "/MSA-1")).isEqualTo("AR");
    }

    @Test
    void given_a_header_with_very_long_values_when_answered_then_there_is_an_answer_anyway() {
        String x = "x".repeat(1_000);
        String hd = x + "^" + x + "^" + x;
        String header = String.join("|", "MSH", "^~\\&", hd, hd, hd, hd, "", "", "ORU^" + x, x, x, "2.5");

        Message ack = Hl7Properties.read(
                message(header).answer(writer, AcknowledgmentCode.AR, ErrorCode.DATA_TYPE_ERROR, "MSH-3 is too long"));

        assertThat(get(ack, "/MSA-1")).isEqualTo("AR");
        assertThat(get(ack, "/MSA-2")).isEqualTo(x);
        assertThat(get(ack, "/MSH-5")).hasSize(200);
    }

    @Test
    void given_two_senders_when_compared_then_application_and_facility_count() {
        assertThat(message("MSH|^~\\&|LAB|A|\r").sender())
                .isNotEqualTo(message("MSH|^~\\&|LAB|B|\r").sender());
    }
}
