/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static io.github.camelclinicea.examples.hl7.Laboratory.base64;
import static io.github.camelclinicea.examples.hl7.Laboratory.obx;
import static io.github.camelclinicea.examples.hl7.Laboratory.oru;
import static io.github.camelclinicea.examples.hl7.Laboratory.pdf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.AcknowledgmentCode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultReaderTest {
    private static final String PATIENT = "p-1^^^CLINICEA^PI";
    private static final byte[] PDF = pdf("Übung");

    private final ResultReader reader =
            new Hl7Properties("Asia/Dubai", Map.of("hl7.results.max-bytes", "1000")).results();

    private Result read(String message) throws RefusedMessageException {
        return reader.read(ReceivedMessage.of(message.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void given_a_result_with_a_pdf_when_read_then_it_has_patient_name_date_and_content() throws Exception {
        Result result = read(oru("1", PATIENT, obx(1, PDF)));

        assertThat(result.patientId()).isEqualTo("p-1");
        assertThat(result.fileNumber()).isNull();
        assertThat(result.documents()).singleElement().satisfies(document -> {
            assertThat(document.name()).matches("Report 1 [0-9a-f]{12}\\.pdf");
            assertThat(document.date()).isEqualTo(LocalDate.of(2026, 2, 28));
            assertThat(document.content()).isEqualTo(PDF);
        });
    }

    @Test
    void given_numbers_beside_several_pdfs_when_read_then_all_pdfs_are_there_with_names_of_their_own()
            throws Exception {
        Result result = read(
                oru("1", PATIENT, "OBX|1|NM|HB^Haemoglobin||13.5|g/dL|||||F", obx(2, PDF), obx(2, pdf("another"))));

        assertThat(result.documents()).hasSize(2);
        assertThat(result.documents().stream().map(Result.Document::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5.1", "2.6", "2.8"})
    void given_another_version_when_read_then_it_is_taken(String version) throws Exception {
        String message = oru("1", PATIENT, obx(1, PDF)).replace("|P|2.5\r", "|P|" + version + "\r");

        assertThat(read(message).documents()).hasSize(1);
    }

    @Test
    void given_base64_with_line_breaks_when_read_then_it_is_the_same_content() throws Exception {
        String base64 = base64(PDF);
        for (String lineBreak : new String[] {"\\.br\\", "\\X0D\\\\X0A\\", "\\X0D0A\\", " ", "\n"}) {
            String broken = base64.substring(0, 12) + lineBreak + base64.substring(12);

            assertThat(read(oru("1", PATIENT, "OBX|1|ED|R||^^PDF^BASE64^" + broken + "||||||F"))
                            .documents()
                            .get(0)
                            .content())
                    .isEqualTo(PDF);
        }
    }

    @Test
    void given_several_identifiers_when_read_then_those_of_the_clinic_count() throws Exception {
        Result result =
                read(oru("1", "77^^^LAB^PI~F-00001^^^CLINICEA-FILE^MR~p-1^^^CLINICEA&1.2.3&ISO^PI", obx(1, PDF)));

        assertThat(result.patientId()).isEqualTo("p-1");
        assertThat(result.fileNumber()).isEqualTo("F-00001");
    }

    @Test
    void given_the_same_content_when_read_then_digest_and_names_are_the_same_and_else_others() throws Exception {
        Result result = read(oru("1", PATIENT, obx(1, PDF)));
        Result again = read(oru("1", PATIENT, obx(1, PDF)).replace("20260301093000", "20260301093001"));
        Result other = read(oru("1", PATIENT, obx(1, pdf("other"))));
        Result next = read(oru("2", PATIENT, obx(1, PDF)));

        assertThat(again.digest()).isEqualTo(result.digest());
        assertThat(again.documents().get(0).name())
                .isEqualTo(result.documents().get(0).name());
        assertThat(other.digest()).isNotEqualTo(result.digest());
        assertThat(next.documents().get(0).name())
                .isNotEqualTo(result.documents().get(0).name());
    }

    @Test
    void given_a_title_of_another_charset_when_read_then_msh_18_says_which() throws Exception {
        String message = oru("1", PATIENT, obx(1, PDF).replace("Report 1", "Blutbild ä"));
        byte[] latin = message.replace("|P|2.5\r", "|P|2.5||||||8859/1\r").getBytes(StandardCharsets.ISO_8859_1);
        byte[] unsaid = message.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(reader.read(ReceivedMessage.of(latin)).documents().get(0).name())
                .startsWith("Blutbild ä ");
        assertThat(reader.read(ReceivedMessage.of(unsaid)).documents().get(0).name())
                .startsWith("Blutbild ä ");
    }

    @Test
    void given_a_title_with_a_path_when_read_then_the_name_has_none() throws Exception {
        assertThat(read(oru("1", PATIENT, obx(1, PDF).replace("Report 1", "../../etc:" + "x".repeat(300))))
                        .documents()
                        .get(0)
                        .name())
                .startsWith(".._.._etc_xxx")
                .hasSizeLessThan(110);
    }

    static Stream<Arguments> refused() {
        String good = oru("1", PATIENT, obx(1, PDF));
        return Stream.of(
                Arguments.of(good.replace("ORU^R01^ORU_R01", "ADT^A04^ADT_A01"), "AR", "ORU^R01"),
                Arguments.of(good.replace("ORU^R01^ORU_R01", "ORU^R30^ORU_R30"), "AR", "ORU^R01"),
                Arguments.of(good.replace("|1|P|", "|1|T|"), "AR", "MSH-11"),
                Arguments.of(good.replace("|1|P|", "||P|"), "AR", "MSH-10"),
                Arguments.of(good.replace("|1|P|", "|" + "1".repeat(201) + "|P|"), "AR", "MSH-10"),
                Arguments.of("garbage", "AR", "HL7"),
                Arguments.of("", "AR", "HL7"),
                Arguments.of(good.replace("CLINICEA^PI", "OTHER^PI"), "AE", "PID-3"),
                Arguments.of(good.replace(PATIENT, ""), "AE", "PID-3"),
                Arguments.of(good.replace(PATIENT, PATIENT + "~p-2^^^CLINICEA^PI"), "AE", "PID-3"),
                Arguments.of(good.replace(base64(PDF), "%%%"), "AE", "base64"),
                Arguments.of(good.replace(base64(PDF), base64(PDF).substring(1)), "AE", "base64"),
                Arguments.of(good.replace(base64(PDF), ""), "AE", "PDF"),
                Arguments.of(good.replace(base64(PDF), base64("PK".getBytes(StandardCharsets.UTF_8))), "AE", "PDF"),
                Arguments.of(good.replace(base64(PDF), base64(pdf("x".repeat(1000)))), "AE", "large"),
                Arguments.of(good.replace("Base64", "Hex"), "AE", "OBX-5.4"),
                Arguments.of(good.replace("||||||F", "||||||W"), "AE", "OBX-11"),
                Arguments.of(good.replace("||||||F", "||||||D"), "AE", "OBX-11"),
                Arguments.of(oru("1", PATIENT, "OBX|1|RP|R||http://lab.invalid/1||||||F"), "AE", "RP"),
                Arguments.of(oru("1", PATIENT, obx(1, PDF), "OBX|2|RP|R||x||||||F"), "AE", "RP"),
                Arguments.of(oru("1", PATIENT, "OBX|1|NM|HB||13.5||||||F"), "AE", "PDF"),
                Arguments.of(oru("1", PATIENT), "AE", "PDF"),
                Arguments.of(oru("1", PATIENT, "OBX|1||R||" + base64(PDF)), "AE", "ORU^R01"),
                Arguments.of(good + good.substring(good.indexOf("PID")).replace("p-1", "p-2"), "AE", "one patient"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void given_what_cannot_be_taken_when_read_then_it_is_refused_with_a_text_without_content(
            String message, String code, String text) {
        assertThatThrownBy(() -> read(message)).isInstanceOfSatisfying(RefusedMessageException.class, refusal -> {
            assertThat(refusal.getCode()).isEqualTo(AcknowledgmentCode.valueOf(code));
            assertThat(refusal)
                    .hasMessageContaining(text)
                    .hasMessageNotContaining("Testa")
                    .hasNoCause();
        });
    }
}
