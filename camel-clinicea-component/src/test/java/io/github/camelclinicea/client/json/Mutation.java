/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Is one change to a valid text.
 *
 * @param kind the kind of change
 * @param at the place, as a fraction of the length
 * @param length the extent, as a fraction of the length, or the number of repetitions
 * @param value the value that is written
 */
record Mutation(Kind kind, double at, double length, int value) {
    enum Kind {
        FLIP,
        CUT_OFF,
        CUT_OUT,
        REPEAT,
        SPLICE,
        INSERT,
        NEST
    }

    private static final int MAX_LENGTH = 200_000;

    /** Texts on which parsers have failed. */
    private static final List<byte[]> POISON = List.of(
            text("NaN"),
            text("-Infinity"),
            text("1e999999999"),
            text("-1e-999999999"),
            text("1e99999999999"),
            text("1E400"),
            text("-0"),
            text("007"),
            text("9".repeat(1001)),
            text("0." + "1".repeat(900)),
            text("\\ud800"),
            text("\\uDC00\\uD800"),
            text("\\u0000"),
            text("\\x"),
            text("\"" + "n".repeat(60_000) + "\":1,"),
            text("\"ID\":\"1\","),
            text("\"exact\":1e999999999,"),
            text("\"whole\":1e99999,\"small\":1e99,"),
            text("\"large\":99999999999999999999,"),
            text("\"list\":[1e9,2.5],"),
            text("\"more\":{\"a\":[{}]},"),
            text("{\"real\":1e308}"),
            text("null"),
            text("// no comment\n"),
            text("/*"),
            text("'"),
            text("\""),
            text(","),
            text(":"),
            text("]"),
            text("}"),
            text("[]"),
            text(" GMT"),
            text("+18:00"),
            text("0000"),
            hex("C080"),
            hex("EDA080"),
            hex("F4908080"),
            hex("F888808080"),
            hex("EFBBBF"),
            hex("FFFE"),
            hex("00"),
            hex("0D0A"),
            hex("E2808F"));

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /**
     * Returns the bytes with this change, with a limit on their number so that a test ends in time.
     *
     * @param bytes the valid bytes, which stay unchanged
     * @param other bytes that may be inserted
     */
    byte[] of(byte[] bytes, byte[] other) {
        int from = (int) (at * bytes.length);
        int to = Math.min(bytes.length, from + (int) (length * bytes.length));
        byte[] poison = POISON.get(Math.floorMod(value, POISON.size()));
        byte[] changed =
                switch (kind) {
                    case FLIP -> flip(bytes, from);
                    case CUT_OFF -> Arrays.copyOf(bytes, from);
                    case CUT_OUT -> join(bytes, from, new byte[0], to);
                    case REPEAT -> join(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
                    case SPLICE -> join(bytes, from, other, to);
                    case INSERT -> join(bytes, from, poison, from);
                    case NEST -> join(bytes, from, nesting(), from);
                };
        return changed.length > MAX_LENGTH ? Arrays.copyOf(changed, MAX_LENGTH) : changed;
    }

    private byte[] flip(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << Math.floorMod(value, 8));
        }
        return flipped;
    }

    private byte[] nesting() {
        return text((value % 2 == 0 ? "[" : "{\"a\":").repeat((int) (length * 10_000)));
    }

    private static byte[] join(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] joined = new byte[head + middle.length + bytes.length - tail];
        System.arraycopy(bytes, 0, joined, 0, head);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
        return joined;
    }

    /** Returns the text after all changes, with one character for each byte, as in a header. */
    static String headerOf(String text, List<Mutation> mutations, String other) {
        return new String(all(text.getBytes(ISO_8859_1), mutations, other.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    static byte[] all(byte[] bytes, List<Mutation> mutations, byte[] other) {
        byte[] changed = bytes;
        for (Mutation mutation : mutations) {
            changed = mutation.of(changed, other);
        }
        return changed;
    }
}
