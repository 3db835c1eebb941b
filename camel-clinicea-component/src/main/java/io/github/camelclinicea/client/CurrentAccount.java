/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import java.net.URI;

/**
 * Gives one client its account. It follows the credentials, and with them the token, the limiter and the budget.
 * Thread-safe.
 *
 * <p>Specified by {@code ApiKeySupplierTest}.
 */
final class CurrentAccount implements Account.Source, AutoCloseable {
    private final URI baseUrl;
    private final CredentialsSource source;
    private final SharedAccounts accounts;
    private volatile Credentials given;
    private volatile Account account;
    /** The key of the account; null while there are no credentials. */
    private CredentialKey key;

    private boolean closed;

    CurrentAccount(URI baseUrl, CredentialsSource source, SharedAccounts accounts) {
        this.baseUrl = baseUrl;
        this.source = source;
        this.accounts = accounts;
        this.account = SharedAccounts.ofNobody(baseUrl);
    }

    /** Returns the present account, or the last one if there are no credentials at present. */
    Account orLast() {
        try {
            return get();
        } catch (CliniceaException e) {
            return account;
        }
    }

    @Override
    public Account get() throws CliniceaException {
        // Outside the lock: it may be the user's code.
        Credentials present = source.get();
        if (present != given) {
            follow(present);
        }
        return account;
    }

    private synchronized void follow(Credentials present) {
        CredentialKey next = CredentialKey.of(baseUrl, present);
        if (!next.equals(key) && !closed) {
            String nameBefore = key == null ? null : account.limiter().credentialName();
            giveBack();
            key = next;
            account = accounts.take(next, present, nameBefore);
        }
        given = present;
    }

    private void giveBack() {
        if (key != null) {
            accounts.giveBack(key, account);
        }
    }

    /** Gives the account back, which other clients may go on using. */
    @Override
    public synchronized void close() {
        giveBack();
        closed = true;
    }
}
