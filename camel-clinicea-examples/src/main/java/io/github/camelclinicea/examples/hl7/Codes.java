/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Maps Clinicea's values to codes of HL7, by a property such as {@code Male=M,Female=F}. Case does not count.
 *
 * <p>Specified by {@code PatientMessagesTest}.
 */
final class Codes {
    private final Map<String, String> codes;

    private Codes(Map<String, String> codes) {
        this.codes = codes;
    }

    /**
     * Reads a property.
     *
     * @param property pairs with an equals sign, separated by commas; a value without one stands for itself
     */
    static Codes of(String property) {
        return new Codes(Arrays.stream(property.split(","))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .collect(Collectors.toMap(
                        pair -> key(pair.split("=")[0]),
                        pair -> pair.substring(pair.indexOf('=') + 1).strip())));
    }

    private static String key(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the code of a value.
     *
     * @param value a value of Clinicea, or null
     * @param other the result if the value is not mapped
     */
    String of(String value, String other) {
        return value == null ? other : codes.getOrDefault(key(value), other);
    }

    boolean has(String value) {
        return value != null && codes.containsKey(key(value));
    }
}
