/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

/** Says that a message was certainly not sent. */
final class MessageRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the reason, without content of the message
     */
    MessageRefusedException(String message) {
        super(message);
    }
}
