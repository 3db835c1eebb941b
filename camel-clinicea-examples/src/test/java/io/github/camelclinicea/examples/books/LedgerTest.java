/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final String MONDAY = "2026-03-30";
    private static final String FRIDAY = "2026-04-03";

    private BooksDatabase books;
    private Ledger ledger;
    private int seconds;

    @BeforeEach
    void create() throws Exception {
        books = new BooksDatabase();
        BooksTables.create(books.dataSource);
        ledger = new Ledger(books.dataSource, BooksDatabase.settings(Map.of()));
    }

    @AfterEach
    void close() {
        books.close();
    }

    private Map<String, Object> bill(String id, String amount) {
        Map<String, Object> bill = new HashMap<>(version(id));
        bill.put("number", "B-" + id);
        bill.put("party", "p-1");
        bill.put("dated", LocalDate.parse(MONDAY));
        bill.put("amount", new BigDecimal(amount));
        bill.put("tax", new BigDecimal("0.00"));
        bill.put("cancelled", false);
        return bill;
    }

    private Map<String, Object> payment(String id, String amount, String bill) {
        Map<String, Object> payment = bill(id, amount);
        payment.put("mode", "Cash");
        payment.put("bill", bill);
        return payment;
    }

    /** Returns an id with a stamp that is later than those before. */
    private Map<String, Object> version(String id) {
        return Map.of("id", id, "stamp", stamp(++seconds), "stampExact", true);
    }

    private static OffsetDateTime stamp(int second) {
        return OffsetDateTime.parse("2026-04-10T10:00:00Z").plusSeconds(second);
    }

    private static Map<String, Object> with(Map<String, Object> row, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(row);
        changed.put(field, value);
        return changed;
    }

    private void bills(Map<String, Object> row) {
        books.stage("stage-bill", row);
        books.post(ledger);
    }

    private void deleted(Map<String, Object> row) {
        books.stage("stage-deleted-bill", row);
        books.post(ledger);
    }

    private void payments(Map<String, Object> row) {
        books.stage("stage-payment", row);
        books.post(ledger);
    }

    /** Returns each voucher as its number and its lines. */
    private List<String> vouchers() {
        return books.jdbc.queryForList(
                "SELECT v.number || ' ' || v.dated || ' ' || string_agg(account || ' ' || (debit-credit), ', '"
                        + " ORDER BY line) FROM books_voucher v JOIN books_line USING (entry)"
                        + " GROUP BY entry ORDER BY entry",
                String.class);
    }

    private int count() {
        return vouchers().size();
    }

    private BigDecimal balance(String account) {
        return books.jdbc.queryForObject(
                "SELECT COALESCE(SUM(debit-credit), 0) FROM books_line WHERE account = ?", BigDecimal.class, account);
    }

    @Test
    void given_a_bill_when_posted_then_the_patient_owes_income_and_tax() {
        bills(with(bill("1", "118.00"), "tax", new BigDecimal("18.00")));

        assertThat(vouchers())
                .containsExactly("CL-2025-000001 2026-03-30 Patients 118.00, Treatment -100.00, Tax collected -18.00");
    }

    @Test
    void given_a_changed_amount_when_posted_then_the_voucher_is_reversed_and_a_new_one_made() {
        bills(bill("1", "10.00"));
        bills(bill("1", "12.00"));

        assertThat(vouchers())
                .containsExactly(
                        "CL-2025-000001 2026-03-30 Patients 10.00, Treatment -10.00",
                        "CL-2025-000002 2026-03-30 Patients -10.00, Treatment 10.00",
                        "CL-2025-000003 2026-03-30 Patients 12.00, Treatment -12.00");
    }

    @Test
    void given_a_change_of_date_or_party_or_tax_when_posted_then_it_is_reversed_and_posted_again() {
        bills(bill("1", "10.00"));
        bills(with(bill("1", "10.00"), "party", "p-2"));
        assertThat(count()).isEqualTo(3);
        Map<String, Object> moved = with(with(bill("1", "10.00"), "party", "p-2"), "dated", LocalDate.parse(FRIDAY));
        bills(moved);
        assertThat(count()).isEqualTo(5);
        bills(with(with(moved, "tax", BigDecimal.ONE), "stamp", stamp(++seconds)));
        assertThat(count()).isEqualTo(7);
    }

    @Test
    void given_the_same_row_or_a_change_that_is_no_matter_of_books_when_posted_then_there_is_no_voucher() {
        Map<String, Object> bill = bill("1", "10.00");
        bills(bill);
        bills(bill);
        bills(with(bill("1", "10.0"), "number", "B-1a"));

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void given_a_late_older_version_when_staged_then_the_newer_one_stays() {
        Map<String, Object> older = bill("1", "10.00");
        bills(bill("1", "12.00"));
        bills(older);

        assertThat(balance("Patients")).isEqualByComparingTo("12.00");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void given_two_versions_in_the_hour_that_clocks_repeat_when_staged_then_the_last_to_come_counts() {
        bills(with(bill("1", "10.00"), "stampExact", false));
        bills(with(with(bill("1", "12.00"), "stamp", stamp(0)), "stampExact", false));

        assertThat(balance("Patients")).isEqualByComparingTo("12.00");
    }

    @Test
    void given_rows_without_stamps_when_staged_then_the_last_to_come_counts() {
        bills(with(with(bill("1", "10.00"), "stamp", null), "stampExact", false));
        bills(with(with(bill("1", "12.00"), "stamp", null), "stampExact", false));

        assertThat(balance("Patients")).isEqualByComparingTo("12.00");
    }

    @Test
    void given_a_deletion_when_posted_then_the_voucher_is_reversed_once() {
        bills(bill("1", "10.00"));
        Map<String, Object> deletion = version("1");
        deleted(deletion);
        deleted(deletion);

        assertThat(count()).isEqualTo(2);
        assertThat(balance("Patients")).isZero();
    }

    @Test
    void given_a_deletion_before_its_bill_when_both_have_come_then_there_is_no_voucher() {
        Map<String, Object> bill = bill("1", "10.00");
        deleted(version("1"));
        bills(bill);

        assertThat(count()).isZero();
        assertThat(books.jdbc.queryForObject(
                        "SELECT clinic FROM books_agreement WHERE kind = 'bill'", BigDecimal.class))
                .isZero();
    }

    @Test
    void given_a_change_in_the_second_of_the_deletion_when_posted_then_the_bill_is_deleted() {
        bills(bill("1", "10.00"));
        deleted(version("1"));
        bills(with(bill("1", "12.00"), "stamp", stamp(seconds - 1)));

        assertThat(balance("Patients")).isZero();
    }

    @Test
    void given_a_change_after_the_deletion_when_posted_then_the_bill_is_restored() {
        bills(bill("1", "10.00"));
        Map<String, Object> deletion = version("1");
        deleted(deletion);
        bills(bill("1", "12.00"));
        deleted(deletion);

        assertThat(balance("Patients")).isEqualByComparingTo("12.00");
        assertThat(count()).isEqualTo(3);

        deleted(version("1"));
        assertThat(balance("Patients")).isZero();
    }

    @Test
    void given_a_restored_bill_before_its_deletion_when_posted_then_it_counts() {
        Map<String, Object> deletion = version("1");
        bills(bill("1", "12.00"));
        deleted(deletion);

        assertThat(vouchers()).hasSize(1);
    }

    @Test
    void given_a_deletion_without_a_stamp_when_the_bill_changes_then_it_stays_deleted() {
        bills(bill("1", "10.00"));
        deleted(with(with(version("1"), "stamp", null), "stampExact", false));
        bills(bill("1", "12.00"));

        assertThat(balance("Patients")).isZero();
    }

    @Test
    void given_a_bill_of_zero_or_a_cancelled_one_when_posted_then_there_is_no_voucher_that_stands() {
        bills(bill("1", "0.00"));
        bills(with(bill("2", "5.00"), "cancelled", true));
        assertThat(count()).isZero();

        bills(bill("1", "3.00"));
        bills(bill("1", "0.00"));
        assertThat(count()).isEqualTo(2);
        assertThat(balance("Patients")).isZero();
    }

    @Test
    void given_a_negative_bill_when_posted_then_its_sides_are_exchanged() {
        bills(bill("1", "-10.00"));

        assertThat(vouchers()).containsExactly("CL-2025-000001 2026-03-30 Patients -10.00, Treatment 10.00");
    }

    @Test
    void given_payments_when_posted_then_those_without_a_bill_are_advances() {
        payments(payment("1", "10.00", "not-come-yet"));
        payments(with(payment("2", "7.00", null), "mode", "Card"));

        assertThat(vouchers())
                .containsExactly(
                        "CL-2025-000001 2026-03-30 Cash 10.00, Patients -10.00",
                        "CL-2025-000002 2026-03-30 Bank 7.00, Advances of patients -7.00");
    }

    @Test
    void given_a_payment_that_changes_when_posted_then_the_receipt_follows() {
        payments(payment("1", "10.00", null));
        payments(payment("1", "10.00", "1"));
        assertThat(balance("Advances of patients")).isZero();
        assertThat(balance("Patients")).isEqualByComparingTo("-10.00");

        payments(with(payment("1", "10.00", "1"), "cancelled", true));
        assertThat(balance("Cash")).isZero();

        payments(payment("1", "8.00", "1"));
        assertThat(balance("Cash")).isEqualByComparingTo("8.00");

        books.stage("stage-deleted-payment", version("1"));
        books.post(ledger);
        assertThat(balance("Cash")).isZero();
        assertThat(balance("Patients")).isZero();
    }

    @Test
    void given_a_deleted_payment_that_was_never_seen_when_posted_then_there_is_no_voucher() {
        Map<String, Object> late = payment("1", "10.00", null);
        books.stage("stage-deleted-payment", version("1"));
        payments(late);

        assertThat(count()).isZero();
    }

    @Test
    void given_a_closed_period_when_posted_then_vouchers_are_dated_after_it() throws Exception {
        bills(bill("1", "10.00"));
        ledger = new Ledger(books.dataSource, BooksDatabase.settings(Map.of("closed-until", "2026-03-31")));
        bills(bill("1", "12.00"));

        assertThat(vouchers())
                .containsExactly(
                        "CL-2025-000001 2026-03-30 Patients 10.00, Treatment -10.00",
                        "CL-2026-000001 2026-04-01 Patients -10.00, Treatment 10.00",
                        "CL-2026-000002 2026-04-01 Patients 12.00, Treatment -12.00");
        assertThat(books.jdbc.queryForList("SELECT narration FROM books_voucher ORDER BY entry", String.class))
                .containsExactly(
                        "Bill B-1 of patient p-1",
                        "Reverses CL-2025-000001, dated 2026-03-30",
                        "Bill B-1 of patient p-1, dated 2026-03-30");
    }

    @Test
    void given_accounts_that_are_renamed_when_reversed_then_the_old_accounts_are_used() throws Exception {
        bills(bill("1", "10.00"));
        ledger = new Ledger(books.dataSource, BooksDatabase.settings(Map.of("account.debtors", "Debtors")));
        deleted(version("1"));

        assertThat(balance("Patients")).isZero();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void given_a_wrong_date_in_the_settings_when_started_then_it_fails() {
        assertThatThrownBy(() -> BooksDatabase.settings(Map.of("closed-until", "31.3.2026")))
                .isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> BooksDatabase.settings(Map.of("year-begins", "April")))
                .isInstanceOf(DateTimeException.class);
    }

    @Test
    void given_many_nodes_when_they_post_the_same_bills_then_numbers_have_no_gap_and_each_bill_one_voucher() {
        IntStream.range(0, 40).forEach(id -> books.stage("stage-bill", bill("" + id, "1.00")));
        List<Map<String, Object>> unposted =
                books.jdbc.queryForList("SELECT kind, id FROM books_document WHERE unposted");

        CompletableFuture<?>[] nodes = Stream.generate(() -> CompletableFuture.runAsync(() ->
                        unposted.forEach(document -> books.transaction.executeWithoutResult(status -> {
                            ledger.post("bill", (String) document.get("id"));
                            if (Math.floorMod(document.hashCode(), 3) == 0 && count() % 2 == 0) {
                                status.setRollbackOnly();
                            }
                        }))))
                .limit(4)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(nodes).join();
        books.post(ledger);

        List<String> expected = new ArrayList<>();
        IntStream.rangeClosed(1, 40).forEach(number -> expected.add(String.format("CL-2025-%06d", number)));
        assertThat(books.jdbc.queryForList("SELECT number FROM books_voucher ORDER BY entry", String.class))
                .isEqualTo(expected);
        assertThat(books.jdbc.queryForObject("SELECT COUNT(DISTINCT document) FROM books_voucher", Integer.class))
                .isEqualTo(40);
    }

    @Test
    void given_a_rollback_when_posted_again_then_the_number_is_not_left_out() {
        books.stage("stage-bill", bill("1", "10.00"));
        books.transaction.executeWithoutResult(status -> {
            ledger.post("bill", "1");
            status.setRollbackOnly();
        });
        books.post(ledger);

        assertThat(vouchers()).containsExactly("CL-2025-000001 2026-03-30 Patients 10.00, Treatment -10.00");
    }

    @Test
    void given_a_language_with_other_digits_when_posted_then_numbers_have_latin_ones() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            bills(bill("1", "10.00"));
        } finally {
            Locale.setDefault(before);
        }

        assertThat(vouchers().get(0)).startsWith("CL-2025-000001 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE books_voucher SET amount = 1",
                "DELETE FROM books_line",
                "UPDATE books_line SET account = ''",
                "TRUNCATE books_voucher CASCADE",
                "INSERT INTO books_line VALUES (1, 3, 'Cash', 1, 0)",
                "INSERT INTO books_line VALUES (1, 3, 'Cash', 1, 1)"
            })
    void given_a_voucher_when_somebody_edits_it_by_sql_then_the_database_refuses(String statement) {
        bills(bill("1", "10.00"));

        assertThatThrownBy(() -> books.jdbc.update(statement)).hasMessageContaining("books_");
        assertThat(vouchers()).hasSize(1);
    }

    @Test
    void given_nodes_that_start_at_once_when_they_create_the_tables_then_both_start() throws Exception {
        try (BooksDatabase empty = new BooksDatabase()) {
            CompletableFuture.allOf(Stream.generate(
                                    () -> CompletableFuture.runAsync(() -> BooksTables.create(empty.dataSource)))
                            .limit(4)
                            .toArray(CompletableFuture[]::new))
                    .join();

            assertThat(empty.jdbc.queryForObject("SELECT COUNT(*) FROM books_sink", Integer.class))
                    .isEqualTo(1);
        }
    }
}
