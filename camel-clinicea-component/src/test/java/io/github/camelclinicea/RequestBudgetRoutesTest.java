/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.Warnings;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Tests budgets of requests over a real server, which counts. */
class RequestBudgetRoutesTest {
    private static final String GET = "/api/v3/patients/getPatientByID";

    private final StubClinicea clinicea = new StubClinicea();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final List<String> rows = new CopyOnWriteArrayList<>();
    private final HikariDataSource dataSource = new HikariDataSource();
    private DefaultCamelContext camel = context();

    RequestBudgetRoutesTest() {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        clinicea.server().stubFor(any(anyUrl()).atPriority(20).willReturn(json("{\"PatientID\":\"p1\"}")));
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
        dataSource.close();
    }

    private DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        IdempotentRepository repository = MemoryIdempotentRepository.memoryIdempotentRepository(keys);
        context.getRegistry().bind("state", repository);
        context.getRegistry().bind("dataSource", dataSource);
        context.start();
        return context;
    }

    private void restart() {
        camel.stop();
        camel = context();
    }

    private Exchange get(String options) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&maxRetries=0&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                        + clinicea.baseUrl() + "&" + options)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
    }

    private void follow(String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "idempotentRepository=#state&delay=20&" + options))
                        .routeId("sync")
                        .filter(header(CliniceaConstants.RECORD_ID).isNotNull())
                        .process(row -> rows.add(row.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)))
                        .end();
            }
        });
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private int requests() {
        return clinicea.server()
                .findAll(RequestPatternBuilder.newRequestPattern(RequestMethod.ANY, anyUrl()))
                .size();
    }

    @Test
    void given_a_budget_when_operations_use_it_up_then_further_ones_fail_unsent_restarts_included() {
        String options = "idempotentRepository=#state&requestsPerDay=5";
        for (int i = 0; i < 3; i++) {
            assertThat(get(options).getException()).isNull();
        }
        restart();
        assertThat(get(options).getException()).isNull();
        assertThat(get(options).getException()).isNull();

        Exchange refused = get(options);

        assertThat(refused.getException())
                .isInstanceOf(CliniceaBudgetException.class)
                .hasMessageContainingAll("requestsPerDay=5", "used up");
        restart();
        assertThat(get(options).getException()).isInstanceOf(CliniceaBudgetException.class);
        assertThat(requests()).isEqualTo(5);
    }

    @Test
    void given_a_key_when_requests_are_counted_then_the_repository_does_not_have_it() {
        get("idempotentRepository=#state&requestsPerDay=5&requestsPerMonth=9");

        assertThat(keys.keySet())
                .hasSize(2)
                .allSatisfy(key -> assertThat(key)
                        .startsWith("clinicea-budget/")
                        .doesNotContain(StubClinicea.API_KEY)
                        .hasSizeLessThan(100));
    }

    @Test
    void given_retries_and_logins_when_requests_are_counted_then_they_count() {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(503)));
        Exchange failed = camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&maxRetryWait=1&maxRetries=50&username=u&password=p&baseUrl="
                        + clinicea.baseUrl() + "&requestsPerDay=4")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(failed.getException()).isInstanceOf(CliniceaBudgetException.class);
        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void given_a_read_that_failed_when_no_retry_is_left_in_the_budget_then_the_exception_has_that_failure() {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(503)));
        Exchange failed = camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&maxRetryWait=1&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                        + clinicea.baseUrl() + "&requestsPerDay=1")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(failed.getException()).isInstanceOf(CliniceaBudgetException.class);
        assertThat(failed.getException().getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(503));
    }

    @Test
    void given_another_credential_when_one_is_used_up_then_the_other_is_not() {
        get("requestsPerDay=1");
        assertThat(get("requestsPerDay=1").getException()).isInstanceOf(CliniceaBudgetException.class);

        Exchange other = camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&apiKey=another-key&requestsPerDay=1&baseUrl=" + clinicea.baseUrl())
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(other.getException()).isNull();
    }

    @Test
    void given_a_consumer_when_the_budget_is_used_up_then_polls_wait_and_the_health_stays_up() throws Exception {
        clinicea.servePatients(patients(0, 3));
        follow("requestsPerDay=20&sendEmptyMessageWhenIdle=true");
        await().atMost(PATIENCE).until(() -> consumer().getPollsPutOffUntil() != null);

        int sent = requests();
        assertThat(sent).as("spread over the day").isLessThan(20);
        assertThat(consumer().pollNow()).isNotEmpty();
        await().atMost(PATIENCE).until(() -> requests() > sent);
        for (int i = 0; i < 25; i++) {
            get("requestsPerDay=20");
        }
        assertThat(requests()).isEqualTo(20);

        assertThat(consumer().getRequestBudget()).contains("requestsPerDay: 20 of 20");
        ZonedDateTime midnight =
                ZonedDateTime.now(ZoneId.of("Z")).plusDays(1).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
        assertThat(java.time.Instant.parse(consumer().getPollsPutOffUntil()))
                .isBetween(
                        midnight.toInstant().minusSeconds(1),
                        midnight.toInstant().plusSeconds(1));
        assertThat(rows).containsExactly("p0", "p1", "p2");
        assertThat(requests()).isEqualTo(20);
    }

    @Test
    void given_a_used_up_budget_when_a_poll_is_requested_then_the_answer_says_until_when_it_is_put_off()
            throws Exception {
        clinicea.servePatients("[]");
        follow("requestsPerDay=1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(requests()).isEqualTo(1));

        String midnight = ZonedDateTime.now(ZoneId.of("UTC")).toLocalDate().plusDays(1) + "T00:00:00";

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(consumer().pollNow())
                        .contains("put off until", midnight.substring(0, 10))
                        .doesNotContain("begins"));
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void given_no_budget_when_requests_are_sent_then_there_is_no_thread_pool_for_it() {
        List<String> pools = new CopyOnWriteArrayList<>();
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onThreadPoolAdd(
                    CamelContext context,
                    ThreadPoolExecutor pool,
                    String id,
                    String sourceId,
                    String routeId,
                    String profile) {
                pools.add(String.valueOf(pool.getThreadFactory()));
            }
        });

        assertThat(get("requestsPerDay=0").getException()).isNull();
        assertThat(pools).noneMatch(pool -> pool.contains("CliniceaBudget"));

        assertThat(get("requestsPerDay=9").getException()).isNull();
        assertThat(pools).anyMatch(pool -> pool.contains("CliniceaBudget"));
    }

    @Test
    void given_a_repository_that_drops_keys_when_an_endpoint_with_a_budget_starts_then_there_is_a_warning() {
        camel.getRegistry().bind("cache", new MemoryIdempotentRepository());
        try (Warnings warnings = new Warnings(RepositoryBudgetKeys.class)) {
            get("idempotentRepository=#state&requestsPerDay=5");
            get("idempotentRepository=#cache");
            assertThat(warnings.messages()).isEmpty();

            get("idempotentRepository=#cache&requestsPerDay=5");

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("requestsPerDay", "patients", "drops its oldest keys", "stateDataSource");
        }
    }

    @Test
    void given_a_backlog_larger_than_the_budget_when_it_is_raised_then_every_row_comes_once() throws Exception {
        String[] pages = IntStream.range(0, 12)
                .mapToObj(page -> patients(page * 100, 100))
                .toArray(String[]::new);
        clinicea.servePatients(pages);
        follow("requestsPerMonth=8&maxRetries=0");
        await().atMost(PATIENCE).until(() -> requests() == 8 && consumer().getPollsPutOffUntil() != null);
        assertThat(rows).hasSizeLessThan(1_200).doesNotHaveDuplicates();
        assertThat(keys.keySet()).as("no checkpoint").noneMatch(key -> key.startsWith("patients@"));

        restart();
        follow("requestsPerMonth=100000&maxRetries=0");

        await().atMost(PATIENCE).until(() -> rows.size() >= 1_200);
        assertThat(rows).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void given_a_transaction_that_is_rolled_back_when_its_request_was_sent_then_it_counts() throws Exception {
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
        camel.getRegistry().bind("tx", transactions);
        camel.getRegistry().bind("required", new SpringTransactionPolicy(transactions));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .transacted("required")
                        .to("clinicea:patients?operation=get&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                + clinicea.baseUrl() + "&stateDataSource=#dataSource&requestsPerDay=3")
                        .throwException(new IllegalStateException("rolled back"));
            }
        });
        for (int i = 0; i < 3; i++) {
            assertThat(send().getException()).hasStackTraceContaining("rolled back");
        }

        assertThat(send().getException()).hasStackTraceContaining("requestsPerDay=3");
        assertThat(requests()).isEqualTo(3);
        assertThat(new JdbcTemplate(dataSource)
                        .queryForObject(
                                "SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED WHERE messageId LIKE 'clinicea-budget/%'",
                                Integer.class))
                .isEqualTo(3);
    }

    private Exchange send() {
        return camel.createFluentProducerTemplate()
                .to("direct:in")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
    }

    @Test
    void given_a_database_that_fails_when_an_operation_is_called_then_it_is_not_sent_and_can_be_repeated() {
        dataSource.close();

        Exchange refused = get("stateDataSource=#dataSource&requestsPerDay=3");

        assertThat(refused.getException())
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageContaining("idempotentRepository");
        assertThat(requests()).isZero();
    }
}
