/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

/** Says that the sink has looked at a voucher and certainly not taken it. The reason may name accounts. */
public class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * Creates the exception.
     *
     * @param reason the sink's words, for the table and not for the log
     */
    public RefusedException(String reason) {
        super("The sink has refused the voucher");
        this.reason = reason;
    }

    /** {@return the sink's words} */
    public String reason() {
        return reason;
    }
}
