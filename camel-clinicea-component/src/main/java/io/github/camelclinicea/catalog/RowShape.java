/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks that the keys of a row in a user's file are those of the records of this package, and that their values have
 * the right types. It accepts a row that has only some of the keys.
 *
 * <p>Specified by {@code CorrectedCatalogueTest}.
 */
final class RowShape {
    private final LocatedJson file;

    RowShape(LocatedJson file) {
        this.file = file;
    }

    /**
     * Checks a value and what is in it.
     *
     * @param pointer where the value stands
     * @param type the type of a component of a record
     * @param name the value as messages name it
     * @throws IllegalArgumentException if a key or a type is wrong; the message says where
     */
    void check(JsonPointer pointer, Type type, String name) {
        JsonNode value = file.at(pointer);
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            require(pointer, value.isArray(), name, "an array");
            for (int i = 0; i < value.size(); i++) {
                check(pointer.appendIndex(i), list.getActualTypeArguments()[0], name + "[" + i + "]");
            }
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            require(pointer, value.isObject(), name, "an object");
            value.fieldNames()
                    .forEachRemaining(key ->
                            check(pointer.appendProperty(key), map.getActualTypeArguments()[1], name + "." + key));
        } else if (value.isNull() && (type == Merge.class || type == Paging.class)) {
            // An operation of the catalogue is to have none.
            return;
        } else if (((Class<?>) type).isRecord()) {
            require(pointer, value.isObject(), name, "an object");
            object(pointer, (Class<?>) type, name);
        } else {
            scalar(pointer, (Class<?>) type, name);
        }
    }

    private void object(JsonPointer pointer, Class<?> record, String name) {
        Map<String, Type> known = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            known.put(component.getName(), component.getGenericType());
        }
        file.at(pointer).fieldNames().forEachRemaining(key -> {
            JsonPointer inner = pointer.appendProperty(key);
            if (!known.containsKey(key)) {
                throw file.wrong(
                        inner,
                        name + " has the unknown key '" + key + "'. " + Suggestion.of(key, known.keySet()) + "It takes "
                                + known.keySet());
            }
            check(inner, known.get(key), name + "." + key);
        });
    }

    private void scalar(JsonPointer pointer, Class<?> type, String name) {
        JsonNode value = file.at(pointer);
        if (type == boolean.class) {
            require(pointer, value.isBoolean(), name, "true or false");
        } else if (type == int.class) {
            require(pointer, value.isIntegralNumber() && value.canConvertToInt(), name, "a whole number");
        } else {
            require(pointer, value.isTextual(), name, "a text");
            if (type.isEnum()) {
                constant(pointer, type, name, value.asText());
            } else if (type == TimestampFormat.class) {
                format(pointer, name, value.asText());
            }
        }
    }

    private void constant(JsonPointer pointer, Class<?> type, String name, String text) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.toList());
        if (!names.contains(text)) {
            throw file.wrong(
                    pointer, name + " must be one of " + names + ", not '" + text + "'. " + Suggestion.of(text, names));
        }
    }

    private void format(JsonPointer pointer, String name, String text) {
        try {
            TimestampFormat.of(text);
        } catch (IllegalArgumentException e) {
            throw file.wrong(pointer, name + " must be ISO_OFFSET, UTC_SECONDS or a pattern: " + e.getMessage());
        }
    }

    private void require(JsonPointer pointer, boolean holds, String name, String what) {
        if (!holds) {
            String type = file.at(pointer).getNodeType().name().toLowerCase(Locale.ROOT);
            throw file.wrong(pointer, name + " must be " + what + ", not " + type);
        }
    }
}
