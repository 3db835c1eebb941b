/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

/** Names what was thrown by its class alone: messages may hold something of a record. */
final class ErrorName {
    private ErrorName() {}

    /** Returns the class of a throwable, and that of what lies behind it where there is something. */
    static String of(Throwable thrown) {
        String name = thrown.getClass().getName();
        Throwable cause = thrown.getCause();
        return cause == null || cause == thrown
                ? name
                : name + " caused by " + cause.getClass().getName();
    }
}
