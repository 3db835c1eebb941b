/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.Arrays;

/** Bytes that grow by appending. They are used again and again, so that the bytes of a row cost no new array. */
final class ByteSequence {
    private byte[] bytes = new byte[2048];
    private int length;

    /** Returns the array that holds the bytes, which may be longer than they are. It is another one after they grew. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void setLength(int length) {
        this.length = length;
    }

    /** Makes room for further bytes, and returns the array that has it. */
    byte[] reserve(int further) {
        if (bytes.length - length < further) {
            bytes = Arrays.copyOf(bytes, Math.max(length + further, 2 * bytes.length));
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
