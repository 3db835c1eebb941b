/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for escapes that are not in canonical form, eight bytes at a time.
 *
 * <p>Specified by {@code CanonicalContentTest} and {@code RowReaderShortCutsTest}.
 */
final class Escapes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long BACKSLASHES = '\\' * LOW;

    private Escapes() {}

    /**
     * Returns whether well-formed JSON has an escape other than the short ones of quote, backslash and control
     * characters, which are canonical.
     */
    static boolean needRewriting(byte[] json, int start, int end) {
        int at = start;
        while (true) {
            at = backslash(json, at, end);
            if (at == end) {
                return false;
            }
            switch (json[at + 1]) {
                case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at += 2;
                default -> {
                    return true;
                }
            }
        }
    }

    private static int backslash(byte[] json, int start, int end) {
        int at = start;
        while (at + 32 <= end
                && (backslashes(json, at)
                                | backslashes(json, at + 8)
                                | backslashes(json, at + 16)
                                | backslashes(json, at + 24))
                        == 0) {
            at += 32;
        }
        while (at + 8 <= end) {
            long found = backslashes(json, at);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
            at += 8;
        }
        while (at < end && json[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * Returns 0 if none of eight bytes is a backslash. Otherwise the lowest bit that is set marks the first backslash;
     * higher bits may be wrong.
     */
    private static long backslashes(byte[] json, int at) {
        long different = (long) EIGHT.get(json, at) ^ BACKSLASHES;
        return (different - LOW) & ~different & HIGH;
    }
}
