/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;

/** Gives the credentials of an endpoint, which may be other ones each time. Used by any thread. */
@FunctionalInterface
public interface CredentialsSource {
    /**
     * Returns the present credentials, always of the same kind.
     *
     * @throws CliniceaException if there are none at present; its message names the option that should give them
     */
    Credentials get() throws CliniceaException;
}
