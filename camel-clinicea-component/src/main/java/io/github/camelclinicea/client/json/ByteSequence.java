/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.Arrays;

/**
 * A growing sequence of bytes. It is reused for each row, so that the bytes of a row need no new array.
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class ByteSequence {
    private byte[] bytes = new byte[2048];
    private int length;

    /** Returns the array that holds the bytes, and may be longer. After an append it may be another array. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void setLength(int length) {
        this.length = length;
    }

    /** Returns the array after making room for a number of bytes. */
    byte[] reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        return bytes;
    }

    void append(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    void append(byte[] from, int start, int end) {
        reserve(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    void appendAscii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Replaces the last byte. */
    void setLast(int b) {
        bytes[length - 1] = (byte) b;
    }
}
