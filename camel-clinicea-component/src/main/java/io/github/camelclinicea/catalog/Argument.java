package io.github.camelclinicea.catalog;

import java.util.Objects;

/**
 * One argument of an operation.
 *
 * @param name the name on the wire
 * @param place where it travels; null is read as {@link Place#QUERY}, since Clinicea's writes take query parameters
 * @param type what its text must look like; null is read as {@link Type#TEXT}
 * @param required whether a call without it is refused before it is sent
 * @param recordId whether it takes the record's id, the {@code CamelCliniceaRecordId} header
 * @param value what is sent when the caller gives nothing, or null
 */
public record Argument(String name, Place place, Type type, boolean required, boolean recordId, String value) {

    /** Where an argument travels. */
    public enum Place {
        QUERY,
        PATH,
        BODY
    }

    /** What the text of an argument must look like. */
    public enum Type {
        TEXT,
        INTEGER,
        /** {@code yyyy-MM-dd}. */
        DATE,
        /** ISO 8601, with or without an offset. */
        DATE_TIME
    }

    public Argument {
        Require.text(name, "argument.name");
        place = Objects.requireNonNullElse(place, Place.QUERY);
        type = Objects.requireNonNullElse(type, Type.TEXT);
    }
}
