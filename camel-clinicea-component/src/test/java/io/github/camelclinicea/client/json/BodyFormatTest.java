/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFormatTest {
    private static final String ROW =
            "{\"z\":10.10,\"ID\":\"7\",\"a\":[1,{\"b\":null}],\"big\":12345678901234567890.50,\"n\":3}";

    /** Is a user's class for a patient, with fewer fields than a row. */
    public static final class Patient {
        public String ID;
        public int n;
        public BigDecimal z;
    }

    @Test
    void given_map_when_a_row_is_bound_then_it_keeps_order_and_every_digit() throws Exception {
        Object body = format("Map").body(bytes(ROW));

        assertThat(body).isInstanceOf(Map.class);
        Map<?, ?> map = (Map<?, ?>) body;
        assertThat(map.keySet().stream().map(Object::toString)).containsExactly("z", "ID", "a", "big", "n");
        assertThat(map.get("z")).isEqualTo(new BigDecimal("10.10"));
        assertThat(map.get("big")).isEqualTo(new BigDecimal("12345678901234567890.50"));
        assertThat(map.get("n")).isEqualTo(3);
        assertThat(map.get("a")).isInstanceOf(List.class);
    }

    @Test
    void given_json_when_a_row_is_bound_then_it_is_the_text_sent() throws Exception {
        assertThat(format("Json").body(bytes("{ \"ü\" : 1.0 }"))).isEqualTo("{ \"ü\" : 1.0 }");
    }

    @Test
    void given_node_when_a_row_is_bound_then_it_keeps_order_and_every_digit() throws Exception {
        Object body = format("Node").body(bytes(ROW));

        assertThat(body).isInstanceOf(JsonNode.class).hasToString(ROW);
        assertThat(((JsonNode) body).get("z").decimalValue()).isEqualTo(new BigDecimal("10.10"));
    }

    @Test
    void given_a_class_when_a_row_is_bound_then_its_unknown_fields_are_let_through() throws Exception {
        Object body = format(Patient.class.getName()).body(bytes(ROW));

        assertThat(body).isInstanceOf(Patient.class);
        assertThat(((Patient) body).ID).isEqualTo("7");
        assertThat(((Patient) body).n).isEqualTo(3);
        assertThat(((Patient) body).z).isEqualTo(new BigDecimal("10.10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "String", "com.example.NoSuchClass", ""})
    void given_a_name_of_nothing_when_asked_for_then_it_is_refused_by_name(String bodyType) {
        assertThatThrownBy(() -> format(bodyType))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bodyType=" + bodyType)
                .hasMessageContaining("Map");
    }

    @Test
    void given_a_field_of_another_type_when_bound_to_a_class_then_the_failure_holds_nothing_of_the_row() {
        assertThatThrownBy(
                        () -> format(Patient.class.getName()).body(bytes("{\"n\":\"Secret Smith\",\"ID\":\"4711\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Patient.class.getName())
                .satisfies(e -> assertThat(trace(e)).doesNotContain("Secret").doesNotContain("4711"));
    }

    /** The row reader accepts such numbers, because it does not parse them. */
    @ParameterizedTest
    @CsvSource({"Map,1300", "Node,1300", "Map,2e4711471147", "Node,2e4711471147", "Map,-3e-4711471147"})
    void given_a_number_that_no_type_can_hold_when_bound_then_the_failure_holds_nothing_of_the_row(
            String bodyType, String number) {
        String digits = number.contains("e") ? number : "4711".repeat(Integer.parseInt(number) / 4);

        assertThatThrownBy(() -> format(bodyType).body(bytes("{\"Secret\":\"Smith\",\"n\":" + digits + "}")))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(trace(e))
                        .doesNotContain("4711")
                        .doesNotContain("Secret")
                        .doesNotContain("Smith"));
    }

    /** Neither body type takes time or memory, because the digits are never written out. */
    @ParameterizedTest
    @ValueSource(strings = {"Map", "Node"})
    void given_an_amount_with_a_huge_exponent_when_bound_then_it_is_that_amount(String bodyType) throws Exception {
        assertThat(format(bodyType).body(bytes("{\"n\":1e999999999}")).toString())
                .hasSizeLessThan(30)
                .contains("1E+999999999");
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static BodyFormat format(String bodyType) {
        return BodyFormat.of(bodyType, name -> {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                return null;
            }
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
