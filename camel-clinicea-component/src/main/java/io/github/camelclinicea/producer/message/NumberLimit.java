/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Refuses numbers that are out of proportion to their spelling. {@code 1e2000000000} is twelve bytes, and two gigabytes
 * where it is written without an exponent. No amount and no id has so many digits. JSON has no number for what is not
 * finite; Jackson would write it as text.
 */
final class NumberLimit {
    /** The most digits, and the most places that an exponent may move the point by. */
    static final int DIGITS = 100;

    /** Numbers of fewer bits have no more digits, and those of more bits have more. */
    private static final int BITS = 333;

    private NumberLimit() {}

    /**
     * Checks a value and all that it holds.
     *
     * @param what what the value is, for the message
     * @throws IllegalArgumentException if it holds a number beyond the limit, or one that is not finite; the message does not
     *     quote it
     */
    static void check(String what, JsonNode value) {
        if (value.isContainerNode()) {
            value.forEach(inner -> check(what, inner));
        } else if (isNotFinite(value)) {
            throw new IllegalArgumentException(
                    what + " holds NaN or Infinity, which is no finite number; leave it out, or give"
                            + " it as text if it is to be sent so");
        } else if (exceeds(value)) {
            throw new IllegalArgumentException(what + " holds a number of more than " + DIGITS
                    + " digits, or with an exponent beyond " + DIGITS + "; give it as text if it is to be sent so");
        }
    }

    private static boolean isNotFinite(JsonNode value) {
        return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
    }

    /** Returns whether a finite value is a number beyond the limit. It is not converted to text for that. */
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
