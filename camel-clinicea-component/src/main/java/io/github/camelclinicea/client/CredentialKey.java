/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * A credential at a server, in any header. Holds a hash of the credential, so that no secret is kept longer than its
 * endpoint exists.
 *
 * <p>Specified by {@code ConnectionsTest}.
 *
 * @param baseUrl the server
 * @param hash the hash
 */
record CredentialKey(URI baseUrl, ByteBuffer hash) {
    private static final int NAME_BYTES = 16;

    static CredentialKey of(URI baseUrl, Credentials credentials) {
        return new CredentialKey(
                baseUrl,
                credentials instanceof StaffLogin login
                        ? hash(login.apiKey(), login.username(), login.password())
                        : hash(((ApiKey) credentials).key()));
    }

    /**
     * Returns the name of a credential in a repository, which outlives the process. It is made without the password,
     * which a hash of a short one would reveal to who tries many.
     */
    static String nameOf(URI baseUrl, Credentials credentials) {
        String server = baseUrl.toString().toLowerCase(Locale.ROOT);
        ByteBuffer hash = credentials instanceof StaffLogin login
                ? hash("budget", server, login.apiKey(), login.username())
                : hash("budget", server, ((ApiKey) credentials).key());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash.array(), NAME_BYTES));
    }

    private static ByteBuffer hash(String... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
                sha256.update(text);
            }
            return ByteBuffer.wrap(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "CredentialKey";
    }
}
