/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Turns rows of the clinic into the parameters of the statements {@code books/stage-*.sql}. A row that cannot be posted
 * correctly is refused with a message that names the line of the mapping file, and never quotes the row. Immutable.
 */
final class StagedRows {
    /** The characters that PostgreSQL or XML 1.0 cannot hold. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[^\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]|\\p{Cntrl}");

    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    /** The id of .NET for none. */
    private static final Pattern NO_ID = Pattern.compile("[0-]+");

    private static final int MOST_DIGITS = 15;

    private final RowFields fields;
    private final CliniceaTimes times;
    private final LocalDate begin;
    private final String currency;
    private final int decimals;

    /**
     * Creates the reader.
     *
     * @param fields the mapping file
     * @param times the clinic's zone, in which a bill has its date
     * @param begin the first day of these books; documents of earlier days do not count
     * @param currency the only currency that is accepted, such as INR
     * @param decimals the most decimals of an amount
     */
    StagedRows(RowFields fields, CliniceaTimes times, LocalDate begin, String currency, int decimals) {
        this.fields = fields;
        this.times = times;
        this.begin = begin;
        this.currency = currency;
        this.decimals = decimals;
    }

    /**
     * Returns the parameters for each row of a page, sorted by id: two transactions with the same rows then wait for each
     * other, where they could block each other otherwise. Versions of one row keep their order.
     */
    List<Map<String, Object>> all(Iterable<?> rows, Function<Map<?, ?>, Map<String, Object>> one) {
        List<Map<String, Object>> all = new ArrayList<>();
        rows.forEach(row -> all.add(one.apply((Map<?, ?>) row)));
        all.sort(Comparator.comparing(row -> (String) row.get("id")));
        return all;
    }

    Map<String, Object> bill(Map<?, ?> row) {
        Map<String, Object> bill = document("bill", row);
        BigDecimal tax = amount("bill.tax", row);
        bill.put("amount", requiredAmount("bill.total", row));
        bill.put("tax", tax == null ? BigDecimal.ZERO.setScale(decimals) : tax);
        return bill;
    }

    Map<String, Object> payment(Map<?, ?> row) {
        Map<String, Object> payment = document("payment", row);
        payment.put("amount", requiredAmount("payment.amount", row));
        payment.put("mode", printable(fields.text("payment.mode", row)));
        String bill = fields.isIn("payment.bill", row) ? fields.text("payment.bill", row) : null;
        payment.put("bill", bill == null || NO_ID.matcher(bill).matches() ? null : id(bill));
        return payment;
    }

    Map<String, Object> deletedBill(Map<?, ?> row) {
        return version("deleted", row);
    }

    Map<String, Object> deletedPayment(Map<?, ?> row) {
        return version("payment", row);
    }

    private Map<String, Object> document(String kind, Map<?, ?> row) {
        Map<String, Object> document = version(kind, row);
        ZonedDateTime date = read(kind + ".date", row, times::zoned);
        if (date == null) {
            throw new IllegalArgumentException(
                    "The row's value for " + kind + ".date was never set; correct that line of the mapping file");
        }
        document.put("number", printable(fields.text(kind + ".number", row)));
        document.put("party", printable(fields.text(kind + ".party", row)));
        LocalDate day = date.toLocalDate();
        document.put("dated", day);
        document.put("cancelled", fields.flag(kind + ".cancelled", row) || day.isBefore(begin));
        checkCurrency(kind + ".currency", row);
        return document;
    }

    private Map<String, Object> version(String kind, Map<?, ?> row) {
        String modified = kind + ".modified";
        Instant stamp = read(modified, row, times::instant);
        Map<String, Object> version = new HashMap<>();
        version.put("id", id(fields.required(kind + ".id", row)));
        version.put("stamp", stamp == null ? null : stamp.atOffset(ZoneOffset.UTC));
        version.put("stampExact", stamp != null && read(modified, row, times::isOneMoment));
        return version;
    }

    /** Returns an id as it is stored: a GUID is the same in capitals. */
    private static String id(String sent) {
        return GUID.matcher(sent).matches() ? sent.toLowerCase(Locale.ROOT) : sent;
    }

    private <T> T read(String key, Map<?, ?> row, Function<Object, T> reader) {
        String text = fields.text(key, row);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The row's value for " + key + " is no time; correct that line of the mapping file");
        }
    }

    private void checkCurrency(String key, Map<?, ?> row) {
        if (fields.isMapped(key) && !currency.equalsIgnoreCase(fields.required(key, row))) {
            throw new IllegalArgumentException("The row's value for " + key + " is not " + currency
                    + ", the currency of these books; see books.currency");
        }
    }

    private BigDecimal requiredAmount(String key, Map<?, ?> row) {
        fields.required(key, row);
        return amount(key, row);
    }

    /** Returns an amount with the decimals of the books. It is never rounded. */
    private BigDecimal amount(String key, Map<?, ?> row) {
        BigDecimal amount = fields.amount(key, row);
        if (amount == null) {
            return null;
        }
        BigDecimal shortest = amount.stripTrailingZeros();
        if (shortest.scale() > decimals || (long) shortest.precision() - shortest.scale() > MOST_DIGITS) {
            throw new IllegalArgumentException("The row's value for " + key + " has more than " + decimals
                    + " decimals or more than " + MOST_DIGITS + " digits before them; see books.decimals");
        }
        return shortest.setScale(decimals);
    }

    /** Returns a text without the characters that PostgreSQL or XML cannot hold; null for null. */
    static String printable(String text) {
        return text == null ? null : UNPRINTABLE.matcher(text).replaceAll(" ");
    }
}
