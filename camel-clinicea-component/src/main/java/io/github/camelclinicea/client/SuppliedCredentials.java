/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gives credentials with the present key of {@code apiKeySupplier}.
 *
 * <p>Specified by {@code ApiKeySupplierTest}.
 */
public final class SuppliedCredentials implements CredentialsSource {
    private static final String ADVICE = ". Nothing is sent without a key. The next poll or operation asks again";

    private final Supplier<String> supplier;
    private final String resource;
    private final Function<String, Credentials> credentials;

    private String lastKey;
    private Credentials last;

    /**
     * Creates a source of credentials.
     *
     * @param supplier gives the key
     * @param resource the resource, for messages
     * @param credentials makes the credentials with a key; throws an {@code IllegalArgumentException} if it is wrong
     */
    public SuppliedCredentials(Supplier<String> supplier, String resource, Function<String, Credentials> credentials) {
        this.supplier = supplier;
        this.resource = resource;
        this.credentials = credentials;
    }

    @Override
    public Credentials get() throws CliniceaException {
        String key = key();
        synchronized (this) {
            if (!key.equals(lastKey)) {
                last = with(key);
                lastKey = key;
            }
            return last;
        }
    }

    private String key() throws CliniceaException {
        String key;
        try {
            key = supplier.get();
        } catch (RuntimeException | Error e) {
            // The message of a vault's client may contain a secret.
            throw failure("apiKeySupplier failed with " + e.getClass().getName());
        }
        if (key == null || key.isBlank()) {
            throw failure("apiKeySupplier gave no key, but " + (key == null ? "null" : "a blank text"));
        }
        return key;
    }

    private Credentials with(String key) throws CliniceaException {
        try {
            return credentials.apply(key);
        } catch (IllegalArgumentException e) {
            throw failure(e.getMessage());
        }
    }

    private CliniceaException failure(String what) {
        return new CliniceaException(what + ADVICE, resource, "credentials", 0, true, null);
    }

    @Override
    public String toString() {
        return "SuppliedCredentials";
    }
}
