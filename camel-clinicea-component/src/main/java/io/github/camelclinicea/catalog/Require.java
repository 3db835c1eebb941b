/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.List;
import java.util.regex.Pattern;

/** The checks that make a wrong row of the catalogue fail when it is loaded, not when it is used. */
final class Require {
    /** RFC 3986, path-absolute. */
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

    private Require() {}

    static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    static void present(Object value, String what) {
        that(value != null, what + " is missing");
    }

    static void text(String value, String what) {
        that(value != null && !value.isBlank(), what + " is missing or blank");
    }

    static void path(String value, String what) {
        that(
                value != null && PATH.matcher(value).matches(),
                what + " must start with / and hold only what a URL's path may, not " + value);
    }

    static <T> List<T> some(List<T> values, String what) {
        that(values != null && !values.isEmpty(), what + " must have at least one entry");
        return List.copyOf(values);
    }
}
