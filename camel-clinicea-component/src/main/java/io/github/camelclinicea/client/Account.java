/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.rate.RequestRateLimiter;

/**
 * A credential, with the limiter and the budget that all clients with this credential share.
 *
 * <p>Specified by {@code ApiKeySupplierTest}.
 *
 * @param credentials the credential, with the token of a staff login
 * @param limiter limits the rate of these clients
 * @param budget counts their requests
 */
public record Account(Credentials credentials, RequestRateLimiter limiter, RequestBudget budget) {
    /** Gives a client its account, which may be another one each time. */
    @FunctionalInterface
    public interface Source {
        /**
         * Returns the present account.
         *
         * @throws CliniceaException if the source of the credentials gives none
         */
        Account get() throws CliniceaException;
    }

    @Override
    public String toString() {
        return "Account";
    }
}
