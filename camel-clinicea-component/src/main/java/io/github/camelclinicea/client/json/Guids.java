/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Recognises GUIDs among the strings of a row, and converts them to lower case.
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class Guids {
    static final int QUOTED_LENGTH = 38;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LETTER = 0x4040404040404040L;

    private Guids() {}

    /**
     * Returns whether a string is a GUID with upper-case letters.
     *
     * @param json holds a string of {@link #QUOTED_LENGTH} bytes
     * @param quote the place of its first quote
     */
    static boolean isToLower(byte[] json, int quote) {
        int start = quote + 1;
        return json[start + 8] == '-'
                && json[start + 13] == '-'
                && json[start + 18] == '-'
                && json[start + 23] == '-'
                && hasUpperCase(json, start)
                && isGuid(json, start);
    }

    /** Converts the letters of a GUID to lower case. */
    static void lower(byte[] json, int quote) {
        for (int i = quote + 1; i < quote + QUOTED_LENGTH - 1; i++) {
            if (json[i] >= 'A') {
                json[i] |= 0x20;
            }
        }
    }

    /**
     * Returns whether a byte has the bit of ASCII letters without the bit of lower case. Reads eight bytes at a time,
     * and some of the last ones twice.
     */
    private static boolean hasUpperCase(byte[] json, int start) {
        long found = 0;
        for (int i = 0; i <= 24; i += 8) {
            found |= upperCase((long) EIGHT.get(json, start + i));
        }
        return (found | upperCase((long) EIGHT.get(json, start + 28))) != 0;
    }

    private static long upperCase(long eight) {
        return eight & ~(eight << 1) & LETTER;
    }

    private static boolean isGuid(byte[] json, int start) {
        for (int i = 0; i < QUOTED_LENGTH - 2; i++) {
            int c = json[start + i] | 0x20;
            boolean hex = c >= '0' && c <= '9' && json[start + i] == c || c >= 'a' && c <= 'f';
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (!hyphen && !hex) {
                return false;
            }
        }
        return true;
    }
}
