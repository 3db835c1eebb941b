/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
    private static final int ATTEMPTS = 3;

    private BooksDatabase books;
    private Ledger ledger;
    private Outbox outbox;

    @BeforeEach
    void create() throws Exception {
        books = new BooksDatabase();
        BooksTables.create(books.dataSource);
        ledger = new Ledger(books.dataSource, BooksDatabase.settings(Map.of()));
        outbox = new Outbox(books.dataSource, ATTEMPTS, 60_000, 0);
    }

    @AfterEach
    void close() {
        books.close();
    }

    private void bill(String id, int amount) {
        Map<String, Object> bill = new HashMap<>();
        bill.put("id", id);
        bill.put("number", id);
        bill.put("party", "p");
        bill.put("dated", LocalDate.of(2026, 4, 1));
        bill.put("amount", BigDecimal.valueOf(amount));
        bill.put("tax", BigDecimal.ZERO);
        bill.put("cancelled", false);
        bill.put("stamp", null);
        bill.put("stampExact", false);
        books.stage("stage-bill", bill);
        books.post(ledger);
    }

    /** Sends the next voucher in a transaction as the route does, and returns its number; null if none is due. */
    private String send(Function<Voucher, Exception> sink) {
        return books.transaction.execute(status -> {
            Voucher voucher = outbox.next();
            if (voucher == null) {
                return null;
            }
            Exception failure = sink.apply(voucher);
            if (failure == null) {
                outbox.confirmed(voucher);
            } else if (failure instanceof RefusedException) {
                outbox.refused(voucher, failure);
            } else {
                outbox.failed(voucher, failure);
            }
            return voucher.number();
        });
    }

    private String confirm() {
        return send(voucher -> null);
    }

    private static HttpOperationFailedException response(int code, Map<String, String> headers) {
        return new HttpOperationFailedException("http://sink.invalid", code, "", null, headers, "the body");
    }

    private Duration pause() {
        return Duration.ofMillis(books.jdbc.queryForObject(
                "SELECT GREATEST(0, EXTRACT(EPOCH FROM paused_until-clock_timestamp()) * 1000)::BIGINT"
                        + " FROM books_sink WHERE paused_until > '-infinity'",
                Long.class));
    }

    private void resume() {
        books.jdbc.update("UPDATE books_sink SET paused_until = now()");
    }

    @Test
    void given_vouchers_when_sent_then_in_the_order_of_their_numbers() {
        bill("b", 1);
        bill("a", 1);
        bill("b", 2);

        assertThat(List.of(confirm(), confirm(), confirm(), confirm()))
                .containsExactly("CL-2026-000001", "CL-2026-000002", "CL-2026-000003", "CL-2026-000004");
        assertThat(confirm()).isNull();
    }

    @Test
    void given_a_refusal_without_a_reason_when_recorded_then_the_voucher_waits() {
        bill("a", 1);
        send(voucher -> new RefusedException(null));

        assertThat(books.jdbc.queryForList("SELECT reason FROM books_refused", String.class))
                .containsExactly("no reason was given");
    }

    @Test
    void given_a_refused_voucher_when_others_are_sent_then_only_its_own_bill_waits() {
        bill("a", 1);
        bill("a", 2);
        bill("b", 1);
        send(voucher -> new RefusedException("no such account"));

        assertThat(confirm()).isEqualTo("CL-2026-000004");
        assertThat(confirm()).isNull();
        assertThat(books.jdbc.queryForList("SELECT number, reason FROM books_refused"))
                .containsExactly(Map.of("number", "CL-2026-000001", "reason", "no such account"));
        assertThat(books.jdbc.queryForList("SELECT behind FROM books_waiting", String.class))
                .containsExactly("CL-2026-000001", "CL-2026-000001");

        books.jdbc.update("UPDATE books_outbox SET state = 'WAITING', failures = 0 WHERE state = 'REFUSED'");
        assertThat(List.of(confirm(), confirm(), confirm()))
                .containsExactly("CL-2026-000001", "CL-2026-000002", "CL-2026-000003");
    }

    @Test
    void given_an_account_with_another_name_in_the_sink_when_sent_again_then_it_has_that_name() {
        bill("a", 1);
        send(voucher -> new RefusedException("there is no account Treatment"));
        books.jdbc.update("INSERT INTO books_account VALUES ('Treatment', '460002')");
        books.jdbc.update("UPDATE books_outbox SET state = 'WAITING', failures = 0 WHERE state = 'REFUSED'");

        send(voucher -> {
            assertThat(voucher.lines()).extracting(Voucher.Line::account).containsExactly("Patients", "460002");
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void given_a_refusal_by_code_when_sent_then_the_voucher_waits_and_the_others_go_on(int code) {
        bill("a", 1);
        bill("b", 1);
        send(voucher -> response(code, Map.of()));

        assertThat(confirm()).isEqualTo("CL-2026-000002");
        assertThat(books.jdbc.queryForObject("SELECT reason FROM books_refused", String.class))
                .isEqualTo(code + " the body");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 503})
    void given_a_failure_of_the_sink_when_sent_then_nothing_is_sent_for_a_while(int code) {
        bill("a", 1);
        send(voucher -> response(code, Map.of()));

        assertThat(confirm()).isNull();
        assertThat(pause()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));

        resume();
        assertThat(confirm()).isEqualTo("CL-2026-000001");
    }

    @Test
    void given_retry_after_when_sent_then_it_decides() {
        bill("a", 1);
        send(voucher -> response(429, Map.of("retry-after", "7")));
        assertThat(pause()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));

        resume();
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC));
        send(voucher -> response(503, Map.of("Retry-After", date)));
        assertThat(pause()).isBetween(Duration.ofSeconds(580), Duration.ofSeconds(600));

        resume();
        send(voucher -> response(429, Map.of("Retry-After", "999999999")));
        assertThat(pause()).isBetween(Duration.ofHours(23), Duration.ofHours(24));

        resume();
        send(voucher -> response(429, Map.of("Retry-After", "soon")));
        assertThat(pause()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void given_a_crash_while_sending_when_sent_again_then_the_outcome_is_known_to_be_unknown() {
        bill("a", 1);
        books.transaction.executeWithoutResult(status -> {
            assertThat(outbox.next().outcomeUnknown()).isFalse();
            status.setRollbackOnly();
        });

        send(voucher -> {
            assertThat(voucher.outcomeUnknown()).isTrue();
            return response(429, Map.of("Retry-After", "0"));
        });
        send(voucher -> {
            assertThat(voucher.outcomeUnknown())
                    .as("that a search was not carried out proves nothing about the create")
                    .isTrue();
            return null;
        });
    }

    @Test
    void given_a_request_that_may_be_on_its_way_when_sent_again_then_it_is_waited_for() {
        bill("a", 1);
        outbox = new Outbox(books.dataSource, ATTEMPTS, 0, 600_000);
        send(voucher -> new IOException("the connection was reset"));
        assertThat(confirm()).isNull();

        books.jdbc.update("UPDATE books_outbox SET sent = sent-INTERVAL '10 minutes'");
        assertThat(confirm()).isEqualTo("CL-2026-000001");
    }

    @Test
    void given_a_request_that_was_certainly_not_carried_out_when_sent_again_then_it_is_not_searched() {
        bill("a", 1);
        send(voucher -> response(429, Map.of("Retry-After", "0")));
        send(voucher -> {
            assertThat(voucher.outcomeUnknown()).isFalse();
            return null;
        });
    }

    @Test
    void given_a_voucher_whose_responses_stay_useless_when_sent_then_it_is_set_aside_with_its_outcome_unknown() {
        bill("a", 1);
        bill("b", 1);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            send(voucher -> response(500, Map.of()));
            resume();
        }
        assertThat(confirm()).isEqualTo("CL-2026-000002");

        books.jdbc.update("UPDATE books_outbox SET state = 'WAITING', failures = 0 WHERE state = 'REFUSED'");
        send(voucher -> {
            assertThat(voucher.outcomeUnknown()).isTrue();
            return null;
        });
    }

    @Test
    void given_a_sink_that_is_down_when_sent_then_no_voucher_is_ever_set_aside() {
        bill("a", 1);
        for (int attempt = 0; attempt <= ATTEMPTS; attempt++) {
            send(voucher -> new IOException("connection refused"));
            resume();
        }

        assertThat(confirm()).isEqualTo("CL-2026-000001");
    }

    @Test
    void given_a_node_that_is_sending_when_another_one_asks_then_it_gets_none() {
        bill("a", 1);
        books.transaction.executeWithoutResult(status -> {
            assertThat(outbox.next()).isNotNull();
            assertThat(CompletableFuture.supplyAsync(() -> send(voucher -> null))
                            .join())
                    .isNull();
        });
    }
}
