/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies the few bytes that most values have, without a loop, and faster than an array of any length is copied. */
final class Few {
    static final int BYTES = 32;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Few() {}

    /** Copies {@value #BYTES} bytes. What is too much is to be written over by what comes next. */
    static void copy(byte[] from, int start, byte[] to, int at) {
        EIGHT.set(to, at, (long) EIGHT.get(from, start));
        EIGHT.set(to, at + 8, (long) EIGHT.get(from, start + 8));
        EIGHT.set(to, at + 16, (long) EIGHT.get(from, start + 16));
        EIGHT.set(to, at + 24, (long) EIGHT.get(from, start + 24));
    }
}
