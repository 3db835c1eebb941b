/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

/**
 * Names a throwable by its class alone, since its message may contain content of a record.
 *
 * <p>Specified by {@code ErrorsTest}.
 */
final class ErrorName {
    private ErrorName() {}

    /** Returns the class name of a throwable, followed by that of its cause if it has one. */
    static String of(Throwable thrown) {
        String name = thrown.getClass().getName();
        Throwable cause = thrown.getCause();
        return cause == null || cause == thrown
                ? name
                : name + " caused by " + cause.getClass().getName();
    }
}
