/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.SimpleTypeConverter;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliniceaJsonDataTypeTransformerTest {
    /** Fields that are not in the order of the alphabet, and numbers that a double would change. */
    private static final String ROW = "{\"PatientID\":\"p1\",\"Name\":\"Übung \\\"Testa\\\" テスト\",\"BilledTotal\":1.10,"
            + "\"Big\":12345678901234567890.123456789,\"Count\":12345678901234567890,\"Flag\":1,\"Nothing\":null,"
            + "\"Tags\":[1,{\"z\":1,\"a\":2.50}],\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\"2026-01-01T00:00:00\"}";

    /** A class of the user's. */
    public static final class Patient {
        public String PatientID;
        public java.math.BigDecimal BilledTotal;
    }

    private final DataTypeRoute route = new DataTypeRoute();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
        route.close();
    }

    private Transformer found() {
        return camel.getTransformerRegistry().resolveTransformer(new TransformerKey("clinicea:application-json"));
    }

    private Message transformed(Object body) throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        found().transform(exchange.getMessage(), DataType.ANY, new DataType("clinicea:application-json"));
        return exchange.getMessage();
    }

    @Test
    void given_a_camel_context_when_the_data_type_is_looked_up_then_it_is_loaded_without_being_registered() {
        assertThat(camel.getTransformerRegistry()).isEmpty();
        assertThat(found()).isInstanceOf(CliniceaJsonDataTypeTransformer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Json", "Node"})
    void given_a_row_of_a_body_type_when_transformed_then_its_json_has_each_field_and_digit_as_sent(String bodyType)
            throws Exception {
        route.start("clinicea:application-json", "bodyType=" + bodyType, "[" + ROW + "]");

        assertThat(route.outcome().exchange().getMessage().getBody()).isInstanceOf(byte[].class);
        assertThat(route.outcome().text()).isEqualTo(ROW);
        assertThat(route.outcome().header(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void given_a_row_of_a_users_class_when_transformed_then_its_json_has_the_fields_of_the_class() throws Exception {
        route.start("clinicea:application-json", "bodyType=" + Patient.class.getName(), "[" + ROW + "]");

        assertThat(route.outcome().text()).isEqualTo("{\"PatientID\":\"p1\",\"BilledTotal\":1.10}");
        assertThat(route.before()).singleElement().isInstanceOf(Patient.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Json", "Node"})
    void given_a_batch_when_transformed_then_it_is_a_json_array_of_its_rows(String bodyType) throws Exception {
        String other = ROW.replace("p1", "p2");

        route.start("clinicea:application-json", "batching=true&bodyType=" + bodyType, "[" + ROW + "," + other + "]");

        assertThat(route.outcome().text()).isEqualTo("[" + ROW + "," + other + "]");
        assertThat(route.outcome().header(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void given_an_idle_poll_when_its_empty_message_is_transformed_then_it_stays_empty() throws Exception {
        route.start("clinicea:application-json", "sendEmptyMessageWhenIdle=true");

        assertThat(route.outcome().failure()).isNull();
        assertThat(route.outcome().exchange().getMessage().getBody()).isNull();
        assertThat(route.outcome().header(Exchange.CONTENT_TYPE)).isNull();
    }

    static Stream<Object> spellings() {
        String json = "{\"a\":1.50}";
        return Stream.of(
                json,
                new StringBuilder(json),
                json.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                new StringReader(json),
                new JSONObject(json),
                Optional.of(Map.of("a", new java.math.BigDecimal("1.50"))));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void given_a_body_that_another_step_made_when_transformed_then_it_is_its_json(Object body) throws Exception {
        JsonNode json = new ObjectMapper().readTree(transformed(body).getBody(String.class));

        assertThat(json).isEqualTo(new ObjectMapper().readTree("{\"a\":1.50}"));
    }

    @Test
    void given_the_json_of_a_row_when_transformed_again_then_it_stays_the_same() throws Exception {
        Message message = transformed(Map.of("a", 1));
        found().transform(message, DataType.ANY, new DataType("clinicea:application-json"));

        assertThat(message.getBody(String.class)).isEqualTo("{\"a\":1}");
    }

    @Test
    void given_the_data_type_as_the_input_of_a_route_when_called_then_the_route_gets_json() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").inputType("clinicea:application-json").transform(body().append(" as text"));
            }
        });

        assertThat(camel.createProducerTemplate().requestBody("direct:in", Map.of("a", 1), String.class))
                .isEqualTo("{\"a\":1} as text");
    }

    @Test
    void given_a_class_that_camel_can_convert_to_a_stream_when_transformed_then_its_fields_are_written()
            throws Exception {
        camel.getTypeConverterRegistry()
                .addTypeConverter(
                        InputStream.class,
                        Patient.class,
                        new SimpleTypeConverter(
                                false,
                                (type, exchange, value) ->
                                        new ByteArrayInputStream("<patient/>".getBytes(StandardCharsets.UTF_8))));

        assertThat(transformed(new Patient()).getBody(String.class)).contains("\"PatientID\":null");
    }

    @Test
    void given_an_empty_list_when_transformed_then_it_is_an_empty_array() throws Exception {
        assertThat(transformed(List.of()).getBody(String.class)).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            secret-canary          | clinicea:application-json: the body is not JSON
            {"secret-canary":      | clinicea:application-json: the body ends too early
            {"a":1,"a":2}          | clinicea:application-json: the body has a field twice
            {"a":1} {"b":2}        | clinicea:application-json: the body has other text behind its end
            '  '                   | clinicea:application-json: the body is empty
            <secret-canary/>       | clinicea:application-json: the body is HTML or XML
            """)
    void given_a_text_that_is_no_json_when_transformed_then_it_is_refused_without_being_quoted(
            String text, String message) {
        assertThatThrownBy(() -> transformed(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("canary")
                .hasNoCause();
        assertThatThrownBy(() -> transformed(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining(message)
                .hasMessageNotContaining("canary");
    }

    @Test
    void given_a_broken_text_in_a_list_when_transformed_then_the_message_says_which() {
        assertThatThrownBy(() -> transformed(List.of("{}", "secret-canary")))
                .hasMessage("clinicea:application-json: the record with index 1 of the body is not JSON");
    }

    @Test
    void given_bodies_that_have_no_json_when_transformed_then_they_are_refused_by_their_class() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        byte[] latin = {'"', (byte) 0xe9, '"'};

        assertThatThrownBy(() -> transformed(List.of(itself)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.ArrayList");
        assertThatThrownBy(() -> transformed(Map.of("a", Stream.of(1)))).hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> transformed(latin)).hasMessageContaining("the body is not UTF-8");
        assertThatThrownBy(() -> transformed(List.of(1).iterator())).hasMessageContaining("split it first");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void given_a_number_that_json_has_not_when_transformed_then_it_is_refused(double number) {
        String reason = " holds NaN or Infinity, which JSON has not; leave it out, or give it as text";

        assertThatThrownBy(() -> transformed(Map.of("a", List.of(number))))
                .hasMessage("clinicea:application-json: the body" + reason);
        assertThatThrownBy(() -> transformed(List.of(Map.of(), Map.of("a", (float) number))))
                .hasMessage("clinicea:application-json: the record with index 1 of the body" + reason);
        assertThatThrownBy(() -> transformed(number)).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Json", "Node"})
    void given_camels_own_data_type_when_a_row_is_transformed_then_its_json_has_all_fields(String bodyType)
            throws Exception {
        String row = StubClinicea.patient("p1", "Added", "2026-01-01T00:00:00");

        route.start("application-json", "bodyType=" + bodyType, "[" + row + "]");

        assertThat(route.outcome().text()).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Node"})
    void given_camels_own_data_type_when_a_batch_is_transformed_then_it_is_an_array(String bodyType) throws Exception {
        String row = StubClinicea.patient("p1", "Added", "2026-01-01T00:00:00");

        route.start("application-json", "batching=true&bodyType=" + bodyType, "[" + row + "]");

        assertThat(route.outcome().text()).isEqualTo("[" + row + "]");
    }
}
