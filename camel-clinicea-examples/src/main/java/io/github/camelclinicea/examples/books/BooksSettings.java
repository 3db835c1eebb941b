/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Locale;
import org.apache.camel.CamelContext;

/**
 * Reads the properties that begin with {@code books.}.
 *
 * <p>Specified by {@code LedgerTest}.
 */
final class BooksSettings {
    private final CamelContext context;

    private final LocalDate closedUntil;
    private final MonthDay yearBegins;

    /**
     * Reads the properties that are dates, so that a wrong one ends the start.
     *
     * @throws java.time.DateTimeException if one is not a date
     */
    BooksSettings(CamelContext context) {
        this.context = context;
        String closed = text("closed-until");
        closedUntil = closed.isEmpty() ? LocalDate.MIN : LocalDate.parse(closed);
        yearBegins = MonthDay.parse("--" + text("year-begins"));
    }

    /** Returns a property's value, which may be empty; fails if there is no such property. */
    String text(String name) {
        return context.resolvePropertyPlaceholders("{{books." + name + "}}").strip();
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** Returns the name of an account in the sink, such as that of {@code books.account.income}. */
    String account(String name) {
        return text("account." + name);
    }

    /** Returns the account that a payment came in, by its mode such as Cash; null for a payment without one. */
    String moneyAccount(String mode) {
        if (mode == null) {
            return account("money");
        }
        String ownName = "account.money." + mode.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String own = context.resolvePropertyPlaceholders("{{?books." + ownName + "}}");
        return own == null || own.isBlank() ? account("money") : own.strip();
    }

    /** Returns the day on which a document is posted: its own, or the first day after the closed period. */
    LocalDate firstOpenDay(LocalDate day) {
        return day.isAfter(closedUntil) ? day : closedUntil.plusDays(1);
    }

    /** Returns the series of a voucher, such as CL-2026 for the financial year that began in 2026. */
    String series(LocalDate day) {
        int year = day.isBefore(yearBegins.atYear(day.getYear())) ? day.getYear() - 1 : day.getYear();
        return text("series") + "-" + year;
    }
}
