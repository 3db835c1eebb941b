/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.function.Function;

/** What a record becomes as a message body: the {@code bodyType} option. */
@FunctionalInterface
public interface BodyFormat {
    /** {@code bodyType=Map}: a {@code LinkedHashMap} of the fields, with {@code BigDecimal} for numbers with a fraction. */
    BodyFormat MAP = bound("Map", Json.mapper().constructType(new TypeReference<LinkedHashMap<String, Object>>() {}));

    /** {@code bodyType=Json}: the record's text. */
    BodyFormat JSON = json -> new String(json, StandardCharsets.UTF_8);

    /**
     * @param json one record as sent, UTF-8; found well-formed, no field of it comes twice
     * @return the body
     * @throws IOException if the record cannot be bound to the type asked for; the message holds nothing of it
     */
    Object body(byte[] json) throws IOException;

    /**
     * @param bodyType {@code Map}, {@code Json}, {@code Node} or the name of a class
     * @param classes finds a class by its name, null if there is none
     * @return the format
     * @throws IllegalArgumentException if it names no class, or one of another JSON library
     */
    static BodyFormat of(String bodyType, Function<String, Class<?>> classes) {
        return switch (bodyType) {
            case "Map" -> MAP;
            case "Json" -> JSON;
            case "Node" -> bound(bodyType, Json.mapper().constructType(JsonNode.class));
            default -> {
                Class<?> type = classes.apply(bodyType);
                if (type == null) {
                    throw new IllegalArgumentException("bodyType=" + bodyType
                            + " is neither Map, Json or Node nor the name of a class on the class path");
                }
                if (NonBeanTypes.isTree(type) || NonBeanTypes.isUnreadable(type)) {
                    throw new IllegalArgumentException("bodyType=" + bodyType
                            + " is a tree, message or collection of another library, or a stream, which Jackson 2 cannot make: take Map, Node,"
                            + " a class of your own, or Json, the text that the other library can read");
                }
                yield bound(bodyType, Json.mapper().constructType(type));
            }
        };
    }

    private static BodyFormat bound(String bodyType, JavaType type) {
        ObjectReader reader = Json.readerOfChecked(type);
        return json -> {
            try {
                return reader.readValue(json);
            } catch (IOException | RuntimeException e) {
                // Jackson's own message quotes the value that it could not bind; an exponent too large for any
                // number is a NumberFormatException, which must not end the whole poll.
                throw new IOException("the record cannot be bound to " + bodyType
                        + "; check the types of its fields and their numbers");
            }
        };
    }
}
