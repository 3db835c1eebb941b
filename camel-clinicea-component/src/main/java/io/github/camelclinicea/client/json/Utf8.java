/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are UTF-8 without decoding them. ASCII, which is nearly all of a page, is checked eight bytes at a
 * time. With a {@code CharsetDecoder} in its place, measured polls took 11 to 20 % more CPU time for each row
 * (docs/explanation/decisions/0030).
 *
 * <p>Specified by {@code RowReaderShortCutsTest}.
 */
final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Returns the place of the first bytes that are no character of UTF-8, or -1 if all bytes are UTF-8. */
    static int firstError(byte[] bytes) {
        return firstError(bytes, 0, bytes.length);
    }

    /** As {@link #firstError(byte[])}, for a part of the bytes. */
    static int firstError(byte[] bytes, int start, int end) {
        int at = start;
        while (true) {
            while (at + 8 <= end && ((long) EIGHT.get(bytes, at) & NOT_ASCII) == 0) {
                at += 8;
            }
            while (at < end && bytes[at] >= 0) {
                at++;
            }
            if (at == end) {
                return -1;
            }
            int length = character(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
    }

    /** Returns the length of the character at a place, which is not ASCII; 0 if there is none (RFC 3629, section 4). */
    private static int character(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > end) {
            return 0;
        }
        // Excludes characters in more bytes than needed, halves of surrogate pairs, and numbers after the last
        // character.
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        int second = bytes[at + 1] & 0xff;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
