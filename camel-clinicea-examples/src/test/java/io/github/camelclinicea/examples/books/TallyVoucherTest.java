/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.examples.books.Voucher.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class TallyVoucherTest {
    private static Voucher voucher(String kind, String narration, Line... lines) {
        return new Voucher(
                1,
                "CL-2026-000001",
                "3f2c0000-0000-4000-8000-000000000001",
                kind,
                LocalDate.of(2026, 4, 1),
                narration,
                false,
                List.of(lines));
    }

    private static Line debit(String account, String amount) {
        return new Line(account, new BigDecimal(amount), BigDecimal.ZERO);
    }

    private static Line credit(String account, String amount) {
        return new Line(account, BigDecimal.ZERO, new BigDecimal(amount));
    }

    private static Element sent(Voucher voucher) throws Exception {
        return FakeTally.voucher(
                TallyVoucher.request(voucher, BooksDatabase.settings(Map.of("tally.company", "Smile & Sons <Pune>"))));
    }

    @Test
    void given_a_bill_when_written_then_it_is_an_import_of_a_journal() throws Exception {
        Voucher voucher = voucher("bill", "Bill B-1", debit("Patients", "118.00"), credit("Treatment", "118.00"));

        assertThat(TallyVoucher.request(voucher, BooksDatabase.settings(Map.of())))
                .isEqualTo("<ENVELOPE><HEADER><TALLYREQUEST>Import Data</TALLYREQUEST></HEADER><BODY><IMPORTDATA>"
                        + "<REQUESTDESC><REPORTNAME>Vouchers</REPORTNAME><STATICVARIABLES>"
                        + "<SVCURRENTCOMPANY>Clinic</SVCURRENTCOMPANY></STATICVARIABLES></REQUESTDESC>"
                        + "<REQUESTDATA><TALLYMESSAGE>"
                        + "<VOUCHER REMOTEID=\"3f2c0000-0000-4000-8000-000000000001\" VCHTYPE=\"Journal\""
                        + " ACTION=\"Create\"><DATE>20260401</DATE><VOUCHERTYPENAME>Journal</VOUCHERTYPENAME>"
                        + "<VOUCHERNUMBER>CL-2026-000001</VOUCHERNUMBER><REFERENCE>CL-2026-000001</REFERENCE>"
                        + "<NARRATION>Bill B-1</NARRATION><ALLLEDGERENTRIES.LIST><LEDGERNAME>Patients</LEDGERNAME>"
                        + "<ISDEEMEDPOSITIVE>Yes</ISDEEMEDPOSITIVE><AMOUNT>-118.00</AMOUNT></ALLLEDGERENTRIES.LIST>"
                        + "<ALLLEDGERENTRIES.LIST><LEDGERNAME>Treatment</LEDGERNAME>"
                        + "<ISDEEMEDPOSITIVE>No</ISDEEMEDPOSITIVE><AMOUNT>118.00</AMOUNT></ALLLEDGERENTRIES.LIST>"
                        + "</VOUCHER></TALLYMESSAGE></REQUESTDATA></IMPORTDATA></BODY></ENVELOPE>");
    }

    @Test
    void given_money_when_written_then_it_is_a_receipt_and_back_a_payment() throws Exception {
        assertThat(sent(voucher("payment", "", debit("Cash", "5"), credit("Patients", "5")))
                        .getAttribute("VCHTYPE"))
                .isEqualTo("Receipt");
        assertThat(sent(voucher("payment", "", credit("Cash", "5"), debit("Patients", "5")))
                        .getAttribute("VCHTYPE"))
                .isEqualTo("Payment");
    }

    @Test
    void given_text_with_the_characters_of_xml_when_written_then_it_arrives_as_it_is() throws Exception {
        String text = "</NARRATION> & \"R'\" é \ud83d\ude00 ]]>";

        Element sent = sent(voucher("bill", text, debit("A & B", "1"), credit("<C>", "1")));

        assertThat(FakeTally.text(sent, "NARRATION")).isEqualTo(text);
        assertThat(FakeTally.text(sent, "LEDGERNAME")).isEqualTo("A & B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<RESPONSE><CREATED>1</CREATED><ALTERED>0</ALTERED><ERRORS>0</ERRORS></RESPONSE>",
                "<RESPONSE><CREATED>0</CREATED><ALTERED>1</ALTERED><ERRORS>0</ERRORS><EXCEPTIONS>0</EXCEPTIONS></RESPONSE>",
                "<ENVELOPE><BODY><DATA><IMPORTRESULT><CREATED> 1 </CREATED><DESC>&#4;</DESC></IMPORTRESULT></DATA></BODY></ENVELOPE>"
            })
    void given_a_response_with_a_voucher_when_checked_then_it_is_taken(String response) {
        assertThatCode(() -> TallyVoucher.check(response)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<RESPONSE><CREATED>0</CREATED><ALTERED>0</ALTERED><ERRORS>0</ERRORS></RESPONSE>",
                "<RESPONSE><CREATED>0</CREATED><ALTERED>0</ALTERED><IGNORED>1</IGNORED></RESPONSE>",
                "<RESPONSE><CREATED>0</CREATED><ERRORS>1</ERRORS></RESPONSE>",
                "<RESPONSE><CREATED>1</CREATED><EXCEPTIONS>1</EXCEPTIONS></RESPONSE>",
                "<RESPONSE><CREATED>1</CREATED><LINEERROR>Ledger missing</LINEERROR></RESPONSE>"
            })
    void given_an_error_in_a_response_when_checked_then_the_voucher_is_refused(String response) {
        assertThatThrownBy(() -> TallyVoucher.check(response)).isInstanceOf(RefusedException.class);
    }

    @Test
    void given_an_error_of_a_line_when_checked_then_the_reason_has_it_and_the_message_does_not() {
        assertThatThrownBy(() -> TallyVoucher.check(
                        "<RESPONSE><LINEERROR>Ledger 'X' is missing</LINEERROR><CREATED>0</CREATED></RESPONSE>"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("Ledger 'X' is missing"))
                .hasMessageNotContaining("'X'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Tally is running",
                "<html><body>Welcome</body>",
                "<RESPONSE>Unknown Request, cannot be processed</RESPONSE>",
                "<RESPONSE><LINEERROR>Could not find Company</LINEERROR></RESPONSE>",
                "<RESPONSE><CREATED>one</CREATED></RESPONSE>",
                "<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><RESPONSE><CREATED>&e;</CREATED></RESPONSE>"
            })
    void given_a_response_that_does_not_say_what_became_of_it_when_checked_then_the_outcome_is_unknown(
            String response) {
        assertThatThrownBy(() -> TallyVoucher.check(response)).isInstanceOf(UnclearResponseException.class);
    }

    @Test
    void given_no_content_when_checked_then_the_outcome_is_unknown() {
        assertThatThrownBy(() -> TallyVoucher.check(null)).isInstanceOf(UnclearResponseException.class);
    }
}
