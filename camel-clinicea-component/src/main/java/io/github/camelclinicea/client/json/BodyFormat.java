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

/** The format of a record as a message body: the {@code bodyType} option. */
@FunctionalInterface
public interface BodyFormat {
    /**
     * {@code bodyType=Map}: a {@code LinkedHashMap} of the fields, with {@code BigDecimal} for numbers with a fraction.
     */
    BodyFormat MAP = bound("Map", Json.mapper().constructType(new TypeReference<LinkedHashMap<String, Object>>() {}));

    /** {@code bodyType=Json}: the record's text. */
    BodyFormat JSON = json -> new String(json, StandardCharsets.UTF_8);

    /**
     * Returns the body of a record.
     *
     * @param json one record as sent, UTF-8. It is well-formed, and no object in it has a field twice
     * @throws IOException if the record cannot be bound to the type. The message quotes no part of the record
     */
    Object body(byte[] json) throws IOException;

    /**
     * Returns the format that the option names.
     *
     * @param bodyType {@code Map}, {@code Json}, {@code Node} or the name of a class
     * @param classes returns a class by its name; null if there is none
     * @throws IllegalArgumentException if it names no class, or one that Jackson cannot create
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
                            + " is a tree, message or collection of another library, or a stream, which Jackson 2"
                            + " cannot create. Use Map, Node or a class of your own, or Json, a text that the other"
                            + " library can read");
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
                // Not the cause of the new exception: Jackson's message quotes the value that it could not bind. A
                // number with too large an exponent is a NumberFormatException, which must not end the whole poll.
                throw new IOException("the record cannot be bound to " + bodyType
                        + "; check the types of its fields and their numbers");
            }
        };
    }
}
