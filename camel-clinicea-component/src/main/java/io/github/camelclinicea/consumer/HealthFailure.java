/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaException;

/**
 * Holds the class and message of a failure without its stack and its causes. Spring Boot prints the stack of each
 * failure into the JSON of its health endpoint, and Camel Main prints the message there without escaping it.
 *
 * <p>Specified by {@code HealthFailureTest}.
 */
final class HealthFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private HealthFailure(String message) {
        super(message, null, false, false);
    }

    /**
     * Returns a failure for a health check's result. A {@link CliniceaException} stays one.
     *
     * @param failure the failure of the last poll, or null
     */
    static Throwable of(Throwable failure) {
        if (failure == null) {
            return null;
        }
        if (failure instanceof CliniceaException ours) {
            CliniceaException withoutStack = new CliniceaException(
                    plain(ours.getMessage()),
                    ours.getResource(),
                    ours.getOperation(),
                    ours.getHttpResponseCode(),
                    ours.isRetryable(),
                    ours.isMaybeDone(),
                    null);
            withoutStack.setStackTrace(new StackTraceElement[0]);
            return withoutStack;
        }
        return new HealthFailure(plain(failure.toString()));
    }

    /** Returns a text that may stand between the quotes of a JSON text as it is. */
    private static String plain(String text) {
        return text == null ? null : text.replace('"', '\'').replace('\\', '/').replaceAll("\\p{Cntrl}+", " ");
    }
}
