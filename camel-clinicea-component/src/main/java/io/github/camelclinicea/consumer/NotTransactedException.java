/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

/**
 * The option {@code transacted} is set, but the repository takes no part in the transactions. The consumer has not
 * polled.
 *
 * <p>Specified by {@code TransactedOptionsTest}.
 */
final class NotTransactedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NotTransactedException(String message) {
        super(message);
    }
}
