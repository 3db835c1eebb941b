/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.gson.JsonPrimitive;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.producer.ProducerTestBase;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests headers that must be text. Values with a text form are sent. No other value is sent by its {@code toString}.
 */
class HeaderTextTest extends ProducerTestBase {
    private static final UUID GUID = UUID.fromString("0f2f7f4a-6d5e-4c3b-9a21-0b1c2d3e4f50");

    @BeforeEach
    public void serve() {
        serve(json("{\"ID\":\"7\"}"));
    }

    private Exchange delete(Object id) {
        return call("leads", "operation=delete")
                .withHeader(CliniceaConstants.RECORD_ID, id)
                .send();
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                Arguments.of("Testa 7", "Testa%207"),
                Arguments.of(new StringBuilder("p7"), "p7"),
                Arguments.of('7', "7"),
                Arguments.of("p7".toCharArray(), "p7"),
                // Kafka's headers have this type.
                Arguments.of("p\u00e97".getBytes(UTF_8), "p%C3%A97"),
                Arguments.of(new InputStreamCache("p7".getBytes(UTF_8)), "p7"),
                Arguments.of(GUID, GUID.toString()),
                Arguments.of(7, "7"),
                Arguments.of(7L, "7"),
                Arguments.of((short) 7, "7"),
                Arguments.of((byte) 7, "7"),
                Arguments.of(new AtomicLong(7), "7"),
                Arguments.of(BigInteger.TEN, "10"),
                // JDBC returns this type for a numeric column.
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(new BigDecimal("7.00"), "7"),
                Arguments.of(7.0, "7"),
                Arguments.of(1e7, "10000000"),
                Arguments.of(7.0f, "7"),
                Arguments.of(DoubleNode.valueOf(7.0), "7"),
                Arguments.of(new JsonPrimitive(7.0), "7"),
                Arguments.of(Optional.of("p7"), "p7"),
                Arguments.of(Optional.of(7L), "7"),
                Arguments.of(Optional.of(GUID), GUID.toString()),
                Arguments.of(Optional.of(new JsonPrimitive("p7")), "p7"),
                Arguments.of(OptionalInt.of(7), "7"),
                Arguments.of(OptionalLong.of(7), "7"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void given_an_id_of_a_kind_that_has_a_text_when_sent_then_it_is_sent_as_that(Object id, String sent) {
        assertThat(delete(id).getException()).isNull();
        assertThat(onlyRequest().getUrl()).isEqualTo("/api/v1/leads/" + sent);
    }

    static Stream<Object> empty() {
        return Stream.of(Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), NullNode.instance);
    }

    @ParameterizedTest
    @MethodSource("empty")
    void given_nothing_in_the_id_when_sent_then_it_counts_as_not_given(Object id) {
        assertThat(delete(id).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 'id': set the header CamelCliniceaRecordId");
        assertNothingSent();
    }

    /** Is an id class of a route. */
    public record PatientId(String text) {}

    static Stream<Object> noIds() {
        return Stream.of(
                List.of("Testa"),
                Set.of("Testa"),
                Map.of("Testa", "Testa"),
                new LinkedHashMap<>(Map.of("ID", "Testa")),
                Arguments.of((Object) new String[] {"Testa"}),
                new int[] {7},
                Arguments.of((Object) new Object[] {GUID}),
                GUID.toString().chars(),
                ByteBuffer.wrap("Testa".getBytes(UTF_8)),
                // A GUID as some databases store it, which is not UTF-8.
                new byte[] {(byte) 0xff, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14},
                new byte[] {0, 7},
                Optional.of(List.of("Testa")),
                Optional.of(Optional.of("Testa")),
                new AtomicReference<>("Testa"),
                CompletableFuture.completedFuture("Testa"),
                (Supplier<String>) () -> "Testa",
                new PatientId("Testa"),
                new Object(),
                Exchange.class,
                true,
                BooleanNode.TRUE,
                BinaryNode.valueOf("Testa".getBytes(UTF_8)),
                CliniceaOperation.GET,
                LocalDate.EPOCH,
                Instant.EPOCH,
                new File("/Testa"),
                new ByteArrayInputStream("Testa".getBytes(UTF_8)),
                new GenericFile<>());
    }

    @ParameterizedTest
    @MethodSource("noIds")
    void given_an_id_of_another_kind_when_sent_then_the_error_names_header_and_class_and_not_the_value(Object id) {
        Class<?> type =
                id instanceof Optional<?> optional ? optional.orElseThrow().getClass() : id.getClass();

        assertThat(delete(id).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(CliniceaConstants.RECORD_ID, type.getName(), "give it as a String")
                .hasMessageNotContaining("Testa")
                .hasNoCause();
        assertNothingSent();
    }

    static Stream<Object> noIdNumbers() {
        return Stream.of(
                7.25,
                new BigDecimal("7.25"),
                DoubleNode.valueOf(7.25),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                DoubleNode.valueOf(Double.NaN),
                OptionalDouble.of(7.25));
    }

    @ParameterizedTest
    @MethodSource("noIdNumbers")
    void given_a_number_that_is_no_whole_one_for_an_id_when_sent_then_it_is_refused(Object id) {
        assertThat(delete(id).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(CliniceaConstants.RECORD_ID)
                .hasMessageNotContaining("7.25")
                .hasNoCause();
        assertNothingSent();
    }

    @Test
    void given_a_stream_that_can_be_read_again_when_the_call_is_repeated_then_the_id_is_sent_again() {
        InputStreamCache id = new InputStreamCache("p7".getBytes(UTF_8));

        assertThat(delete(id).getException()).isNull();
        assertThat(delete(id).getException()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = CliniceaOperation.class,
            names = {"GET", "DELETE"})
    void given_an_operation_as_its_constant_when_called_then_that_is_called(CliniceaOperation operation) {
        Exchange out = call("leads", "operation=list")
                .withHeader(CliniceaConstants.RECORD_ID, "7")
                .withHeader(CliniceaConstants.OPERATION, operation)
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod().getName()).isEqualTo(operation.name());
    }

    static Stream<Object> noOperations() {
        return Stream.of(
                List.of("get"),
                Arguments.of((Object) new String[] {"get"}),
                Map.of("get", "get"),
                new AtomicReference<>("get"),
                7.5);
    }

    @ParameterizedTest
    @MethodSource("noOperations")
    void given_an_operation_of_another_kind_when_called_then_the_error_names_header_and_class(Object operation) {
        assertThat(call("leads", "operation=get")
                        .withHeader(CliniceaConstants.RECORD_ID, "p7")
                        .withHeader(CliniceaConstants.OPERATION, operation)
                        .send()
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(CliniceaConstants.OPERATION);
        assertNothingSent();
    }
}
