/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagedRowsTest {
    private final StagedRows rows = rows("Europe/Berlin");

    private static StagedRows rows(String zone) {
        return new StagedRows(
                RowFields.load(new DefaultCamelContext(), "classpath:books/fields.properties"),
                new CliniceaTimes(zone),
                LocalDate.of(2026, 1, 1),
                "INR",
                2);
    }

    private static Map<String, Object> row(String field, Object value) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "BillID", "b-1",
                "BillNo", "B-1",
                "PatientID", "p-1",
                "BillDatetime", "2026-03-31T23:30:00",
                "Total", new BigDecimal("12.5"),
                "Tax", new BigDecimal("2.50"),
                "Currency", "INR",
                "ModifiedDatetime", "2026-04-01T10:00:00"));
        row.put(field, value);
        return row;
    }

    private static Map<String, Object> payment(String field, Object value) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "PaymentID", "y-1",
                "ReceiptNo", "R-1",
                "PatientID", "p-1",
                "PaymentDatetime", "2026-03-31T23:30:00",
                "Amount", 7,
                "Currency", "INR",
                "PaymentMode", "Cash",
                "IsCancelled", 0,
                "ModifiedDatetime", "2026-04-01T10:00:00"));
        row.put(field, value);
        return row;
    }

    @Test
    void given_a_bill_when_read_then_its_amounts_have_the_decimals_of_the_books() {
        assertThat(rows.bill(row("BillID", "b-1")))
                .containsEntry("id", "b-1")
                .containsEntry("amount", new BigDecimal("12.50"))
                .containsEntry("tax", new BigDecimal("2.50"))
                .containsEntry("dated", LocalDate.of(2026, 3, 31))
                .containsEntry("stamp", OffsetDateTime.parse("2026-04-01T08:00:00Z"))
                .containsEntry("stampExact", true)
                .containsEntry("cancelled", false);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31T23:30:00,  2026-03-31",
        "2026-03-31T23:30:00Z, 2026-04-01",
        "2026-04-01,           2026-04-01",
        "/Date(1774996200000)/, 2026-04-01"
    })
    void given_a_date_of_each_shape_when_read_then_it_is_the_day_in_the_clinic(String sent, String day) {
        assertThat(rows.bill(row("BillDatetime", sent))).containsEntry("dated", LocalDate.parse(day));
    }

    @Test
    void given_a_bill_of_a_day_before_the_books_begin_when_read_then_it_does_not_count() {
        assertThat(rows.bill(row("BillDatetime", "2025-12-31T23:59:00"))).containsEntry("cancelled", true);
        assertThat(rows.bill(row("BillDatetime", "2026-01-01"))).containsEntry("cancelled", false);
    }

    @Test
    void given_a_stamp_in_the_hour_that_clocks_repeat_when_read_then_it_is_not_exact() {
        assertThat(rows.bill(row("ModifiedDatetime", "2026-10-25T02:30:00"))).containsEntry("stampExact", false);
        assertThat(rows.bill(row("ModifiedDatetime", null)))
                .containsEntry("stamp", null)
                .containsEntry("stampExact", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,50", "1.200,00", "twelve", "12.505", "1E+20", "1E-3", "1E+999999999", "NaN"})
    void given_an_amount_that_cannot_be_posted_when_read_then_it_is_refused_without_being_quoted(String amount) {
        assertThatThrownBy(() -> rows.bill(row("Total", amount)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bill.total")
                .hasMessageNotContaining(amount);
    }

    @Test
    void given_another_currency_or_none_when_read_then_the_bill_is_refused() {
        assertThatThrownBy(() -> rows.bill(row("Currency", "AED")))
                .hasMessageContaining("bill.currency is not INR")
                .hasMessageContaining("books.currency");
        assertThatThrownBy(() -> rows.bill(row("Currency", null))).hasMessageContaining("bill.currency");
        assertThat(rows.bill(row("Currency", "inr"))).containsKey("amount");
    }

    @Test
    void given_values_that_are_missing_when_read_then_the_message_names_the_line() {
        assertThatThrownBy(() -> rows.bill(row("Total", null))).hasMessageContaining("bill.total");
        assertThatThrownBy(() -> rows.bill(row("BillDatetime", "0001-01-01T00:00:00")))
                .hasMessageContaining("bill.date was never set");
        assertThatThrownBy(() -> rows.bill(row("BillDatetime", "yesterday")))
                .hasMessageContaining("bill.date is no time");
        assertThatThrownBy(() -> rows.bill(Map.of("ID", "b-1"))).hasMessageContaining("bill.modified");
    }

    @Test
    void given_no_tax_when_read_then_it_is_zero() {
        assertThat(rows.bill(row("Tax", null))).containsEntry("tax", new BigDecimal("0.00"));
    }

    @Test
    void given_a_guid_in_capitals_when_read_then_it_is_the_same_bill() {
        String guid = "0a1b2c3d-0000-4000-8000-00000000ABCD";

        assertThat(rows.bill(row("BillID", guid)).get("id"))
                .isEqualTo(rows.deletedBill(Map.of("BillID", guid.toLowerCase(), "ModifiedDatetime", ""))
                        .get("id"))
                .isEqualTo(rows.payment(payment("BillID", guid)).get("bill"));
    }

    @Test
    void given_a_payment_without_a_bill_when_read_then_it_is_an_advance() {
        assertThat(rows.payment(payment("Reference", null))).containsEntry("bill", null);
        assertThat(rows.payment(payment("BillID", "00000000-0000-0000-0000-000000000000")))
                .containsEntry("bill", null);
        assertThat(rows.payment(payment("BillID", 0))).containsEntry("bill", null);
        assertThat(rows.payment(payment("BillID", "b-1"))).containsEntry("bill", "b-1");
    }

    @Test
    void given_characters_that_xml_cannot_hold_when_read_then_they_are_blanks() {
        assertThat(rows.bill(row("BillNo", "B\u0000-\u000b1\ud83d\ude00\uffff<&>")))
                .containsEntry("number", "B - 1\ud83d\ude00 <&>");
    }

    @Test
    void given_a_page_when_read_then_it_is_sorted_and_versions_keep_their_order() {
        List<Map<String, Object>> read =
                rows.all(List.of(row("BillID", "b-2"), row("Total", 1), row("Total", 2)), rows::bill);

        assertThat(read).extracting(bill -> bill.get("id")).containsExactly("b-1", "b-1", "b-2");
        assertThat(read)
                .extracting(bill -> bill.get("amount"))
                .containsExactly(new BigDecimal("1.00"), new BigDecimal("2.00"), new BigDecimal("12.50"));
    }
}
