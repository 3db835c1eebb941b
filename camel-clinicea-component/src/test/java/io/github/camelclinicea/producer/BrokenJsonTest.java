/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what is said of text that should be JSON and is not: where it is broken, and none of its content. */
class BrokenJsonTest extends ProducerTestBase {
    private static final String HTML = "it is HTML or XML, as of a login page or a proxy: check baseUrl";

    // ---- in a message

    private static Stream<Object> kinds(String text) {
        return Stream.of(
                text,
                new StringBuilder(text),
                text.getBytes(UTF_8),
                new ByteArrayInputStream(text.getBytes(UTF_8)),
                new StringReader(text));
    }

    private Exchange create(Object body) {
        return call("appointments", "operation=create").withBody(body).send();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {patientID: 1}                         | is broken, at line 1, column
        {"patientID": Testa}                   | is broken, at line 1, column
        {"patientID": 'Testa'}                 | is broken, at line 1, column
        {"patientID": "p1",}                   | is broken, at line 1, column
        {"patientID": "Testa                   | ends too early, at line 1, column
        {"patientID": "p1", "notes":           | ends too early, at line 1, column
        {"notes": "Testa", "notes": "Testa"}   | has a field twice, at line 1, column
        {"notes": "Testa"} Testa               | is broken, at line 1, column
        {"notes": "Testa"} {}                  | has other text behind its end, at line 1, column
        """)
    void given_json_text_that_is_broken_when_sent_then_it_is_called_so_with_its_place_and_without_its_content(
            String text, String defect) {
        assertThat(kinds(text))
                .allSatisfy(body -> assertThat(create(body).getException())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("The body is broken JSON text ("
                                + body.getClass().getName() + "): it " + defect)
                        .hasMessageNotContaining("Testa")
                        .hasNoCause());
        assertNothingSent();
    }

    @Test
    void given_json_text_of_several_lines_when_it_is_broken_then_the_line_and_the_column_are_right() {
        assertThat(create("{\n  \"patientID\": \"p1\",\n  notes: 1\n}").getException())
                .hasMessageContaining("it is broken, at line 3, column 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                       | is empty
        '   '                    | is empty
        <patient>Testa</patient> | is HTML or XML and not JSON
        Testa                    | is not JSON
        """)
    void given_text_that_is_not_meant_as_json_when_sent_then_it_is_called_so(String text, String kind) {
        assertThat(kinds(text))
                .allSatisfy(body -> assertThat(create(body).getException())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("wrong kind (" + body.getClass().getName() + ", which " + kind + ")")
                        .hasMessageNotContaining("Testa"));
        assertNothingSent();
    }

    @Test
    void given_bytes_in_another_encoding_when_sent_then_it_is_called_so() {
        assertThat(create("{\"notes\":\"M\u00fcller\"}".getBytes(ISO_8859_1)).getException())
                .hasMessageContaining("it is not in UTF-8")
                .hasMessageNotContaining("M\u00fcller");
    }

    @Test
    void given_a_header_of_json_text_that_is_broken_when_sent_then_it_is_called_so() {
        Exchange out = call("patients", "operation=find")
                .withHeader(CliniceaConstants.PARAMETERS, "{\"searchText\": Testa}")
                .send();

        assertThat(out.getException())
                .hasMessageContaining(
                        "The header CamelCliniceaParameters must be a Map, or the JSON text of an object, and is broken")
                .hasMessageContaining("line 1, column")
                .hasMessageNotContaining("Testa");
        assertNothingSent();
    }

    // ---- in a response

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("<html><form>Testa".getBytes(UTF_8), HTML),
                Arguments.of("\n <?xml version=\"1.0\"?><Testa/>".getBytes(UTF_8), HTML),
                Arguments.of(
                        "[{\"PatientID\":\"p1\",\"Name\":\"Testa".getBytes(UTF_8),
                        "ends too early|text without an end"),
                Arguments.of("[{\"PatientID\":\"p1\"},".getBytes(UTF_8), "ends too early"),
                Arguments.of("[{\"PatientID\":".getBytes(UTF_8), "ends too early"),
                Arguments.of("[".getBytes(UTF_8), "ends too early"),
                Arguments.of("[{\"Name\":\"Testa\"}]".getBytes(UTF_16LE), "not( in)? UTF-8"),
                Arguments.of("[{\"Name\":\"M\u00fcller Testa\"}]".getBytes(ISO_8859_1), "not( in)? UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void given_a_response_that_is_not_json_when_read_or_listed_then_it_is_called_so(byte[] body, String defect) {
        serve(json("").withBody(body));
        Exchange got = call("patients", "operation=get&maxRetries=0")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
        Exchange listed = call("patients", "operation=list&maxRetries=0").send();

        assertThat(List.of(got, listed))
                .allSatisfy(out -> assertThat(out.getException())
                        .isInstanceOf(CliniceaException.class)
                        .hasMessageMatching("(?s).*(" + defect + ").*")
                        .hasMessageNotContaining("Testa"));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void given_a_response_that_is_not_json_when_created_then_it_is_called_so(byte[] body, String defect) {
        serve(json("").withBody(body));

        assertThat(create(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00"))
                        .getException())
                .hasMessageMatching("(?s).*cannot be read: .*(" + defect + ").*it is unknown whether.*")
                .hasMessageNotContaining("Testa");
    }

    @Test
    void given_an_empty_response_when_listed_then_it_is_called_so() {
        serve(json(""));

        assertThat(call("patients", "operation=list&maxRetries=0").send().getException())
                .hasMessageContaining("is not a list of rows: it is empty");
    }

    @Test
    void given_broken_json_when_got_then_the_place_is_there() {
        serve(json("{\"PatientID\":\"p1\",\n\"Name\":Testa}"));

        assertThat(call("patients", "operation=get&maxRetries=0")
                        .withHeader(CliniceaConstants.RECORD_ID, "p1")
                        .send()
                        .getException())
                .hasMessageContaining("is not JSON: it is broken, at line 2, column")
                .hasMessageNotContaining("Testa");
    }
}
