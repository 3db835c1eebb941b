package io.github.camelclinicea.producer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Refuses numbers that are out of proportion to their spelling. {@code 1e2000000000} is twelve bytes, and two gigabytes
 * where it is written without an exponent. No amount and no id has so many digits.
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
     * @throws IllegalArgumentException if it holds a number beyond the limit; the message does not quote it
     */
    static void check(String what, JsonNode value) {
        if (value.isContainerNode()) {
            value.forEach(inner -> check(what, inner));
        } else if (exceeds(value)) {
            throw new IllegalArgumentException(what + " holds a number of more than " + DIGITS
                    + " digits, or with an exponent beyond " + DIGITS + "; give it as text if it is to be sent so");
        }
    }

    private static boolean exceeds(JsonNode value) {
        if (value instanceof POJONode pojo) {
            return exceeds(pojo.getPojo());
        }
        return value.isNumber() && exceeds(value.numberValue());
    }

    /** Returns whether a value is a number beyond the limit. It is not converted to text for that. */
    static boolean exceeds(Object value) {
        if (value instanceof BigInteger integer) {
            return exceeds(new BigDecimal(integer));
        }
        if (value instanceof Double || value instanceof Float) {
            double real = ((Number) value).doubleValue();
            return Double.isFinite(real) && exceeds(BigDecimal.valueOf(real));
        }
        return value instanceof BigDecimal decimal
                && (Math.abs((long) decimal.scale()) > DIGITS || hasMoreDigits(decimal.unscaledValue()));
    }

    private static boolean hasMoreDigits(BigInteger integer) {
        int bits = integer.bitLength();
        return bits > BITS || bits == BITS && new BigDecimal(integer).precision() > DIGITS;
    }
}
