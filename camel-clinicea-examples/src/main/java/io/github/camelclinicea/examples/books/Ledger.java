/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import io.github.camelclinicea.examples.books.Voucher.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Posts documents: makes the vouchers that stand equal to what the clinic has. */
final class Ledger {
    private static final Map<String, String> TABLES = Map.of("bill", "books_bill", "payment", "books_payment");

    private final JdbcTemplate jdbc;
    private final BooksSettings settings;

    Ledger(DataSource dataSource, BooksSettings settings) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.settings = settings;
    }

    /** Holds a bill or a payment as the clinic has it. */
    record Document(
            String kind,
            String id,
            String number,
            String party,
            LocalDate dated,
            BigDecimal amount,
            BigDecimal tax,
            String mode,
            String bill,
            boolean counts) {
        static final RowMapper<Document> ROW = DataClassRowMapper.newInstance(Document.class);
    }

    /** Holds what a voucher has posted. */
    record Posted(
            long entry,
            String number,
            LocalDate dated,
            LocalDate documentDate,
            String party,
            BigDecimal amount,
            BigDecimal tax,
            String mode,
            String bill) {
        static final RowMapper<Posted> ROW = DataClassRowMapper.newInstance(Posted.class);

        /** Returns whether a change of the document concerns the books. That of a note or of its number does not. */
        boolean isOf(Document document) {
            return amount.compareTo(document.amount()) == 0
                    && tax.compareTo(document.tax()) == 0
                    && documentDate.equals(document.dated())
                    && Objects.equals(party, document.party())
                    && Objects.equals(mode, document.mode())
                    && Objects.equals(bill, document.bill());
        }
    }

    /**
     * Posts a document in the transaction of the caller: reverses its voucher if that is no longer right, and records a new
     * one if the document counts. Does nothing if the document is posted already, as by another node.
     *
     * @param kind bill or payment
     * @param id the document's id
     */
    void post(String kind, String id) {
        String table = TABLES.get(kind);
        // Locks the row, so that another node that posts it waits.
        if (jdbc.queryForList("SELECT id FROM " + table + " WHERE id = ? AND unposted FOR UPDATE", id)
                .isEmpty()) {
            return;
        }
        Document document =
                jdbc.queryForObject("SELECT * FROM books_document WHERE kind = ? AND id = ?", Document.ROW, kind, id);
        Posted posted = DataAccessUtils.singleResult(jdbc.query(
                "SELECT * FROM books_voucher v WHERE kind = ? AND document = ? AND reverses IS NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM books_voucher r WHERE r.reverses = v.entry)",
                Posted.ROW,
                kind,
                id));
        boolean isRight = posted != null && document.counts() && posted.isOf(document);
        if (posted != null && !isRight) {
            reverse(posted, kind, id);
        }
        if (document.counts() && !isRight) {
            record(document);
        }
        jdbc.update("UPDATE " + table + " SET unposted = FALSE WHERE id = ?", id);
    }

    private void record(Document document) {
        LocalDate day = settings.firstOpenDay(document.dated());
        String narration = narration(document) + (day.equals(document.dated()) ? "" : ", dated " + document.dated());
        long entry = insert(
                day,
                document.kind(),
                document.id(),
                null,
                narration,
                new Posted(
                        0,
                        null,
                        day,
                        document.dated(),
                        document.party(),
                        document.amount(),
                        document.tax(),
                        document.mode(),
                        document.bill()));
        insertLines(entry, document.kind().equals("bill") ? linesOfBill(document) : linesOfPayment(document));
    }

    private static String narration(Document document) {
        String of = document.kind().equals("bill") ? "Bill " : "Receipt ";
        return of + Objects.toString(document.number(), document.id()) + " of patient "
                + Objects.toString(document.party(), "unknown");
    }

    private List<Line> linesOfBill(Document bill) {
        List<Line> lines = new ArrayList<>();
        add(lines, settings.account("debtors"), bill.amount());
        add(
                lines,
                settings.account("income"),
                bill.amount().subtract(bill.tax()).negate());
        add(lines, settings.account("tax"), bill.tax().negate());
        return lines;
    }

    private List<Line> linesOfPayment(Document payment) {
        List<Line> lines = new ArrayList<>();
        add(lines, settings.moneyAccount(payment.mode()), payment.amount());
        add(
                lines,
                settings.account(payment.bill() == null ? "advances" : "debtors"),
                payment.amount().negate());
        return lines;
    }

    /** Adds a debit, or a credit for a negative amount, or nothing for zero. */
    private static void add(List<Line> lines, String account, BigDecimal amount) {
        if (amount.signum() != 0) {
            lines.add(new Line(
                    account, amount.max(BigDecimal.ZERO), amount.negate().max(BigDecimal.ZERO)));
        }
    }

    /** Records a voucher with the same lines, debits and credits exchanged. The accounts are those of its day. */
    private void reverse(Posted posted, String kind, String id) {
        LocalDate day = settings.firstOpenDay(posted.dated());
        String narration =
                "Reverses " + posted.number() + (day.equals(posted.dated()) ? "" : ", dated " + posted.dated());
        long entry = insert(day, kind, id, posted.entry(), narration, posted);
        jdbc.update(
                "INSERT INTO books_line (entry, line, account, debit, credit)"
                        + " SELECT ?, line, account, credit, debit FROM books_line WHERE entry = ?",
                entry,
                posted.entry());
    }

    private long insert(LocalDate day, String kind, String id, Long reverses, String narration, Posted content) {
        long entry = count("");
        String series = settings.series(day);
        jdbc.update(
                "INSERT INTO books_voucher (entry, number, kind, document, reverses, dated, narration, document_date,"
                        + " party, amount, tax, mode, bill) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry,
                String.format(Locale.ROOT, "%s-%06d", series, count(series)),
                kind,
                id,
                reverses,
                day,
                narration,
                content.documentDate(),
                content.party(),
                content.amount(),
                content.tax(),
                content.mode(),
                content.bill());
        jdbc.update("INSERT INTO books_outbox (entry) VALUES (?)", entry);
        return entry;
    }

    private void insertLines(long entry, List<Line> lines) {
        for (int line = 0; line < lines.size(); line++) {
            jdbc.update(
                    "INSERT INTO books_line (entry, line, account, debit, credit) VALUES (?, ?, ?, ?, ?)",
                    entry,
                    line + 1,
                    lines.get(line).account(),
                    lines.get(line).debit(),
                    lines.get(line).credit());
        }
    }

    /** Returns the next number. The counter's row stays locked until the transaction ends, so no number is left out. */
    private long count(String series) {
        return jdbc.queryForObject(
                "INSERT INTO books_counter AS c (series, last) VALUES (?, 1)"
                        + " ON CONFLICT (series) DO UPDATE SET last = c.last + 1 RETURNING last",
                Long.class,
                series);
    }
}
