/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import io.github.camelclinicea.examples.books.Voucher.Line;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.TypeConversionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records what becomes of each voucher at the sink. All times are those of the database, so that the clocks of nodes may
 * differ.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** The codes of a response that refuses this request only, so that others may be sent. */
    private static final Set<Integer> REFUSALS = Set.of(400, 409, 413, 422);

    /** The codes of a response that says that the request was not carried out. */
    private static final Set<Integer> NOT_CARRIED_OUT = Set.of(400, 401, 403, 404, 405, 413, 422, 429);

    private static final long LONGEST_PAUSE = Duration.ofDays(1).toMillis();
    private static final int LONGEST_REASON = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate atOnce;
    private final int attempts;
    private final long pauseMillis;
    private final long unknownMillis;

    /**
     * Creates the outbox.
     *
     * @param attempts after how many responses like 500 a voucher is set aside
     * @param pauseMillis how long nothing is sent after a failure that is not the voucher's
     * @param unknownMillis how long a request whose outcome is unknown may still be on its way
     */
    Outbox(DataSource dataSource, int attempts, long pauseMillis, long unknownMillis) {
        this.attempts = attempts;
        this.jdbc = new JdbcTemplate(dataSource);
        this.pauseMillis = pauseMillis;
        this.unknownMillis = unknownMillis;
        atOnce = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Returns the first voucher that is due, and locks the sink until the caller's transaction ends. That it is about to be
     * sent is committed at once: after a crash, its outcome is unknown.
     *
     * @return null if none is due, another node is sending, or a request may still be on its way
     */
    Voucher next() {
        if (jdbc.queryForList("SELECT 1 FROM books_sink FOR UPDATE SKIP LOCKED").isEmpty()) {
            return null;
        }
        List<Map<String, Object>> first = jdbc.queryForList(
                "SELECT entry, sent IS NOT NULL AS sent,"
                        + " COALESCE(sent > now() - ? * INTERVAL '1 millisecond', FALSE) AS on_its_way"
                        + " FROM books_due JOIN books_outbox USING (entry) ORDER BY entry LIMIT 1",
                unknownMillis);
        if (first.isEmpty() || (boolean) first.get(0).get("on_its_way")) {
            return null;
        }
        long entry = (long) first.get(0).get("entry");
        atOnce.executeWithoutResult(status -> jdbc.update(
                "UPDATE books_outbox SET sent = clock_timestamp(), attempts = attempts + 1, changed = now()"
                        + " WHERE entry = ?",
                entry));
        return voucher(entry, (boolean) first.get(0).get("sent"));
    }

    private Voucher voucher(long entry, boolean outcomeUnknown) {
        List<Line> lines = jdbc.query(
                "SELECT COALESCE(name_in_sink, account), debit, credit"
                        + " FROM books_line LEFT JOIN books_account USING (account) WHERE entry = ? ORDER BY line",
                (row, number) -> new Line(row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3)),
                entry);
        return jdbc.queryForObject(
                "SELECT * FROM books_voucher WHERE entry = ?",
                (row, number) -> new Voucher(
                        entry,
                        row.getString("number"),
                        row.getString("uid"),
                        row.getString("kind"),
                        row.getObject("dated", LocalDate.class),
                        row.getString("narration"),
                        outcomeUnknown,
                        lines),
                entry);
    }

    void confirmed(Voucher voucher) {
        close(voucher, "CONFIRMED", null);
    }

    /** Records that the voucher waits for an operator, because the sink does not take it. */
    void refused(Voucher voucher, Exception failure) {
        noteIfNotTaken(voucher, failure);
        String reason = failure instanceof RefusedException refused ? refused.reason() : responseOf(failure);
        LOG.error("The sink has refused {}; the reason is in the view books_refused", voucher);
        String printable = StagedRows.printable(Objects.requireNonNullElse(reason, "no reason was given"));
        close(voucher, "REFUSED", printable.substring(0, Math.min(printable.length(), LONGEST_REASON)));
    }

    /**
     * Records a refusal by a response's code, or stops all sending for a while: the next voucher would fail, too. A voucher
     * whose responses stay useless is set aside like a refused one, so that it does not stop the others for ever.
     */
    void failed(Voucher voucher, Exception failure) {
        boolean isRefused =
                failure instanceof HttpOperationFailedException response && REFUSALS.contains(response.getStatusCode());
        if (isRefused || isAboutVoucher(failure) && countFailure(voucher) >= attempts) {
            refused(voucher, failure);
            return;
        }
        noteIfNotTaken(voucher, failure);
        if (failure instanceof HttpOperationFailedException response) {
            pause(voucher, "the response had the code " + response.getStatusCode(), retryAfter(response));
        } else {
            pause(voucher, "no usable response: " + failure.getClass().getSimpleName(), pauseMillis);
        }
    }

    /** Returns whether the sink has responded in a way that may be due to this voucher, such as by the code 500. */
    private static boolean isAboutVoucher(Exception failure) {
        return failure instanceof UnclearResponseException
                || failure instanceof TypeConversionException
                || failure instanceof HttpOperationFailedException response
                        && response.getStatusCode() >= 500
                        && response.getStatusCode() != 503;
    }

    /**
     * Records if the sink has certainly not taken the voucher, so that it need not be searched. That this request was not
     * carried out proves nothing about an earlier one whose outcome is unknown.
     */
    private void noteIfNotTaken(Voucher voucher, Exception failure) {
        boolean notCarriedOut = failure instanceof RefusedException
                || failure instanceof HttpOperationFailedException response
                        && NOT_CARRIED_OUT.contains(response.getStatusCode());
        if (notCarriedOut && !voucher.outcomeUnknown()) {
            jdbc.update("UPDATE books_outbox SET sent = NULL WHERE entry = ?", voucher.entry());
        }
    }

    private int countFailure(Voucher voucher) {
        return jdbc.queryForObject(
                "UPDATE books_outbox SET failures = failures + 1 WHERE entry = ? RETURNING failures",
                Integer.class,
                voucher.entry());
    }

    private void pause(Voucher voucher, String reason, long millis) {
        LOG.warn("{} was not confirmed, {}. Nothing is sent for {} s", voucher, reason, millis / 1000);
        jdbc.update(
                "UPDATE books_sink SET paused_until = clock_timestamp() + ? * INTERVAL '1 millisecond', reason = ?",
                millis,
                reason);
    }

    private void close(Voucher voucher, String state, String reason) {
        jdbc.update(
                "UPDATE books_outbox SET state = ?, reason = ?, changed = now() WHERE entry = ?",
                state,
                reason,
                voucher.entry());
        jdbc.update("UPDATE books_sink SET reason = NULL WHERE reason IS NOT NULL");
    }

    private long retryAfter(HttpOperationFailedException response) {
        String seconds = response.getResponseHeaders() == null
                ? null
                : response.getResponseHeaders().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
        return seconds == null ? pauseMillis : millis(seconds.strip());
    }

    /** Returns the milliseconds of a header Retry-After: seconds, or a date of HTTP. */
    private long millis(String retryAfter) {
        try {
            long millis = retryAfter.matches("[0-9]{1,9}")
                    ? Long.parseLong(retryAfter) * 1000
                    : Duration.between(
                                    Instant.now(),
                                    ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .toMillis();
            return Math.min(Math.max(millis, 0), LONGEST_PAUSE);
        } catch (DateTimeException e) {
            return pauseMillis;
        }
    }

    private static String responseOf(Exception failure) {
        return failure instanceof HttpOperationFailedException response
                ? response.getStatusCode() + " " + response.getResponseBody()
                : failure.getMessage();
    }
}
