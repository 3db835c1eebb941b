/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.NonBeanTypes;
import io.github.camelclinicea.producer.message.EncodedText;
import io.github.camelclinicea.producer.message.JsonText;
import io.github.camelclinicea.producer.message.MessageValues;
import io.github.camelclinicea.producer.message.NumberLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;

/**
 * Writes the body of a message as JSON. In a list, each element is a record, and a text in it is the JSON of a record.
 *
 * <p>Specified by {@code CliniceaJsonDataTypeTransformerTest}.
 */
final class RecordJson {
    private final String dataType;
    private final Message message;

    /**
     * @param dataType the name of the data type, for messages
     * @param message the message whose body is written
     */
    RecordJson(String dataType, Message message) {
        this.dataType = dataType;
        this.message = message;
    }

    /**
     * Returns the body as JSON, UTF-8.
     *
     * @throws IllegalArgumentException if it cannot be written; the message does not quote it
     */
    byte[] body() {
        Object body = message.getBody();
        return body instanceof Collection<?> list ? array(elements(list)) : one("the body", body);
    }

    /**
     * Returns each record of the body as JSON, UTF-8.
     *
     * @throws IllegalArgumentException if the body is no list of records; the message does not quote it
     */
    List<byte[]> records() {
        Object body = message.getBody();
        if (body instanceof Collection<?> list) {
            return elements(list);
        }
        return cut(new String(one("the body", body), StandardCharsets.UTF_8));
    }

    /**
     * Cuts the JSON of a list into that of its elements. They stay as they are, so that no number is spelled in another
     * way.
     */
    private List<byte[]> cut(String json) {
        List<byte[]> elements = new ArrayList<>();
        try (JsonParser parser = Json.mapper().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw refused("the body is no list of records", ". Transform a batch before you split it");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                // A text is read to its end only when it is needed.
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                elements.add(json.substring(start, end).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("JSON that was parsed before cannot be parsed", e);
        }
        return elements;
    }

    private List<byte[]> elements(Collection<?> list) {
        List<byte[]> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(one("the record with index " + elements.size() + " of the body", element));
        }
        return elements;
    }

    /** Returns the JSON array of elements that are JSON. */
    static byte[] array(List<byte[]> elements) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.write('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(elements.get(i));
        }
        array.write(']');
        return array.toByteArray();
    }

    private byte[] one(String name, Object value) {
        try {
            if (value instanceof Iterator<?>) {
                throw refused(name, " is a stream; split it first, or remove streamList");
            }
            if (value instanceof Map<?, ?> || value instanceof JsonNode || isTree(value)) {
                return written(name, value);
            }
            String text = value instanceof CharSequence characters ? characters.toString() : decoded(value);
            if (text == null) {
                return written(name, value);
            }
            check(name, text);
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (RefusedException e) {
            throw e;
        } catch (CharacterCodingException e) {
            throw refused(name, " is not UTF-8");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Not the cause of the new exception: the message of Jackson or Camel may quote the value.
            throw refused(
                    name, " cannot be written as JSON (" + value.getClass().getName() + MessageValues.reason(e) + ")");
        }
    }

    private byte[] written(String name, Object value) {
        JsonNode node = MessageValues.of(value);
        if (!NumberLimit.isFinite(node)) {
            throw refused(name, " holds NaN or Infinity, which JSON has not; leave it out, or give it as text");
        }
        return MessageValues.json(node);
    }

    private static boolean isTree(Object value) {
        return value != null && NonBeanTypes.isTree(value.getClass());
    }

    /** Returns the text of bytes, a stream, a reader or a file; null for any other value. */
    private String decoded(Object value) throws IOException {
        InputStream bytes = EncodedText.open(message.getExchange(), value);
        if (bytes == null) {
            return null;
        }
        try (bytes) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.readAllBytes()))
                    .toString();
        }
    }

    private void check(String name, String text) {
        try {
            JsonText.parse(text);
        } catch (IOException e) {
            throw refused(name, " " + e.getMessage());
        }
    }

    private RefusedException refused(String name, String reason) {
        return new RefusedException(dataType + ": " + name + reason);
    }

    /** Reports a body that cannot be written, with a message that does not quote it. */
    private static final class RefusedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
