/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fields;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads the fields of a row by the names of a mapping file, because the vendor documents no fields. A wrong name is
 * corrected in the file, not in the code. Immutable.
 *
 * <p>A line of the file has a key of the application and the names of the row's fields, separated by commas:
 * {@code patient.mobile = Mobile, Phone}. The first field with content counts. A key without names stands for a value
 * that the clinic does not have. A name behind {@code !} is a flag with the opposite meaning:
 * {@code patient.inactive = IsInactive, !IsActive}.
 */
public final class RowFields {
    private static final Set<String> YES = Set.of("true", "1");
    private static final Set<String> NO = Set.of("false", "0");

    private final String file;
    private final Map<String, List<String>> names;

    private RowFields(String file, Map<String, List<String>> names) {
        this.file = file;
        this.names = names;
    }

    /**
     * Reads a mapping file.
     *
     * @param context the context that finds the file
     * @param file the file as a resource of Camel, such as {@code classpath:books/fields.properties} or
     *     {@code file:fields.properties}
     * @return its names
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static RowFields load(CamelContext context, String file) {
        Properties lines = new Properties();
        try (InputStream content = ResourceHelper.resolveMandatoryResourceAsInputStream(context, file)) {
            lines.load(new InputStreamReader(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("The mapping file " + file + " cannot be read", e);
        }
        Map<String, List<String>> names = new LinkedHashMap<>();
        lines.stringPropertyNames().forEach(key -> names.put(key, split(lines.getProperty(key))));
        return new RowFields(file, names);
    }

    private static List<String> split(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * Returns the value of a key as text, without spaces around it.
     *
     * @param key a key of the file
     * @param row the row
     * @return null if the key has no names, or all its fields are null or blank
     * @throws IllegalArgumentException if the row has none of the fields, so that the name in the file must be wrong
     */
    public String text(String key, Map<?, ?> row) {
        Object value = value(key, row);
        return value == null ? null : value.toString().strip();
    }

    /**
     * Returns the value of a key that each row must have.
     *
     * @param key a key of the file
     * @param row the row
     * @return its text, never blank
     * @throws IllegalArgumentException if there is none
     */
    public String required(String key, Map<?, ?> row) {
        String text = text(key, row);
        if (text == null) {
            throw new IllegalArgumentException("The row has no value for " + key + ", " + inTheFile(key));
        }
        return text;
    }

    /**
     * Returns the value of a key as an amount.
     *
     * @param key a key of the file
     * @param row the row
     * @return null if there is none
     * @throws IllegalArgumentException if the value is not a number; the message does not quote it
     */
    public BigDecimal amount(String key, Map<?, ?> row) {
        String text = text(key, row);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The row's value for " + key + " is not a number, " + inTheFile(key));
        }
    }

    /**
     * Returns the value of a key as a flag.
     *
     * @param key a key of the file
     * @param row the row
     * @return false if there is none
     * @throws IllegalArgumentException if the value is not true, false, 1 or 0; the message does not quote it
     */
    public boolean flag(String key, Map<?, ?> row) {
        String name = nameInUse(key, row);
        if (name == null) {
            return false;
        }
        String text = row.get(plain(name)).toString().strip().toLowerCase(Locale.ROOT);
        if (NO.contains(text)) {
            return isOpposite(name);
        }
        if (YES.contains(text)) {
            return !isOpposite(name);
        }
        throw new IllegalArgumentException(
                "The row's value for " + key + " is not true, false, 1 or 0, " + inTheFile(key));
    }

    /**
     * Returns the value of a key as it is in the row, for a list or an object.
     *
     * @param key a key of the file
     * @param row the row
     * @return null if the key has no names, or all its fields are null or blank
     * @throws IllegalArgumentException if the row has none of the fields, so that the name in the file must be wrong
     */
    public Object value(String key, Map<?, ?> row) {
        String name = nameInUse(key, row);
        return name == null ? null : row.get(plain(name));
    }

    /**
     * {@return whether a key has names, so that the clinic has such a value}
     *
     * @param key a key of the file
     */
    public boolean isMapped(String key) {
        return !names(key).isEmpty();
    }

    /**
     * {@return whether a row has a field of a key, for a value that some rows lack}
     *
     * @param key a key of the file
     * @param row the row
     */
    public boolean isIn(String key, Map<?, ?> row) {
        return names(key).stream().anyMatch(name -> row.containsKey(plain(name)));
    }

    private List<String> names(String key) {
        List<String> fields = names.get(key);
        if (fields == null) {
            throw new IllegalArgumentException("The mapping file " + file + " has no line " + key);
        }
        return fields;
    }

    /** Returns the first name of a key whose field has content, or null. */
    private String nameInUse(String key, Map<?, ?> row) {
        List<String> fields = names(key);
        if (!fields.isEmpty() && !isIn(key, row)) {
            throw new IllegalArgumentException("The row has no field for " + key + ", " + inTheFile(key));
        }
        return fields.stream()
                .filter(name -> hasContent(row.get(plain(name))))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOpposite(String name) {
        return name.startsWith("!");
    }

    private static String plain(String name) {
        return isOpposite(name) ? name.substring(1) : name;
    }

    private static boolean hasContent(Object value) {
        return value != null && !(value instanceof String text && text.isBlank());
    }

    private String inTheFile(String key) {
        return "which is " + String.join(", ", names.get(key)) + " in " + file;
    }
}
