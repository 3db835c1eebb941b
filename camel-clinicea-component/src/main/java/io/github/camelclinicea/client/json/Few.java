/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies a few bytes without a loop, which is faster than {@link System#arraycopy} for the short values of most fields.
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class Few {
    static final int BYTES = 32;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Few() {}

    /** Copies {@value #BYTES} bytes. The caller overwrites those that are too many. */
    static void copy(byte[] from, int start, byte[] to, int at) {
        EIGHT.set(to, at, (long) EIGHT.get(from, start));
        EIGHT.set(to, at + 8, (long) EIGHT.get(from, start + 8));
        EIGHT.set(to, at + 16, (long) EIGHT.get(from, start + 16));
        EIGHT.set(to, at + 24, (long) EIGHT.get(from, start + 24));
    }
}
