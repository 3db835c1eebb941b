/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.camelclinicea.client.json.ForeignJson;
import io.github.camelclinicea.client.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.xml.datatype.DatatypeConstants;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.namespace.QName;

/**
 * What a message holds, as JSON. Dates and times stay the objects that they are (a {@link POJONode}) until it is known what
 * they are for: only an argument can tell whether a moment will do where a clock's time is wanted.
 */
public final class MessageValues {
    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .registerModule(new SimpleModule()
                    .addSerializer(CharSequence.class, ToStringSerializer.instance)
                    .addSerializer(new Wrapped<>(Optional.class))
                    .addSerializer(new Wrapped<>(OptionalInt.class))
                    .addSerializer(new Wrapped<>(OptionalLong.class))
                    .addSerializer(new Wrapped<>(OptionalDouble.class))
                    .addSerializer(new Unreadable<>(File.class))
                    .addSerializer(new Unreadable<>(Path.class))
                    .addSerializer(new Time<>(TemporalAccessor.class))
                    .addSerializer(new Time<>(Date.class))
                    .addSerializer(new Time<>(Calendar.class))
                    .addSerializer(new Time<>(XMLGregorianCalendar.class))
                    .setSerializerModifier(new ForeignTrees()));

    private MessageValues() {}

    /**
     * @param value anything, perhaps null
     * @return it as JSON
     * @throws IllegalArgumentException if Jackson cannot write it
     */
    public static JsonNode of(Object value) {
        return withoutRaw(MAPPER.valueToTree(value));
    }

    /** Reads what is given as the text of JSON, which Jackson would pass through unread, whatever it holds. */
    private static JsonNode withoutRaw(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(withoutRaw(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutRaw(array.get(i)));
            }
        } else if (node instanceof POJONode pojo && pojo.getPojo() instanceof RawValue raw) {
            return read(raw);
        }
        return node;
    }

    private static JsonNode read(RawValue raw) {
        try {
            JsonNode read = Json.mapper().readTree(String.valueOf(raw.rawValue()));
            if (!read.isMissingNode()) {
                return read;
            }
        } catch (IOException | NumberFormatException e) {
            // Jackson's own message quotes what it stumbled over.
        }
        throw new IllegalArgumentException("a raw value is no JSON");
    }

    /**
     * Returns what an optional value holds, null if nothing, and any other value as it is.
     *
     * @param value anything, perhaps null
     */
    static Object unwrapped(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        return value;
    }

    /** @return the JSON that is sent, UTF-8 */
    static byte[] json(JsonNode value) {
        try {
            // Not straight to bytes, where Jackson escapes what lies beyond the first plane of Unicode.
            return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written as JSON", e);
        }
    }

    /**
     * @param time a {@link TemporalAccessor}, a {@link Date}, a {@link Calendar} or an {@link XMLGregorianCalendar}
     * @return ISO 8601, with the offset that it has, in no other zone than its own
     */
    public static String iso(Object time) {
        Object value = clockTime(time);
        if (value instanceof LocalDateTime local) {
            // Always with its seconds, which toString leaves out if they are zero.
            return local.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        }
        if (value instanceof ZonedDateTime zoned) {
            return iso(zoned.toOffsetDateTime());
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        }
        return value.toString();
    }

    /** @return of what JDBC gives, the date and time that stand in the database; of other dates, the moment */
    static Object clockTime(Object time) {
        if (time instanceof java.sql.Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (time instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        if (time instanceof java.sql.Time clock) {
            return clock.toLocalTime();
        }
        if (time instanceof Calendar calendar) {
            return calendar.toInstant().atZone(calendar.getTimeZone().toZoneId());
        }
        if (time instanceof XMLGregorianCalendar calendar) {
            return clockTime(calendar);
        }
        return time instanceof Date date ? date.toInstant() : time;
    }

    /** What JAXB makes of the dates and times of XML. Those that are neither, a year for instance, are text. */
    private static Object clockTime(XMLGregorianCalendar calendar) {
        String text = calendar.toXMLFormat();
        boolean hasOffset = calendar.getTimezone() != DatatypeConstants.FIELD_UNDEFINED;
        QName type = calendar.getXMLSchemaType();
        try {
            if (type.equals(DatatypeConstants.DATETIME)) {
                return hasOffset ? OffsetDateTime.parse(text) : LocalDateTime.parse(text);
            }
            return type.equals(DatatypeConstants.DATE)
                    ? LocalDate.of(calendar.getYear(), calendar.getMonth(), calendar.getDay())
                    : text;
        } catch (DateTimeException e) {
            // A year or a fraction of a second that Java has no type for.
            return text;
        }
    }

    /** For all that Jackson knows only by its getters. */
    private static final class ForeignTrees extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            Class<?> type = bean.getBeanClass();
            if (ForeignJson.isTree(type)) {
                return new Tree();
            }
            return serializer instanceof BeanSerializerBase && (ForeignJson.isUnreadable(type) || isNoRecord(type))
                    ? new Unreadable<>(Object.class)
                    : serializer;
        }

        /** Objects of Java's own that Jackson has no serializer for, such as locks, and functions, are no records. */
        private static boolean isNoRecord(Class<?> type) {
            return type.getName().startsWith("java.") || type.isHidden();
        }
    }

    private static final class Tree extends StdSerializer<Object> {
        private static final long serialVersionUID = 1L;

        Tree() {
            super(Object.class);
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(ForeignJson.read(value), out);
        }
    }

    /** A value of a class that cannot be read, perhaps deep within another one. */
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(Class<?> type) {
            super("a " + type.getName() + " cannot be written as what it holds");
        }
    }

    private static final class Wrapped<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        Wrapped(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(unwrapped(value), out);
        }
    }

    private static final class Unreadable<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        Unreadable(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            throw new UnreadableException(value.getClass());
        }
    }

    private static final class Time<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        Time(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (out instanceof TokenBuffer) {
                out.writeEmbeddedObject(value);
            } else {
                out.writeString(iso(value));
            }
        }
    }
}
