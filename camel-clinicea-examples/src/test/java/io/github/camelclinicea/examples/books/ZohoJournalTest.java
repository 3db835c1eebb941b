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

class ZohoJournalTest {
    private static final Voucher VOUCHER = new Voucher(
            1,
            "CL-2026-000001",
            "3f2c0000-0000-4000-8000-000000000001",
            "bill",
            LocalDate.of(2026, 4, 1),
            "Bill \"1\"",
            true,
            List.of(
                    new Line("460001", new BigDecimal("1E+2").setScale(2), BigDecimal.ZERO),
                    new Line("460002", BigDecimal.ZERO, new BigDecimal("100.00"))));

    @Test
    void given_a_voucher_when_written_then_it_is_a_journal() throws Exception {
        assertThat(ZohoJournal.request(VOUCHER))
                .isEqualTo("{\"journal_date\":\"2026-04-01\",\"reference_number\":\"CL-2026-000001\","
                        + "\"notes\":\"Bill \\\"1\\\"\",\"status\":\"published\",\"line_items\":["
                        + "{\"account_id\":\"460001\",\"debit_or_credit\":\"debit\",\"amount\":100.00},"
                        + "{\"account_id\":\"460002\",\"debit_or_credit\":\"credit\",\"amount\":100.00}]}");
    }

    @Test
    void given_an_organization_when_searched_then_the_query_is_encoded() throws Exception {
        assertThat(ZohoJournal.query(VOUCHER, BooksDatabase.settings(Map.of("zoho.organization", "1&x=2"))))
                .isEqualTo("organization_id=1%26x%3D2&reference_number=CL-2026-000001");
    }

    @Test
    void given_a_created_journal_when_checked_then_it_is_taken() {
        assertThatCode(() -> ZohoJournal.check("{\"code\":0,\"journal\":{\"journal_id\":\"1\"}}"))
                .doesNotThrowAnyException();
    }

    @Test
    void given_a_code_other_than_0_when_checked_then_it_is_refused() {
        assertThatThrownBy(() -> ZohoJournal.check("{\"code\":13011,\"message\":\"no account\"}"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("no account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"code\":0}", "{\"code\":0,\"journal\":{}}", "{}", "{\"error\":1}"})
    void given_a_response_without_a_journal_when_checked_then_the_outcome_is_unknown(String response) {
        assertThatThrownBy(() -> ZohoJournal.check(response)).isInstanceOf(UnclearResponseException.class);
    }

    @Test
    void given_a_list_when_searched_then_only_the_same_number_counts() throws Exception {
        assertThat(ZohoJournal.isListed(
                        VOUCHER,
                        "{\"code\":0,\"journals\":[{\"reference_number\":\"CL-2026-0000011\",\"total\":100}]}"))
                .isFalse();
        assertThat(ZohoJournal.isListed(
                        VOUCHER, "{\"code\":0,\"journals\":[{\"reference_number\":\"CL-2026-000001\",\"total\":100}]}"))
                .isTrue();
    }

    @Test
    void given_another_journal_with_the_number_when_searched_then_the_voucher_is_refused() {
        assertThatThrownBy(() -> ZohoJournal.isListed(
                        VOUCHER, "{\"code\":0,\"journals\":[{\"reference_number\":\"CL-2026-000001\",\"total\":99}]}"))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":57}",
                "{\"code\":0}",
                "{\"code\":0,\"journals\":[],\"page_context\":{\"has_more_page\":true}}"
            })
    void given_a_list_that_proves_nothing_when_searched_then_the_outcome_stays_unknown(String response) {
        assertThatThrownBy(() -> ZohoJournal.isListed(VOUCHER, response)).isInstanceOf(UnclearResponseException.class);
    }
}
