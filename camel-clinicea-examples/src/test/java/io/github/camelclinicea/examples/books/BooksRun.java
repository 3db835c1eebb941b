/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.examples.process.ApplicationProcess;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs the application as processes of its own against a clinic that changes, and kills them. */
final class BooksRun implements AutoCloseable {
    /** So few that the application sees most changes before the next ones. */
    private static final int CHANGES_A_REQUEST = 5;

    private final CliniceaSandbox sandbox =
            CliniceaSandbox.builder().patients(3).appointments(0).bills(20).start();
    private final EmbeddedPostgres postgres;
    private final JdbcTemplate jdbc;
    private final Path output;
    private final Sink sink;
    private final String sinkName;
    private final List<ApplicationProcess> nodes = new ArrayList<>();

    BooksRun(Path output, Sink sink, String sinkName) throws IOException {
        this.postgres = EmbeddedPostgres.start();
        this.jdbc = new JdbcTemplate(postgres.getPostgresDatabase());
        this.output = output;
        this.sink = sink;
        this.sinkName = sinkName;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    void startNode() throws IOException {
        Map<String, Object> properties = new HashMap<>();
        properties.put("clinicea.base-url", sandbox.baseUrl());
        properties.put("clinicea.api-key", sandbox.apiKey());
        properties.put("books.jdbc-url", postgres.getJdbcUrl("postgres", "postgres"));
        properties.put("books.database-user", "postgres");
        properties.put("books.currency", "XTS");
        properties.put("books.poll-delay", 200);
        properties.put("books.post-delay", 50);
        properties.put("books.send-delay", 50);
        properties.put("books.pause", 100);
        properties.put("books.unknown-wait", 300);
        properties.put("books.sink", sinkName);
        properties.put("books.tally.url", sink.url());
        properties.put("books.zoho.url", sink.url());
        properties.put("books.zoho.token", FakeZoho.TOKEN);
        nodes.add(ApplicationProcess.start(BooksApplication.class, output, properties));
    }

    /** Makes changes while the application runs, and kills all its nodes now and then, in the middle of their work. */
    void changeAndKill(int changes, int kills, int nodesAtOnce, long seed) throws IOException {
        RandomChanges random = new RandomChanges(sandbox.clinic(), seed);
        SplittableRandom moments = new SplittableRandom(seed);
        for (int round = 0; round <= kills; round++) {
            for (int node = 0; node < nodesAtOnce; node++) {
                startNode();
            }
            long sent = confirmed();
            for (int change = 0; change < changes / (kills + 1); change++) {
                if (change % CHANGES_A_REQUEST == 0) {
                    long requests = sandbox.requests();
                    await().atMost(Duration.ofMinutes(2)).until(() -> sandbox.requests() > requests);
                }
                random.one();
            }
            if (round < kills) {
                // In the middle of its work: there is more to send than that.
                long atLeast = sent + moments.nextInt(1, 20);
                await().atMost(Duration.ofMinutes(2)).until(() -> confirmed() >= atLeast);
                nodes.forEach(ApplicationProcess::kill);
                nodes.clear();
            }
        }
    }

    private long confirmed() {
        return jdbc.queryForObject("SELECT to_regclass('books_outbox')", Object.class) == null
                ? 0
                : count("books_outbox WHERE state = 'CONFIRMED'");
    }

    private long count(String rows) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Long.class);
    }

    /** Waits until all is sent, and checks that clinic, ledger and sink agree. */
    void assertBooksAgree(Duration patience) {
        await().atMost(patience).untilAsserted(() -> {
            assertThat(nodes).allMatch(ApplicationProcess::isAlive);
            assertThat(agreement("clinic")).as("staged").isEqualTo(clinicSums());
            assertThat(count("books_document WHERE unposted")).isZero();
            assertThat(count("books_waiting")).isZero();
        });
        assertThat(count("books_refused")).isZero();
        assertThat(agreement("ledger")).isEqualTo(clinicSums());
        assertThat(agreement("confirmed")).isEqualTo(clinicSums());
        assertNumbersHaveNoGap();
        List<String> numbers = jdbc.queryForList("SELECT number FROM books_voucher ORDER BY entry", String.class);
        assertThat(sink.taken())
                .as("each voucher once, in the order of the numbers")
                .extracting(Sink.Taken::number)
                .containsExactlyElementsOf(numbers);
        Map<String, BigDecimal> ledger = new HashMap<>();
        jdbc.query("SELECT account, SUM(debit-credit) FROM books_line GROUP BY account", row -> {
            ledger.put(row.getString(1), row.getBigDecimal(2));
        });
        assertThat(sink.balances()).isEqualTo(ledger);
    }

    private void assertNumbersHaveNoGap() {
        long vouchers = count("books_voucher");
        assertThat(vouchers).isPositive();
        assertThat(jdbc.queryForObject("SELECT MAX(entry) FROM books_voucher", Long.class))
                .isEqualTo(vouchers);
        assertThat(jdbc.queryForList("SELECT left(number, 7), MAX(right(number, 6)::INT), COUNT(*) FROM books_voucher"
                        + " GROUP BY 1 HAVING MAX(right(number, 6)::INT) <> COUNT(*)"))
                .as("series with a gap")
                .isEmpty();
    }

    private Map<String, BigDecimal> agreement(String column) {
        Map<String, BigDecimal> sums = new HashMap<>();
        jdbc.query("SELECT kind, " + column + " FROM books_agreement", row -> {
            sums.put(row.getString(1), row.getBigDecimal(2).setScale(2));
        });
        return sums;
    }

    /** Returns the sums of what the clinic has, computed without the application. */
    private Map<String, BigDecimal> clinicSums() {
        Clinic clinic = sandbox.clinic();
        return Map.of(
                "bill", sum(clinic.rows("bills"), "Total"),
                "payment",
                        sum(
                                clinic.rows("payments").stream()
                                        .filter(payment -> !isTrue(payment.get("IsCancelled")))
                                        .toList(),
                                "Amount"));
    }

    private static boolean isTrue(Object flag) {
        return flag.equals(true) || flag.equals(1);
    }

    private static BigDecimal sum(List<Map<String, Object>> rows, String field) {
        return rows.stream()
                .map(row -> new BigDecimal(row.get(field).toString()))
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    String output() {
        return nodes.get(0).output();
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(ApplicationProcess::close);
        sandbox.close();
        postgres.close();
    }
}
