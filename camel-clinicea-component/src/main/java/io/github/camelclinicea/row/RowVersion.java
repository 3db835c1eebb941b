/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The version of a row: 128 bits of SHA-256 over its id, status, stamp and content. It is two longs, so that a million
 * versions fit in primitive arrays.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record RowVersion(long high, long low) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final MessageDigest SHA_256 = newDigest();

    /**
     * Returns the version of a row.
     *
     * @param id the row's id, or null
     * @param status its status, or null
     * @param modified its stamp as sent, or null
     * @param content its content, in the form in which contents are compared; not null
     */
    public static RowVersion of(String id, String status, String modified, byte[] content) {
        return of(id, status, modified, content, content.length);
    }

    /**
     * As {@link #of(String, String, String, byte[])}, for a content that does not fill its array.
     *
     * @param length how many bytes of the array are content
     */
    public static RowVersion of(String id, String status, String modified, byte[] content, int length) {
        byte[][] texts = {bytes(RecordId.canonical(id)), bytes(status), bytes(modified)};
        ByteBuffer head =
                ByteBuffer.allocate(3 * Integer.BYTES + length(texts[0]) + length(texts[1]) + length(texts[2]));
        for (byte[] text : texts) {
            // The length comes first, so that no text can run into the next field; -1 means absent.
            head.putInt(text == null ? -1 : text.length);
            if (text != null) {
                head.put(text);
            }
        }
        MessageDigest digest = copyOfDigest();
        digest.update(head.array());
        digest.update(content, 0, length);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new RowVersion(hash.getLong(), hash.getLong());
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static int length(byte[] text) {
        return text == null ? 0 : text.length;
    }

    /** Returns 22 characters of base64url, as in the keys of the delivery ledger. */
    public String text() {
        return TEXT.encodeToString(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    /** Returns a new digest. A clone is cheaper than asking the security providers for every row. */
    private static MessageDigest copyOfDigest() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return newDigest();
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
