/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How Clinicea's JSON is read: strictly, and without losing a digit of an amount. */
public final class Json {
    private static final int MAX_DEPTH = 100;

    /** Of one record or message: each costs about a hundred bytes of memory, and as few as one and a half in the JSON. */
    static final int MAX_TOKENS = 500_000;

    private static final int UNLIMITED = -1;

    /** What JSON that was cut off begins with, or the HTML page of a proxy: neither says that anything was done. */
    private static final String BROKEN = "{[\"<\ufeff";

    /** For what is looked at for fields that come twice by who reads it, or was before. */
    static final JsonFactory CHECKED_FACTORY = factory(false, UNLIMITED);

    private static final ObjectMapper MAPPER = mapper(factory(true, MAX_TOKENS));

    private static final ObjectMapper CHECKED_MAPPER = mapper(factory(false, MAX_TOKENS));

    private Json() {}

    private static JsonFactory factory(boolean detectDuplicates, long maxTokens) {
        return JsonFactory.builder()
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, detectDuplicates)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(maxTokens)
                        .build())
                .build();
    }

    private static ObjectMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * @param type what records become
     * @return reads records that have been found well-formed, without a field twice, so that none is looked for again
     */
    static ObjectReader readerOfChecked(JavaType type) {
        return CHECKED_MAPPER.readerFor(type);
    }

    /** Jackson would guess at other encodings, and let broken text through. */
    private static String utf8(byte[] body) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body))
                .toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** @return the mapper for records: unknown fields are let through, amounts are {@code BigDecimal} */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * @param call the call, for the message
     * @param answer its answer, a success
     * @return the answer's body; null if it has none. An update or delete may be answered in plain text, which is returned as
     *     a text
     * @throws CliniceaException if the body is no JSON; of a create the outcome is then unknown, since its id is
     */
    public static JsonNode read(Request call, Response answer) throws CliniceaException {
        if (answer.status() == 204) {
            return null;
        }
        try {
            JsonNode body = MAPPER.readTree(utf8(answer.body()));
            return body.isMissingNode() ? null : body;
        } catch (IOException | NumberFormatException e) {
            // The latter is what Jackson makes of an exponent too large for any number.
            if (call.creates()) {
                throw call.notConfirmed("cannot be read", answer);
            }
            String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
            if (!call.readOnly() && !text.isEmpty() && BROKEN.indexOf(text.charAt(0)) < 0) {
                return TextNode.valueOf(text);
            }
            // Jackson's own message quotes what it stumbled over.
            throw call.notConfirmed("is no JSON", answer);
        }
    }
}
