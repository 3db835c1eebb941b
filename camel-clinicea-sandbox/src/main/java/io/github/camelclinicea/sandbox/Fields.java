/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the fields that every row has, and copies the fields of rows.
 *
 * <p>Specified by {@code ClinicTest}.
 */
final class Fields {
    static final String CREATED = "CreatedDatetime";
    static final String MODIFIED = "ModifiedDatetime";
    static final String STATUS = "DataStatusStr";
    /** The name of the status on the v3 lists. */
    static final String STATUS_V3 = "DataStatusValue";

    static final String PATIENT_ID = "PatientID";
    static final String NOTES = "Notes";

    /** The text that the .NET server sends for a date that was never set. */
    static final String UNSET_DATE = "0001-01-01T00:00:00";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private Fields() {}

    /** Returns a moment as rows show it: UTC, whole seconds, no zone. */
    static String stamp(Instant moment) {
        return STAMP.format(moment);
    }

    /**
     * Returns an unmodifiable deep copy.
     *
     * @throws IllegalArgumentException if JSON cannot express a value. A moment, for example, must be given as text
     */
    static Map<String, Object> freeze(Map<String, ?> fields) {
        return Collections.unmodifiableMap(map(fields, true));
    }

    /** Returns a modifiable deep copy. */
    static Map<String, Object> thaw(Map<String, ?> fields) {
        return map(fields, false);
    }

    private static Map<String, Object> map(Map<?, ?> from, boolean frozen) {
        Map<String, Object> copy = new LinkedHashMap<>();
        from.forEach((name, value) -> copy.put((String) name, value(name, value, frozen)));
        return copy;
    }

    private static Object value(Object name, Object value, boolean frozen) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> inner) {
            Map<String, Object> copy = map(inner, frozen);
            return frozen ? Collections.unmodifiableMap(copy) : copy;
        }
        if (value instanceof List<?> inner) {
            List<Object> copy = new ArrayList<>();
            inner.forEach(each -> copy.add(value(name, each, frozen)));
            return frozen ? Collections.unmodifiableList(copy) : copy;
        }
        throw new IllegalArgumentException("field " + name + " has a "
                + value.getClass().getName() + "; give text, a number, a boolean, a List, a Map or null");
    }
}
