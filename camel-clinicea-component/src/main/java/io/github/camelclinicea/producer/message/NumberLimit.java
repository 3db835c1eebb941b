/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Rejects numbers with too many digits. {@code 1e2000000000} is twelve bytes, but two gigabytes when it is written
 * without an exponent. No amount and no id has so many digits. Numbers that are not finite are rejected, too: JSON
 * cannot express them, and Jackson would write them as text.
 */
public final class NumberLimit {
    /** The maximum number of digits, and the maximum absolute value of an exponent. */
    static final int DIGITS = 100;

    /** A number with fewer bits is within the limit of digits; one with more bits exceeds it. */
    private static final int BITS = 333;

    private NumberLimit() {}

    /**
     * Checks a value and all values in it.
     *
     * @param name the name of the value, for the message
     * @param value the value
     * @throws IllegalArgumentException if it holds a number beyond the limit, or one that is not finite; the message
     *     does not quote it
     */
    static void check(String name, JsonNode value) {
        if (value.isContainerNode()) {
            value.forEach(inner -> check(name, inner));
        } else if (isNotFinite(value)) {
            throw new IllegalArgumentException(
                    name + " holds NaN or Infinity, which is no finite number; leave it out, or give"
                            + " it as text to send it so");
        } else if (exceeds(value)) {
            throw new IllegalArgumentException(name + " holds a number of more than " + DIGITS
                    + " digits, or with an exponent beyond " + DIGITS + "; give it as text to send it so");
        }
    }

    /**
     * Returns whether JSON can express all numbers of a value.
     *
     * @param value the value
     */
    public static boolean isFinite(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode inner : value) {
                if (!isFinite(inner)) {
                    return false;
                }
            }
        }
        return !isNotFinite(value);
    }

    private static boolean isNotFinite(JsonNode value) {
        return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
    }

    /** Returns whether a finite value is a number beyond the limit, without converting it to text. */
    private static boolean exceeds(JsonNode value) {
        if (value.isDouble() || value.isFloat()) {
            return exceeds(BigDecimal.valueOf(value.doubleValue()));
        }
        return (value.isBigDecimal() || value.isBigInteger()) && exceeds(value.numberValue());
    }

    private static boolean exceeds(Number value) {
        if (value instanceof BigInteger integer) {
            return exceeds(new BigDecimal(integer));
        }
        return value instanceof BigDecimal decimal
                && (Math.abs((long) decimal.scale()) > DIGITS || hasMoreDigits(decimal.unscaledValue()));
    }

    private static boolean hasMoreDigits(BigInteger integer) {
        int bits = integer.bitLength();
        return bits > BITS || bits == BITS && new BigDecimal(integer).precision() > DIGITS;
    }
}
