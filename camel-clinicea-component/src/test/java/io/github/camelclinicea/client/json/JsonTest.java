/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import java.io.IOException;
import java.nio.charset.Charset;
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
                .hasMessageContaining("not JSON")
                .hasMessageNotContaining("4711")
                .hasNoCause();
        assertThatThrownBy(() -> read("POST", body))
                .isInstanceOf(CliniceaOutcomeUnknownException.class)
                .hasMessageNotContaining("4711")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void given_an_update_or_delete_whose_answer_is_plain_text_when_read_then_it_has_been_done(String method)
            throws Exception {
        assertThat(read(method, " Saved\n").asText()).isEqualTo("Saved");
    }

    /** It may have a saving error after the place where it was cut off, or be the page of a proxy. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>4711</html>",
                "\n\n<!DOCTYPE html>4711",
                "\ufeff<html>4711</html>",
                "{\"ID\":\"4711\",\"SavingErr",
                "[{\"ID\":\"4711\"},",
                "\"4711",
                "{\"Fee\":2e4711471147}",
                "\f",
                "\u001c \u001f",
            })
    void given_an_update_whose_answer_is_broken_when_read_then_it_is_not_taken_for_done(String body) {
        assertThatThrownBy(() -> read("PUT", body))
                .isExactlyInstanceOf(CliniceaException.class)
                .hasMessageContaining("not JSON")
                .hasMessageContaining("may have been done")
                .hasMessageNotContaining("4711")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST"})
    void given_an_answer_of_nothing_but_blanks_when_read_then_there_is_none(String method) throws Exception {
        assertThat(read(method, " \n")).isNull();
        assertThat(read(method, "")).isNull();
    }

    @Test
    void given_an_answer_in_another_encoding_when_read_then_it_is_not_guessed_at() throws Exception {
        for (Charset other : List.of(ISO_8859_1, UTF_16LE, UTF_16BE)) {
            assertThatThrownBy(() -> read("GET", "{\"Name\":\"Größe\"}".getBytes(other)))
                    .isExactlyInstanceOf(CliniceaException.class)
                    .hasMessageContaining("not JSON");
        }
        assertThat(read("GET", "\ufeff{\"Name\":\"Größe\"}").path("Name").asText())
                .isEqualTo("Größe");
    }

    private static JsonNode read(String method, byte[] body) throws CliniceaException {
        return Json.read(
                new Request("appointments", "any", method, "/x", List.of(), null), new Response(200, body, null, null));
    }

    private static JsonNode read(String method, String body) throws CliniceaException {
        return read(method, body.getBytes(UTF_8));
    }

    @Test
    void given_a_record_of_more_values_than_fit_into_memory_when_read_or_bound_then_it_is_refused() {
        Request get = new Request("patients", "get", "GET", "/x", List.of(), null);
        String few = "{\"a\":[" + "{},".repeat(200_000) + "{}]}";
        String many = "{\"a\":[" + "{},".repeat(300_000) + "{}]}";

        assertThatCode(() -> Json.read(get, new Response(200, few.getBytes(UTF_8), null, null)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Json.read(get, new Response(200, many.getBytes(UTF_8), null, null)))
                .isInstanceOf(CliniceaException.class);
        for (String bodyType : List.of("Map", "Node")) {
            BodyFormat format = BodyFormat.of(bodyType, name -> null);
            assertThatCode(() -> format.body(few.getBytes(UTF_8))).doesNotThrowAnyException();
            assertThatThrownBy(() -> format.body(many.getBytes(UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be bound");
        }
    }
}
