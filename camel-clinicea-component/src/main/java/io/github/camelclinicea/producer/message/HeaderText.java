/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelclinicea.client.json.NonBeanTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;

/**
 * Reads headers that must be text. Camel converts any object to text with its {@code toString}, which is not the
 * intended text of a list, an {@code Optional} or an array. So only the kinds of values that are listed here are read,
 * and all others are rejected.
 */
public final class HeaderText {
    private HeaderText() {}

    /**
     * Returns the text of a header. The value may be text, UTF-8 bytes, a stream that can be read again, a whole
     * number, a {@link UUID}, a value of a JSON tree, or an {@code Optional} of any of these.
     *
     * @param message the message
     * @param name the header's name
     * @return the text; null if there is no such header, or if it holds null or nothing
     * @throws IllegalArgumentException if the value is of another kind; the message names its class, not the value
     */
    public static String of(Message message, String name) {
        Object value = MessageValues.unwrapped(message.getHeader(name));
        if (value == null) {
            return null;
        }
        JsonNode node = node(message, value);
        NumberLimit.check("The header " + name, node);
        if (node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0) {
            return node.decimalValue().toBigInteger().toString();
        }
        throw new IllegalArgumentException("The header " + name + " cannot be read as text from a "
                + value.getClass().getName() + "; give it as a String");
    }

    /** Returns the value as JSON, or a missing node if it has no text. */
    private static JsonNode node(Message message, Object value) {
        try {
            if (value instanceof Number || value instanceof JsonNode || NonBeanTypes.isTree(value.getClass())) {
                return MessageValues.of(value);
            }
            String text = text(message, value);
            return text == null ? MissingNode.getInstance() : TextNode.valueOf(text);
        } catch (IOException | TypeConversionException | IllegalArgumentException e) {
            // The messages of Camel and Jackson may quote the value.
            return MissingNode.getInstance();
        }
    }

    /** Returns the text of a value, or null if it has none. */
    private static String text(Message message, Object value) throws IOException {
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof char[] characters) {
            return new String(characters);
        }
        if (value instanceof byte[] bytes) {
            return utf8(bytes);
        }
        if (value instanceof StreamCache stream) {
            stream.reset();
            return message.getExchange().getContext().getTypeConverter().convertTo(String.class, value);
        }
        return null;
    }

    /** Returns the text of UTF-8 bytes, or null if they are no text, such as the bytes of a GUID. */
    private static String utf8(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.chars().anyMatch(Character::isISOControl) ? null : text;
    }
}
