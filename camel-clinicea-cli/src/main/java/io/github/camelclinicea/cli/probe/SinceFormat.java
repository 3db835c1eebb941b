/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.TimestampFormat;
import java.util.Arrays;
import java.util.Optional;

/**
 * The formats of the checkpoint that a server may accept.
 *
 * <p>Specified by {@code ProbeTest}.
 */
enum SinceFormat {
    /** {@code 2015-03-21T14:30:10+00:00}. */
    OFFSET("with offset", "ISO_OFFSET"),
    /** {@code 2015-03-21T14:30:10}. */
    SECONDS("seconds", "UTC_SECONDS"),
    /** {@code 2015-03-21T14:30:10Z}. */
    Z("with Z", "yyyy-MM-dd'T'HH:mm:ss'Z'"),
    /** {@code 2015-03-21T14:30:10.000}. */
    MILLISECONDS("milliseconds", "yyyy-MM-dd'T'HH:mm:ss.SSS"),
    /** {@code 2015-03-21T14:30:10+0:00}, the example of the help page. */
    ONE_DIGIT_OFFSET("with one-digit offset", "yyyy-MM-dd'T'HH:mm:ss'+0:00'");

    private final String words;
    private final TimestampFormat format;

    SinceFormat(String words, String option) {
        this.words = words;
        this.format = TimestampFormat.of(option);
    }

    String words() {
        return words;
    }

    TimestampFormat format() {
        return format;
    }

    /** Returns which of these a format is; empty if it is none. */
    static Optional<SinceFormat> of(TimestampFormat format) {
        return Arrays.stream(values()).filter(f -> f.format.equals(format)).findFirst();
    }
}
