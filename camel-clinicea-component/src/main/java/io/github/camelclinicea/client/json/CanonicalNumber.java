/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes numbers in one spelling for each value. Works on their text only, and never expands an exponent.
 *
 * <p>The spelling is plain without needless zeros ({@code 10.5}, {@code 1000}, {@code 0.001}) if it has at most
 * {@value #PLAIN_DIGITS} digits, or is an integer that does not end in zero. Otherwise it is the digits without outer
 * zeros and a power of ten ({@code 1E30}, {@code 15E-40}).
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class CanonicalNumber {
    /** Enough for the integers and amounts of ordinary rows, which are then copied unchanged. */
    private static final int PLAIN_DIGITS = 20;

    private static final int BEYOND = Integer.MAX_VALUE;

    private final byte[] from;
    private final ByteSequence out;
    private final boolean negative;
    private final int start;
    private final int integerEnd;
    private final int fractionStart;
    private final int fractionEnd;
    private final int end;

    private CanonicalNumber(byte[] from, int start, int end, ByteSequence out) {
        this.from = from;
        this.out = out;
        this.end = end;
        this.negative = from[start] == '-';
        this.start = negative ? start + 1 : start;
        this.integerEnd = digitsEnd(this.start);
        this.fractionStart = integerEnd < end && from[integerEnd] == '.' ? integerEnd + 1 : integerEnd;
        this.fractionEnd = digitsEnd(fractionStart);
    }

    /** Returns whether a well-formed integer is in canonical form. */
    static boolean isCanonicalInteger(byte[] from, int start, int end) {
        return end - start <= PLAIN_DIGITS && (from[start] != '-' || from[start + 1] != '0');
    }

    /** Returns whether a well-formed number is in canonical form except for zeros at the end of its fraction. */
    static boolean isPlain(byte[] from, int start, int end) {
        if (end - start > PLAIN_DIGITS || from[start] == '-' && from[start + 1] == '0') {
            return false;
        }
        for (int i = start; i < end; i++) {
            if ((from[i] | 0x20) == 'e') {
                return false;
            }
        }
        return true;
    }

    /** Returns the length of a number with a fraction, without the zeros at its end. */
    static int withoutTrailingZeros(byte[] number, int start, int length) {
        int end = start + length;
        while (number[end - 1] == '0') {
            end--;
        }
        return (number[end - 1] == '.' ? end - 1 : end) - start;
    }

    /**
     * Appends the canonical form of a number.
     *
     * @param from holds the number, which is well-formed
     * @param out receives the form
     */
    static void append(byte[] from, int start, int end, ByteSequence out) {
        if (!isPlain(from, start, end)) {
            new CanonicalNumber(from, start, end, out).append();
            return;
        }
        boolean fraction = false;
        for (int i = start; i < end; i++) {
            fraction |= from[i] == '.';
        }
        out.append(from, start, fraction ? start + withoutTrailingZeros(from, start, end - start) : end);
    }

    /** Returns the canonical form of a number. */
    static String of(String number) {
        byte[] bytes = number.getBytes(StandardCharsets.US_ASCII);
        ByteSequence out = new ByteSequence();
        append(bytes, 0, bytes.length, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
    }

    private int digitsEnd(int at) {
        int i = at;
        while (i < end && from[i] >= '0' && from[i] <= '9') {
            i++;
        }
        return i;
    }

    private void append() {
        byte[] digits = new byte[integerEnd - start + fractionEnd - fractionStart];
        System.arraycopy(from, start, digits, 0, integerEnd - start);
        System.arraycopy(from, fractionStart, digits, integerEnd - start, fractionEnd - fractionStart);
        int first = 0;
        while (first < digits.length && digits[first] == '0') {
            first++;
        }
        if (first == digits.length) {
            out.append('0');
            return;
        }
        int last = digits.length;
        while (digits[last - 1] == '0') {
            last--;
        }
        if (negative) {
            out.append('-');
        }
        int scale = digits.length - last - (fractionEnd - fractionStart);
        if (fractionEnd == end) {
            appendScaled(digits, first, last, scale, null);
        } else {
            BigInteger power = exponent().add(BigInteger.valueOf(scale));
            appendScaled(digits, first, last, power.bitLength() < 16 ? power.intValue() : BEYOND, power);
        }
    }

    /** Returns the exponent. The parser limits the length of a number, so this has a thousand digits at most. */
    private BigInteger exponent() {
        int at = from[fractionEnd + 1] == '+' ? fractionEnd + 2 : fractionEnd + 1;
        return new BigInteger(new String(from, at, end - at, StandardCharsets.US_ASCII));
    }

    /**
     * Appends digits times a power of ten. Neither the first nor the last digit is zero.
     *
     * @param scale the power; {@link #BEYOND} if it is too large for an int
     * @param power the same power; null if the number has no exponent
     */
    private void appendScaled(byte[] digits, int first, int last, int scale, BigInteger power) {
        int count = last - first;
        if (scale == 0 || scale > 0 && scale <= PLAIN_DIGITS - count) {
            out.append(digits, first, last);
            appendZeros(scale);
        } else if (scale < 0 && Math.max(count, 1 - scale) <= PLAIN_DIGITS) {
            int integer = count + scale;
            if (integer > 0) {
                out.append(digits, first, first + integer);
                out.append('.');
                out.append(digits, first + integer, last);
            } else {
                out.appendAscii("0.");
                appendZeros(-integer);
                out.append(digits, first, last);
            }
        } else {
            out.append(digits, first, last);
            out.append('E');
            out.appendAscii(power == null ? Integer.toString(scale) : power.toString());
        }
    }

    private void appendZeros(int count) {
        for (int i = 0; i < count; i++) {
            out.append('0');
        }
    }
}
