/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks rows of the catalogue, so that a wrong row fails when it is loaded and not when it is used.
 *
 * <p>Specified by {@code CatalogueTest}.
 */
final class Require {
    /** RFC 3986, path-absolute. */
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

    private Require() {}

    /**
     * Checks a condition.
     *
     * @throws IllegalArgumentException with the message, if the condition is false
     */
    static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Checks that a value is not null. */
    static void present(Object value, String what) {
        that(value != null, what + " is missing");
    }

    /** Checks that a text is neither null nor blank. */
    static void text(String value, String what) {
        that(value != null && !value.isBlank(), what + " is missing or blank");
    }

    /** Checks that a path can stand in a URL. */
    static void path(String value, String what) {
        that(
                value != null && PATH.matcher(value).matches(),
                what + " must start with / and hold only what a URL's path may, not " + value);
    }

    /** Returns a copy of a list that must have an entry. */
    static <T> List<T> some(List<T> values, String what) {
        that(values != null && !values.isEmpty(), what + " must have at least one entry");
        return List.copyOf(values);
    }
}
