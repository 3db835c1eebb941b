package io.github.camelclinicea.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Which version of a row this is: 128 bits of SHA-256 over its id, status, modified stamp and content. Two longs, so that
 * a million of them fit in primitive arrays.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
record Fingerprint(long high, long low) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final MessageDigest SHA_256 = newDigest();

    /**
     * @param id the row's id, or null
     * @param status its change tag, or null
     * @param modified its modified stamp as sent, or null
     * @param content its JSON as sent
     */
    static Fingerprint of(String id, String status, String modified, byte[] content) {
        byte[][] texts = {bytes(id), bytes(status), bytes(modified)};
        ByteBuffer head =
                ByteBuffer.allocate(3 * Integer.BYTES + length(texts[0]) + length(texts[1]) + length(texts[2]));
        for (byte[] text : texts) {
            // The length goes in front, so that no text can run over into the next field; -1 stands for "absent".
            head.putInt(text == null ? -1 : text.length);
            if (text != null) {
                head.put(text);
            }
        }
        MessageDigest digest = copyOfDigest();
        digest.update(head.array());
        digest.update(content);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static int length(byte[] text) {
        return text == null ? 0 : text.length;
    }

    /** @return 22 characters of base64url, the form it has in a ledger key */
    String text() {
        return TEXT.encodeToString(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    /** A clone is cheaper than asking the security providers again for every row. */
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
