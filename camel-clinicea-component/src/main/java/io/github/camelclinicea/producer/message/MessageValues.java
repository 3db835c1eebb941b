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
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.NonBeanTypes;
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
 * Converts the values of a message to JSON. Dates and times remain objects (in a {@link POJONode}), because only the
 * argument's type says whether an instant is acceptable or a local time is required.
 *
 * <p>Specified by {@code ArgumentsTest} and {@code NonBeanTypesTest}.
 */
public final class MessageValues {
    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .registerModule(new SimpleModule()
                    .addSerializer(CharSequence.class, ToStringSerializer.instance)
                    .addSerializer(new Serializer<>(Optional.class, MessageValues::writeContent))
                    .addSerializer(new Serializer<>(OptionalInt.class, MessageValues::writeContent))
                    .addSerializer(new Serializer<>(OptionalLong.class, MessageValues::writeContent))
                    .addSerializer(new Serializer<>(OptionalDouble.class, MessageValues::writeContent))
                    .addSerializer(new Serializer<>(TemporalAccessor.class, MessageValues::writeTime))
                    .addSerializer(new Serializer<>(Date.class, MessageValues::writeTime))
                    .addSerializer(new Serializer<>(Calendar.class, MessageValues::writeTime))
                    .addSerializer(new Serializer<>(XMLGregorianCalendar.class, MessageValues::writeTime))
                    .addSerializer(new Serializer<>(File.class, MessageValues::refuse))
                    .addSerializer(new Serializer<>(Path.class, MessageValues::refuse))
                    .setSerializerModifier(new NonBeans()));

    private MessageValues() {}

    /**
     * Returns a value as JSON.
     *
     * @param value any value, or null
     * @throws IllegalArgumentException if Jackson cannot write it
     */
    public static JsonNode of(Object value) {
        return withoutRaw(MAPPER.valueToTree(value));
    }

    /** Replaces raw values by the JSON that they hold. Jackson would send their text unread. */
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
            // Jackson's message quotes the wrong text.
        }
        throw new IllegalArgumentException("a raw value is no JSON");
    }

    /**
     * Returns which inner value cannot be read, after a comma, if that is why {@link #of} failed. Jackson's own message
     * may quote the value.
     *
     * @param failure the exception or error
     * @return the reason; an empty text if there is another one
     */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableException unreadable) {
                return ", " + unreadable.getMessage();
            }
        }
        return "";
    }

    /**
     * Returns the content of an {@code Optional}, null if it is empty, and any other value as it is.
     *
     * @param value any value, or null
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

    /** Returns JSON as it is sent, in UTF-8. */
    public static byte[] json(JsonNode value) {
        try {
            // Written as text first: as bytes, Jackson escapes the characters beyond the first plane of Unicode.
            return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written as JSON", e);
        }
    }

    /**
     * Returns a date or time in ISO 8601. Its own offset is kept.
     *
     * @param time a {@link TemporalAccessor}, a {@link Date}, a {@link Calendar} or an {@link XMLGregorianCalendar}
     */
    public static String iso(Object time) {
        Object value = clockTime(time);
        if (value instanceof LocalDateTime local) {
            // toString leaves out seconds of zero.
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

    /**
     * Returns the local date and time of a type of JDBC, the instant of any other {@link Date}, and any other time as
     * it is.
     */
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

    /** Returns the Java type for a date or time that JAXB read from XML. Other types, such as a year, become text. */
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

    private static void writeContent(Object wrapper, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        provider.defaultSerializeValue(unwrapped(wrapper), out);
    }

    private static void writeTree(Object tree, JsonGenerator out, SerializerProvider provider) throws IOException {
        provider.defaultSerializeValue(NonBeanTypes.read(tree), out);
    }

    private static void writeTime(Object time, JsonGenerator out, SerializerProvider provider) throws IOException {
        if (out instanceof TokenBuffer) {
            out.writeEmbeddedObject(time);
        } else {
            out.writeString(iso(time));
        }
    }

    private static void refuse(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
        throw new UnreadableException(value.getClass());
    }

    /** Writes the values of a type with one of the methods above. */
    private static final class Serializer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Writer writer;

        Serializer(Class<T> type, Writer writer) {
            super(type);
            this.writer = writer;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writer.write(value, out, provider);
        }
    }

    @FunctionalInterface
    private interface Writer {
        void write(Object value, JsonGenerator out, SerializerProvider provider) throws IOException;
    }

    /** Replaces the serializers of types that Jackson knows only by their getters. */
    private static final class NonBeans extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            Class<?> type = bean.getBeanClass();
            if (NonBeanTypes.isTree(type)) {
                return new Serializer<>(Object.class, MessageValues::writeTree);
            }
            return serializer instanceof BeanSerializerBase && (NonBeanTypes.isUnreadable(type) || isNoRecord(type))
                    ? new Serializer<>(Object.class, MessageValues::refuse)
                    : serializer;
        }

        /** Returns whether a type is one of Java's own without a serializer, such as a lock, or a function. */
        private static boolean isNoRecord(Class<?> type) {
            return type.getName().startsWith("java.") || type.isHidden();
        }
    }

    /** Reports a value of a class that cannot be read, perhaps deep within another one. */
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(Class<?> type) {
            super("a " + type.getName() + " cannot be written as what it holds");
        }
    }
}
