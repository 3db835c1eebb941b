/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.time.Instant;

/**
 * Reports that a request was not sent, because {@code requestsPerDay} or {@code requestsPerMonth} is used up. The same
 * request may be sent in the next period.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 */
public class CliniceaBudgetException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    /** The option of the budget that is used up. */
    private final String option;
    /** The moment at which the next period begins. */
    private final Instant resetsAt;

    /**
     * Creates an exception.
     *
     * @param message what is used up and what to do
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param option the option that sets the budget
     * @param resetsAt when the next period begins
     */
    public CliniceaBudgetException(String message, String resource, String operation, String option, Instant resetsAt) {
        super(message, resource, operation, 0, true, null);
        this.option = option;
        this.resetsAt = resetsAt;
    }

    /**
     * Creates an exception for a failure that another exception has already reported, with a stack trace of its own.
     *
     * @param original the exception to copy
     */
    public CliniceaBudgetException(CliniceaBudgetException original) {
        super(original, "");
        this.option = original.option;
        this.resetsAt = original.resetsAt;
    }

    /** {@return the option that sets the budget: {@code requestsPerDay} or {@code requestsPerMonth}} */
    public String getOption() {
        return option;
    }

    /** {@return when the next period begins, and requests are sent again} */
    public Instant getResetsAt() {
        return resetsAt;
    }
}
