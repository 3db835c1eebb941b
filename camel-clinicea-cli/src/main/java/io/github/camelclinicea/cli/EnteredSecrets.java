/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.util.List;

/**
 * Holds secrets that the user entered when asked, so that they can be kept out of messages.
 *
 * <p>Specified by {@code CliniceaCliTest}.
 */
public interface EnteredSecrets {
    /** Returns the secrets that were entered when asked. */
    List<String> entered();
}
