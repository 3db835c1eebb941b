/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.compatibility;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs a consumer route against the sandbox, over HTTP. */
class ReadingIT {
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final CliniceaSandbox clinicea =
            CliniceaSandbox.builder().patients(230).start();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private Processor transforming = exchange -> {};
    private CamelContext camel;

    @AfterEach
    void stop() {
        camel.stop();
        clinicea.close();
    }

    /** Starts a new Camel on the same repository. */
    private void start(String options, String... via) throws Exception {
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String first = "clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl()
                        + "&idempotentRepository=#syncState&" + options;
                if (via.length == 0) {
                    from(first).routeId("patients").process(ReadingIT.this::deliver);
                } else {
                    from(first).routeId("patients").to(via[0]);
                    from(via[0]).process(ReadingIT.this::deliver);
                }
            }
        });
        camel.start();
    }

    private void deliver(Exchange exchange) throws Exception {
        transforming.process(exchange);
        delivered.add(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class));
    }

    private void awaitAllPatients() {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(delivered)
                        .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
    }

    private void awaitCheckpoint() {
        await().atMost(A_WHILE)
                .until(() -> keys.keySet().stream()
                        .anyMatch(key -> key.matches("patients@\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinicea:application-json", "clinicea:application-cloudevents"})
    void given_a_data_type_when_looked_up_then_camel_finds_it_and_transforms_a_row(String dataType) throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        transforming = exchange -> {
            Transformer transformer = camel.getTransformerRegistry().resolveTransformer(new TransformerKey(dataType));
            transformer.transform(exchange.getMessage(), DataType.ANY, new DataType(dataType));
            bodies.add(exchange.getMessage().getBody(String.class));
        };

        start("initialDelay=0&delay=50");
        awaitAllPatients();

        assertThat(bodies).hasSize(230).allMatch(body -> body.startsWith("{\"PatientID\":"));
    }

    @Test
    void given_several_pages_when_started_again_on_its_checkpoint_then_only_what_changed_meanwhile_comes()
            throws Exception {
        start("initialDelay=0&delay=50");
        awaitAllPatients();
        awaitCheckpoint();
        camel.stop();
        delivered.clear();
        String changed = clinicea.clinic().ids("patients").get(7);
        clinicea.clinic().change("patients", changed);

        start("initialDelay=0&delay=50");

        await().atMost(A_WHILE).until(() -> delivered.contains(changed));
        long requests = clinicea.requests();
        await().atMost(A_WHILE).until(() -> clinicea.requests() > requests + 3);
        assertThat(delivered).containsExactly(changed);
    }

    @Test
    void given_a_route_that_goes_on_in_another_thread_when_polled_then_completions_are_seen() throws Exception {
        start("initialDelay=0&delay=50", "seda:patients?concurrentConsumers=3");

        awaitAllPatients();
        awaitCheckpoint();
    }

    @Test
    @DisabledIfSystemProperty(named = "lane.without.quartz", matches = "true")
    void given_camels_quartz_as_scheduler_when_its_cron_fires_then_rows_come() throws Exception {
        start("scheduler=quartz&scheduler.cron=0/1+*+*+*+*+?");

        awaitAllPatients();
    }

    @Test
    void given_a_server_that_fails_when_the_health_is_asked_then_it_is_down_and_up_again_afterwards() throws Exception {
        start("initialDelay=0&delay=50&maxRetries=0");
        HealthCheckRegistry checks = HealthCheckHelper.getHealthCheckRegistry(camel);
        checks.register(checks.resolveById("consumers"));
        awaitHealth(HealthCheck.State.UP);

        StubMapping failing =
                clinicea.wireMock().stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        awaitHealth(HealthCheck.State.DOWN);
        clinicea.wireMock().removeStub(failing);

        awaitHealth(HealthCheck.State.UP);
    }

    private void awaitHealth(HealthCheck.State state) {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(HealthCheckHelper.invoke(camel).stream()
                                .filter(result -> result.getCheck().getId().equals("consumer:patients"))
                                .map(HealthCheck.Result::getState))
                        .containsExactly(state));
    }

    @Test
    @DisabledIfSystemProperty(named = "lane.without.management", matches = "true")
    void given_a_consumer_when_an_operator_looks_at_it_then_it_tells_its_state_and_can_be_reset() throws Exception {
        start("initialDelay=0&delay=50");
        awaitAllPatients();
        MBeanServer server = camel.getManagementStrategy().getManagementAgent().getMBeanServer();
        Set<ObjectName> consumers = server.queryNames(
                new ObjectName("org.apache.camel:context=" + camel.getManagementName() + ",type=consumers,*"), null);
        assertThat(consumers).hasSize(1);
        ObjectName consumer = consumers.iterator().next();
        await().atMost(A_WHILE).until(() -> (long) server.getAttribute(consumer, "CleanPolls") > 1);
        assertThat((String) server.getAttribute(consumer, "SyncTimestamp")).matches("20\\d\\d-.*Z");
        delivered.clear();

        server.invoke(consumer, "resetSync", null, null);

        awaitAllPatients();
    }

    @Test
    void given_an_error_in_the_route_when_it_is_thrown_once_then_its_row_comes_again_and_nothing_is_left_in_flight()
            throws Exception {
        AtomicInteger errors = new AtomicInteger();
        String failing = clinicea.clinic().ids("patients").get(7);
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl()
                                + "&idempotentRepository=#syncState&initialDelay=0&delay=50")
                        .routeId("patients")
                        .process(exchange -> {
                            if (failing.equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))
                                    && errors.getAndIncrement() == 0) {
                                throw new StackOverflowError();
                            }
                        })
                        .process(ReadingIT.this::deliver);
            }
        });
        camel.start();

        awaitAllPatients();
        awaitCheckpoint();
        assertThat(errors).hasValue(2);
        assertThat(camel.getInflightRepository().size("patients")).isZero();
    }

    @Test
    void given_rows_that_bodyType_cannot_take_when_polled_then_the_error_handler_gets_them_and_no_step_does()
            throws Exception {
        List<Exception> failures = new CopyOnWriteArrayList<>();
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("syncState", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CliniceaRowException.class)
                        .handled(true)
                        .process(exchange ->
                                failures.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from("clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl()
                                + "&idempotentRepository=#syncState&initialDelay=0&delay=50&bodyType="
                                + Numbered.class.getName())
                        .routeId("patients")
                        .process(ReadingIT.this::deliver);
            }
        });
        camel.start();

        awaitCheckpoint();
        assertThat(failures).hasSize(230);
        assertThat(delivered).isEmpty();
    }

    /** Takes the id as a number, which no patient's id is. */
    public static final class Numbered {
        public int PatientID;
    }
}
