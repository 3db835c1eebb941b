/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

/** Reports that the receiver did not acknowledge a message. The message has no content of either. */
class NotAcknowledgedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what the receiver did
     */
    NotAcknowledgedException(String message) {
        super(message);
    }
}
