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

/** Reads Clinicea's JSON strictly, and without losing a digit of an amount. */
public final class Json {
    private static final int MAX_DEPTH = 100;

    /**
     * The most tokens of one record or message. A token takes about 100 bytes of memory, and as few as 1.5 in the JSON.
     */
    static final int MAX_TOKENS = 500_000;

    /** The message for an object with two fields of the same name. */
    static final String DUPLICATE_FIELD = "a field comes twice in one object";

    private static final int UNLIMITED = -1;

    /** The first characters of truncated JSON, or of a proxy's HTML page. Neither confirms that a write was done. */
    private static final String BROKEN = "{[\"<\ufeff";

    /** A factory for JSON whose duplicate fields are detected elsewhere. */
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
     * Returns a reader for records that are known to be well-formed and without duplicate fields, which it does not
     * detect.
     *
     * @param type the type that records are bound to
     */
    static ObjectReader readerOfChecked(JavaType type) {
        return CHECKED_MAPPER.readerFor(type);
    }

    /** Decodes a body strictly. Jackson would guess at other encodings, and accept malformed UTF-8. */
    private static String utf8(byte[] body) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body))
                .toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /**
     * Returns the mapper for records. It ignores unknown fields, and reads numbers with a fraction as
     * {@code BigDecimal}.
     */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Returns the body of a response; null if it has none. The response to an update or delete may be plain text, which
     * is returned as a text node.
     *
     * @param request the request, for the message
     * @param response its response, a success
     * @throws CliniceaException if the body is not JSON. The outcome of a create is then unknown, because its id is
     */
    public static JsonNode read(Request request, Response response) throws CliniceaException {
        if (response.status() == 204) {
            return null;
        }
        try {
            JsonNode body = MAPPER.readTree(utf8(response.body()));
            return body.isMissingNode() ? null : body;
        } catch (IOException | NumberFormatException e) {
            // Jackson throws a NumberFormatException for an exponent that is too large for any number.
            if (request.creates()) {
                throw request.notConfirmed("cannot be read: it " + JsonDefect.of(response.body(), e), response);
            }
            String text = new String(response.body(), StandardCharsets.UTF_8).strip();
            if (!request.readOnly() && !text.isEmpty() && BROKEN.indexOf(text.charAt(0)) < 0) {
                return TextNode.valueOf(text);
            }
            // Not the cause of the new exception: Jackson's message quotes the body.
            throw request.notConfirmed("is not JSON: it " + JsonDefect.of(response.body(), e), response);
        }
    }
}
