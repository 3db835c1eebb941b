/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.testing.TestRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what must hold for any response of a server. Only the declared exception may be thrown, without a part of the
 * input in it, and the output must be in proportion to the input.
 */
final class AnyInput {
    /** Is a user's class for a row, with a field of each type that could fail on a number. */
    public static final class Bound {
        public String ID;
        public int small;
        public long large;
        public double real;
        public BigInteger whole;
        public BigDecimal exact;
        public boolean yes;
        public Map<String, Object> more;
        public List<Integer> list;
    }

    private static final Instant NOW = Instant.parse("2026-11-23T10:05:17Z");
    private static final List<BodyFormat> FORMATS =
            List.of(format("Map"), format("Json"), format("Node"), format(Bound.class.getName()));
    private static final RowReader READER = reader(null);
    private static final RowReader READER_WITH_MAPS = reader(BodyFormat.MAP);
    /** A different reader, which reads characters and builds a tree. */
    private static final ObjectMapper OTHER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AnyInput() {}

    private static RowReader reader(BodyFormat ahead) {
        return new RowReader(
                new RowFields(
                        List.of("PatientID", "ID"), List.of("DataStatusStr"), List.of("ModifiedDatetime"), Set.of()),
                ahead,
                TestRow.MAX_SIZE);
    }

    private static BodyFormat format(String bodyType) {
        return BodyFormat.of(bodyType, name -> Bound.class);
    }

    static void asPage(byte[] body) {
        asPage(body, READER);
        asPage(body, READER_WITH_MAPS);
    }

    private static void asPage(byte[] body, RowReader reader) {
        List<Row> rows;
        try {
            rows = reader.read(body, null);
        } catch (MalformedPageException e) {
            // The message has an id of up to 64 characters.
            assertThat(e.getMessage()).hasSizeLessThan(200);
            assertThat(e).hasNoCause();
            return;
        }
        assertThat(rows).allMatch(row -> row.version() != null).hasSizeLessThanOrEqualTo(body.length / 3 + 1);
        assertThat(rows.stream().mapToLong(row -> row.content().length).sum()).isLessThanOrEqualTo(body.length);
        List<Row> readable = rows.stream().filter(row -> row.defect() == null).toList();
        if (readable.size() == rows.size()) {
            assertReadAlikeByTheOther(rows, body);
        } else {
            rows.stream().filter(row -> row.defect() != null).forEach(AnyInput::asUnreadable);
        }
        readable.stream().limit(3).forEach(AnyInput::asRow);
        assertBodiesAreWhatBindingGives(rows);
    }

    private static void asUnreadable(Row row) {
        assertThat(row.takeBody()).isNull();
        assertThat(row.defect())
                .matches("it is .*|a field comes twice in one object")
                .hasSizeLessThan(100);
        assertThat(row.version()).isEqualTo(RowVersion.of(row.id(), row.status(), row.modified(), row.content()));
    }

    private static void assertReadAlikeByTheOther(List<Row> rows, byte[] body) {
        try {
            String text = new String(body, UTF_8);
            JsonNode page = OTHER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            assertThat(page.size()).isEqualTo(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                assertThat(OTHER.readTree(new String(rows.get(i).content(), UTF_8)))
                        .isEqualTo(page.get(i));
            }
        } catch (JsonProcessingException | NumberFormatException e) {
            // A number that no type can hold. It is a row anyway, because RowReader does not parse it.
            assertThat(e.getMessage()).containsAnyOf("deserialized as `java.math.Big", "Number value length");
        }
    }

    private static void assertBodiesAreWhatBindingGives(List<Row> rows) {
        for (Row row : rows) {
            Object body = row.takeBody();
            if (body != null) {
                assertThat(body).isEqualTo(assertDoesNotThrow(() -> BodyFormat.MAP.body(row.content())));
            }
        }
    }

    private static void asRow(Row row) {
        for (BodyFormat format : FORMATS) {
            try {
                Object bound = format.body(row.content());
                assertThat(bound.toString()).hasSizeLessThan(6 * row.content().length + 200);
                assertThat(Json.mapper().writeValueAsBytes(bound)).hasSizeLessThan(6 * row.content().length + 200);
            } catch (IOException e) {
                assertThat(e.getMessage())
                        .startsWith("the record cannot be bound to")
                        .hasSizeLessThan(200);
                assertThat(e).hasNoCause();
            }
        }
    }

    static void asAnswer(byte[] body) {
        for (String method : List.of("GET", "POST", "PUT")) {
            Request call = new Request("patients", "any", method, "/x", List.of(), null);
            try {
                JsonNode read = Json.read(call, new Response(200, body, null, null));
                assertThat(String.valueOf(read)).hasSizeLessThan(6 * body.length + 200);
            } catch (CliniceaException e) {
                assertThat(e.getMessage()).hasSizeLessThan(250);
                assertThat(e).hasNoCause();
            }
        }
    }

    static void asRetryAfter(String header, int retries, Duration maxWait) {
        RetryPolicy policy = new RetryPolicy(3, maxWait, Clock.fixed(NOW, ZoneOffset.UTC), bound -> bound - 1);

        Optional<Duration> wait = policy.wait(retries, new Response(503, new byte[0], null, header));

        wait.ifPresent(duration -> assertThat(duration).isBetween(Duration.ZERO, maxWait));
        if (retries >= 3) {
            assertThat(wait).isEmpty();
        }
    }

    static void asDate(String header) {
        RetryPolicy.httpDate(header)
                .ifPresent(date -> assertThat(Duration.between(NOW, date)).isNotNull());
    }
}
