/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.assertj.core.data.Offset;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Runs the routes against the sandbox and sinks that fail in many ways. */
class BooksTest {
    private static final String SECRET_ID = "secret-content";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(1).appointments(0).bills(0));

    private final FakeTally tally = new FakeTally();
    private final FakeZoho zoho = new FakeZoho();
    private final Main main = new Main();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger rootLogger = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender = new AbstractAppender("books", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            logged.add(event.getMessage().getFormattedMessage() + event.getThrown());
        }
    };
    private JdbcTemplate jdbc;

    @BeforeEach
    void prepare() throws Exception {
        appender.start();
        rootLogger.addAppender(appender);
        String url = BooksDatabase.newUrl();
        jdbc = new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                getContext().getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
                    if (endpoint instanceof ScheduledPollEndpoint polled) {
                        polled.setInitialDelay(0);
                    }
                    return endpoint;
                });
            }
        });
        main.setPropertyPlaceholderLocations("classpath:books/application.properties");
        main.configure().addRoutesBuilder(new Books());
        set("books.jdbc-url", url);
        set("books.database-user", "postgres");
        set("camel.beans.dataSource.minimumIdle", "1");
        set("clinicea.api-key", clinicea.apiKey());
        set("clinicea.base-url", clinicea.baseUrl());
        set("books.currency", "XTS");
        set("books.poll-delay", "100");
        set("books.post-delay", "30");
        set("books.send-delay", "30");
        set("books.pause", "50");
        set("books.unknown-wait", "0");
        set("books.response-timeout", "1000");
        set("books.tally.url", tally.url());
        set("books.zoho.url", zoho.url());
        set("books.zoho.token", FakeZoho.TOKEN);
    }

    @AfterEach
    void stop() {
        main.stop();
        tally.close();
        zoho.close();
        rootLogger.removeAppender(appender);
        appender.stop();
        assertThat(String.join("\n", logged)).doesNotContain(SECRET_ID, clinicea.apiKey(), FakeZoho.TOKEN);
    }

    private void set(String name, String value) {
        main.addOverrideProperty(name, value);
    }

    private Clinic clinic() {
        return clinicea.clinic();
    }

    private Map<String, Object> bill(String id, String total) {
        return Map.of("BillID", id, "Total", new BigDecimal(total), "BillNo", SECRET_ID, "BillDatetime", "2026-04-01");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private void awaitSent(int vouchers) {
        soon().untilAsserted(() -> assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM books_outbox WHERE state = 'CONFIRMED'", Integer.class))
                .isEqualTo(vouchers));
    }

    /** Responds to the first requests only. */
    private static Function<Request, ResponseDefinition> first(int requests, ResponseDefinition response) {
        AtomicInteger left = new AtomicInteger(requests);
        return request -> left.getAndDecrement() > 0 ? response : null;
    }

    private static ResponseDefinition reset() {
        return ResponseDefinitionBuilder.responseDefinition()
                .withFault(Fault.CONNECTION_RESET_BY_PEER)
                .build();
    }

    @Test
    void given_bills_and_payments_when_they_come_then_tally_gets_vouchers_with_both_sides() throws Exception {
        clinic().add("payments", Map.of("BillID", "b-1", "Amount", 20, "PaymentMode", "Cash", "IsCancelled", false));
        clinic().add("payments", Map.of("Amount", 5, "PaymentMode", "Card", "IsCancelled", false));
        main.start();
        awaitSent(2);
        clinic().add("bills", bill("b-1", "100.10"));
        awaitSent(3);
        clinic().change("bills", "b-1", Map.of("Total", new BigDecimal("90.10")));
        awaitSent(5);

        assertThat(tally.balances())
                .isEqualTo(Map.of(
                        "Patients", new BigDecimal("70.10"),
                        "Treatment", new BigDecimal("-90.10"),
                        "Cash", new BigDecimal("20.00"),
                        "Bank", new BigDecimal("5.00"),
                        "Advances of patients", new BigDecimal("-5.00")));
    }

    @Test
    void given_a_row_that_cannot_be_posted_when_it_comes_then_it_is_held_and_the_others_are_posted() throws Exception {
        clinic().add("bills", bill("b-1", "10"));
        clinic().add("bills", Map.of("BillID", "b-2", "Total", 10, "Currency", "AED", "BillNo", SECRET_ID));
        clinic().add("bills", Map.of("BillID", "b-3", "Total", "ten " + SECRET_ID));
        clinic().add("bills", bill("b-4", "10"));
        main.start();
        awaitSent(2);
        soon().untilAsserted(() -> assertThat(String.join("\n", logged))
                .contains("bill.currency is not XTS")
                .contains("bill.total is not a number"));

        clinic().change("bills", "b-2", Map.of("Currency", "XTS"));
        awaitSent(3);
    }

    @Test
    void given_an_error_in_a_200_when_sent_then_the_voucher_waits_and_others_do_not() throws Exception {
        tally.before(request -> request.getBodyAsString().contains("<AMOUNT>13.00<")
                ? Sink.response(200, FakeTally.result(0, 0, 1, "<LINEERROR>Ledger is missing</LINEERROR>"))
                : null);
        clinic().add("bills", bill("b-13", "13"));
        main.start();
        soon().until(() -> jdbc.queryForList("SELECT reason FROM books_refused", String.class)
                .equals(List.of("Ledger is missing")));
        clinic().delete("bills", "b-13");
        clinic().add("bills", bill("b-14", "14"));
        awaitSent(1);
        soon().until(() -> jdbc.queryForObject("SELECT COUNT(*) FROM books_waiting", Integer.class) == 1);

        tally.before(request -> null);
        jdbc.update("UPDATE books_outbox SET state = 'WAITING', failures = 0 WHERE state = 'REFUSED'");
        awaitSent(3);
        assertThat(tally.balances()).containsEntry("Patients", new BigDecimal("14.00"));
    }

    @Test
    void given_a_lost_response_when_sent_again_then_tally_has_the_voucher_once() throws Exception {
        tally.after(first(2, reset()));
        clinic().add("bills", bill("b-1", "10"));
        main.start();
        awaitSent(1);

        assertThat(tally.taken()).hasSize(1);
        assertThat(tally.requests()).hasSize(3);
    }

    @Test
    void given_a_response_that_does_not_come_when_sent_then_it_is_sent_again() throws Exception {
        tally.after(first(
                1,
                ResponseDefinitionBuilder.responseDefinition()
                        .withStatus(200)
                        .withFixedDelay(5000)
                        .build()));
        clinic().add("bills", bill("b-1", "10"));
        main.start();
        awaitSent(1);

        assertThat(tally.taken()).hasSize(1);
    }

    @Test
    void given_lost_responses_of_zoho_when_sent_again_then_the_number_is_searched_first() throws Exception {
        set("books.sink", "zoho");
        zoho.after(first(1, reset()));
        AtomicInteger searches = new AtomicInteger();
        // The search fails once: that proves nothing about the create.
        zoho.before(request -> request.getMethod().equals(RequestMethod.GET) && searches.getAndIncrement() == 0
                ? ResponseDefinitionBuilder.responseDefinition()
                        .withStatus(429)
                        .withHeader("Retry-After", "0")
                        .build()
                : null);
        clinic().add("bills", bill("b-1", "10"));
        main.start();
        awaitSent(1);

        assertThat(zoho.taken()).extracting(Sink.Taken::number).containsExactly("CL-2026-000001");
        assertThat(zoho.requests())
                .extracting(request -> request.getMethod().getName())
                .containsExactly("POST", "GET", "GET");
    }

    @Test
    void given_a_request_that_never_arrived_when_searched_then_it_is_created() throws Exception {
        set("books.sink", "zoho");
        zoho.before(first(1, reset()));
        clinic().add("bills", bill("b-1", "10"));
        main.start();
        awaitSent(1);

        assertThat(zoho.requests())
                .extracting(request -> request.getMethod().getName())
                .containsExactly("POST", "GET", "POST");
        assertThat(zoho.taken()).hasSize(1);
        assertThat(zoho.taken().get(0).key())
                .isEqualTo(jdbc.queryForObject("SELECT uid::TEXT FROM books_voucher", String.class));
    }

    @Test
    void given_a_response_with_an_unknown_charset_when_sent_then_the_voucher_is_set_aside_and_others_go_on()
            throws Exception {
        set("books.attempts", "2");
        tally.after(request -> request.getBodyAsString().contains("<AMOUNT>13.00<")
                ? ResponseDefinitionBuilder.responseDefinition()
                        .withStatus(200)
                        .withHeader("Content-Type", "text/xml; charset=no-such-charset")
                        .withBody("<RESPONSE/>")
                        .build()
                : null);
        clinic().add("bills", bill("b-13", "13"));
        main.start();
        soon().until(() -> jdbc.queryForObject("SELECT COUNT(*) FROM books_refused", Integer.class) == 1);
        clinic().add("bills", bill("b-14", "14"));
        awaitSent(1);
    }

    @Test
    void given_a_refusal_that_postgresql_cannot_hold_when_sent_then_the_voucher_waits_and_others_do_not()
            throws Exception {
        tally.before(request ->
                request.getBodyAsString().contains("<AMOUNT>13.00<") ? Sink.response(400, "no\0such account") : null);
        clinic().add("bills", bill("b-13", "13"));
        main.start();
        soon().until(() -> jdbc.queryForList("SELECT reason FROM books_refused", String.class)
                .equals(List.of("400 no such account")));
        clinic().add("bills", bill("b-14", "14"));
        awaitSent(1);
    }

    @Test
    void given_an_id_that_postgresql_cannot_hold_when_the_row_comes_then_it_is_held_and_not_quoted() throws Exception {
        clinic().add("bills", bill("b\0", "13"));
        main.start();
        clinic().add("bills", bill("b-14", "14"));
        awaitSent(1);
        soon().untilAsserted(() -> assertThat(String.join("\n", logged)).contains("0x00"));
    }

    @Test
    void given_a_key_with_signs_of_a_query_when_started_then_the_rows_come() throws Exception {
        try (CliniceaSandbox other =
                CliniceaSandbox.builder().apiKey("a+b&c%d=e").bills(2).start()) {
            set("clinicea.base-url", other.baseUrl());
            set("clinicea.api-key", other.apiKey());
            set("books.sink", "none");
            main.start();
            soon().until(() -> jdbc.queryForObject("SELECT COUNT(*) FROM books_voucher", Integer.class) > 0);
        }
    }

    @Test
    void given_zoho_is_busy_or_down_when_sent_then_each_journal_is_created_once_without_own_retries_of_the_client()
            throws Exception {
        set("books.sink", "zoho");
        AtomicInteger requests = new AtomicInteger();
        zoho.before(request -> switch (requests.incrementAndGet()) {
            case 1 ->
                ResponseDefinitionBuilder.responseDefinition()
                        .withStatus(429)
                        .withHeader("Retry-After", "1")
                        .build();
            case 2 -> Sink.response(503, "");
            default -> null;
        });
        clinic().add("bills", bill("b-1", "10"));
        long start = System.nanoTime();
        main.start();
        awaitSent(1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(zoho.requests())
                .extracting(request -> request.getMethod().getName())
                .containsExactly("POST", "POST", "GET", "POST");
        assertThat(zoho.taken()).hasSize(1);
    }

    @Test
    void given_nothing_new_when_polled_then_a_poll_of_each_feed_costs_one_request() throws Exception {
        try (CliniceaSandbox quiet = CliniceaSandbox.builder().bills(20).start()) {
            set("clinicea.base-url", quiet.baseUrl());
            set("clinicea.api-key", quiet.apiKey());
            set("books.sink", "none");
            main.start();
            List<CliniceaConsumer> feeds = Stream.of("bills", "deletedBills", "payments")
                    .map(route -> (CliniceaConsumer)
                            main.getCamelContext().getRoute(route).getConsumer())
                    .toList();
            soon().until(() -> feeds.stream().allMatch(feed -> feed.getCleanPolls() >= 4));
            feeds.forEach(CliniceaConsumer::suspend);
            long polls = polls(feeds);
            long requests = quiet.requests();
            feeds.forEach(CliniceaConsumer::resume);
            soon().until(() -> polls(feeds) >= polls + 30);
            feeds.forEach(CliniceaConsumer::suspend);

            // A poll may be on its way at each of the two moments.
            assertThat(quiet.requests() - requests).isCloseTo(polls(feeds) - polls, Offset.offset(6L));
        }
    }

    private static long polls(List<CliniceaConsumer> feeds) {
        return feeds.stream().mapToLong(CliniceaConsumer::getCleanPolls).sum();
    }
}
