/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * Holds a voucher as it is sent.
 *
 * @param entry its place among all vouchers
 * @param number its number, such as CL-2026-000001
 * @param uid the id that the sink knows it by
 * @param kind bill or payment
 * @param outcomeUnknown whether it was sent before, and may have arrived
 * @param lines its lines; line 1 has the amount of the document
 */
public record Voucher(
        long entry,
        String number,
        String uid,
        String kind,
        LocalDate dated,
        String narration,
        boolean outcomeUnknown,
        List<Line> lines) {
    /**
     * Holds a line. One of its amounts is zero, and none is negative.
     *
     * @param account the account's name or id in the sink
     */
    public record Line(String account, BigDecimal debit, BigDecimal credit) {
        boolean isDebit() {
            return debit.signum() > 0;
        }

        BigDecimal amount() {
            return isDebit() ? debit : credit;
        }
    }

    /** Returns the sum of the debits, which is that of the credits. */
    BigDecimal total() {
        return lines.stream().map(Line::debit).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns the number only, because logs must not hold what is in a bill. */
    @Override
    public String toString() {
        return "voucher " + number;
    }
}
