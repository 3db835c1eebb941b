package io.github.camelclinicea.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>4711</html>",
                "{\"Fee\":4711",
                "{\"Fee\":1,\"Fee\":4711}",
                "{\"Fee\":2e4711471147}",
                "{} 4711",
            })
    void given_an_answer_that_cannot_be_taken_for_json_when_read_then_the_failure_holds_nothing_of_it(String body) {
        assertThatThrownBy(() -> read("GET", body))
                .isExactlyInstanceOf(CliniceaException.class)
                .hasMessageContaining("no JSON")
                .hasMessageNotContaining("4711")
                .hasNoCause();
        assertThatThrownBy(() -> read("POST", body))
                .isInstanceOf(CliniceaOutcomeUnknownException.class)
                .hasMessageNotContaining("4711")
                .hasNoCause();
    }

    @Test
    void given_an_update_whose_answer_is_no_json_when_read_then_it_is_text_as_the_update_was_done() throws Exception {
        assertThat(read("PUT", "{\"Fee\":2e4711471147}").asText()).isEqualTo("{\"Fee\":2e4711471147}");
    }

    private static JsonNode read(String method, String body) throws CliniceaException {
        return Json.read(
                new WireCall("appointments", "any", method, "/x", List.of(), null),
                new WireAnswer(200, body.getBytes(UTF_8), null, null));
    }
}
