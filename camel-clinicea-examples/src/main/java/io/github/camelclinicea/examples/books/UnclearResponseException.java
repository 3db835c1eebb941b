/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import java.io.IOException;

/** Says that the sink has responded, but not what became of the voucher. The message quotes no response. */
public class UnclearResponseException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what the response lacks
     */
    public UnclearResponseException(String message) {
        super(message);
    }
}
