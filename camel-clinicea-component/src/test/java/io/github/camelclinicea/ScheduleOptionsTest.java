/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.QuartzCron;
import io.github.camelclinicea.testing.LogLines;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleOptionsTest {
    private static final String EACH_SECOND = "scheduler.cron=*+*+*+*+*+?";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        camel.stop();
        clinicea.close();
    }

    private String uri(String options) {
        return "clinicea:patients?apiKey=" + StubClinicea.API_KEY + "&baseUrl=" + clinicea.baseUrl()
                + "&idempotentRepository=#state&" + options;
    }

    private CliniceaConsumer start(String options) throws Exception {
        if (camel.getRegistry().lookupByName("state") == null) {
            camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(options))
                        .routeId("patients")
                        .process(row ->
                                arrivals.add(row.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        camel.start();
        return (CliniceaConsumer) camel.getRoute("patients").getConsumer();
    }

    // ---- a cron

    @ParameterizedTest
    @ValueSource(strings = {EACH_SECOND, "scheduler=quartz&" + EACH_SECOND, "scheduler.cron=RAW(* * * * * ?)"})
    void given_a_cron_when_started_then_quartz_polls_by_it(String options) throws Exception {
        clinicea.servePatients(patients(0, 2));

        CliniceaConsumer consumer = start(options);

        assertThat(consumer.getScheduler()).isInstanceOf(QuartzScheduledPollConsumerScheduler.class);
        await().untilAsserted(() -> assertThat(arrivals).containsExactlyInAnyOrder("p0", "p1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay=0", "delay=-5s", "delay=5x", "delay=five"})
    void given_a_delay_that_is_no_time_when_started_then_the_start_is_refused(String options) {
        assertThatThrownBy(() -> start(options))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delay must be a time like 60s");
        assertThat(clinicea.requests(PATIENTS)).isEmpty();
    }

    @Test
    void given_a_cron_that_is_not_to_start_when_started_then_the_start_is_refused() {
        assertThatThrownBy(() -> start("startScheduler=false&" + EACH_SECOND))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("startScheduler=false");
        assertThat(clinicea.requests(PATIENTS)).isEmpty();
    }

    @Test
    void given_a_cron_when_a_caller_polls_by_itself_then_it_is_refused() throws Exception {
        camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        camel.start();
        Endpoint endpoint = camel.getEndpoint(uri(EACH_SECOND));

        assertThatThrownBy(endpoint::createPollingConsumer)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scheduler.cron needs a route");
        assertThat(clinicea.requests(PATIENTS)).isEmpty();
    }

    @Test
    void given_a_scheduler_of_ones_own_when_it_has_a_cron_and_a_delay_then_both_are_its_own() {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("scheduler", "#own", "scheduler.cron", "x", "delay", "1"));

        assertThatCode(() -> ScheduleOptions.prepare(parameters, new DefaultClassResolver()))
                .doesNotThrowAnyException();
        assertThat(parameters).containsEntry("scheduler", "#own");
    }

    @Test
    void given_a_misspelt_option_of_the_default_scheduler_when_checked_then_the_right_one_is_suggested() {
        assertThatThrownBy(() -> ScheduleOptions.check(null, Map.of("poolsizes", "2")))
                .hasMessageContaining("poolSize");
    }

    @Test
    void given_no_cron_when_started_then_the_default_scheduler_polls() throws Exception {
        assertThat(start("delay=60000").getScheduler()).isInstanceOf(DefaultScheduledPollConsumerScheduler.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kolkata", "GMT", "UTC", "Etc/GMT-5", "IST", "RAW(GMT+05:30)"})
    void given_a_time_zone_that_java_knows_when_started_then_quartz_has_it(String zone) throws Exception {
        CliniceaConsumer consumer = start("scheduler.cron=0+0+2+*+*+?&scheduler.timeZone=" + zone);

        String id = zone.startsWith("RAW(") ? zone.substring(4, zone.length() - 1) : zone;
        assertThat(((QuartzScheduledPollConsumerScheduler) consumer.getScheduler()).getTimeZone())
                .isEqualTo(TimeZone.getTimeZone(id));
    }

    @Test
    void given_a_zone_of_the_registry_when_started_then_quartz_has_it() throws Exception {
        TimeZone zone = TimeZone.getTimeZone("Asia/Kolkata");
        camel.getRegistry().bind("clinic", zone);

        CliniceaConsumer consumer = start("scheduler.cron=0+0+2+*+*+?&scheduler.timeZone=#clinic");

        assertThat(((QuartzScheduledPollConsumerScheduler) consumer.getScheduler()).getTimeZone())
                .isEqualTo(zone);
    }

    // ---- wrong options

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        scheduler.cron=0+2+*+*+*                        | scheduler.cron=0 2 * * * has 5 fields     | begins with the seconds
        scheduler.cron=0+0+25+*+*+?                     | scheduler.cron=0 0 25 * * ?               | between 0 and 23
        scheduler.cron=0+0+3+*+*+*                      | scheduler.cron=0 0 3 * * *                | one of the two days as ?
        scheduler.cron=now                              | scheduler.cron=now is not a cron          | as in 0 0/5
        scheduler.cron=@daily                           | scheduler.cron=@daily is not a cron       | as in 0 0/5
        scheduler.cron=0+0+2+30+2+?                     | scheduler.cron=0 0 2 30 2 ? never fires   | day, month and year
        scheduler.cron=0+0+2+*+*+?+2020                 | never fires                               | day, month and year
        scheduler.cron=RAW( )                           | scheduler.cron is blank                   | give a cron
        scheduler=quartz                                | scheduler=quartz needs scheduler.cron     | as in 0 0/5
        scheduler=quartz&scheduler.crom=0+0+2+*+*+?     | scheduler.crom is not an option           | Did you mean 'cron'?
        scheduler.crom=0+0+2+*+*+?                      | scheduler.crom is not an option           | Did you mean 'cron'?
        scheduler.cron=0+0+2+*+*+?&scheduler.zone=UTC   | scheduler.zone is not an option           | timeZone
        scheduler.timeZone=Asia/Kolkata                 | scheduler.timeZone has no use             | scheduler.cron
        scheduler.cron=0+0+2+*+*+?&scheduler.timeZone=Asia/Kolkatta | scheduler.timeZone=Asia/Kolkatta | Did you mean 'Asia/Kolkata'?
        scheduler.cron=0+0+2+*+*+?&scheduler.timeZone=Kolkata | scheduler.timeZone=Kolkata          | Asia/Kolkata
        scheduler.cron=0+0+2+*+*+?&scheduler.timeZone=UTC-5 | scheduler.timeZone=UTC-5 is not the id | Give an id
        scheduler.cron=0+0+2+*+*+?&scheduler.time-zone=Nowhere | scheduler.timeZone=Nowhere         | Give an id
        scheduler.cron=0+0+2+*+*+?&delay=5s             | delay and scheduler.cron                  | remove one of them
        scheduler=quartz&scheduler.cron=0+0+2+*+*+?&delay=5s | delay and scheduler.cron             | remove one of them
        scheduler=none&scheduler.cron=0+0+2+*+*+?       | scheduler=none                            | remove one of them
        """)
    void given_a_wrong_schedule_when_started_then_the_error_names_the_option_and_nothing_was_begun(
            String options, String names, String remedy) throws Exception {
        assertThatThrownBy(() -> start(options)).satisfies(e -> {
            StringBuilder messages = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                messages.append(t.getMessage()).append('\n');
            }
            assertThat(messages).contains(names).contains(remedy);
        });

        assertThat(keys).isEmpty();
        assertThat(clinicea.requests(PATIENTS)).isEmpty();
    }

    @Test
    void given_a_wrong_cron_when_it_was_refused_then_the_same_sync_starts_with_a_right_one() throws Exception {
        clinicea.servePatients(patients(0, 1));
        assertThatThrownBy(() -> start("scheduler.cron=0+2+*+*+*")).isNotNull();
        camel.removeRoute("patients");

        start(EACH_SECOND);

        await().untilAsserted(() -> assertThat(arrivals).containsExactly("p0"));
    }

    @Test
    void given_an_initial_delay_beside_a_cron_when_started_then_a_warning_says_that_it_has_no_effect()
            throws Exception {
        try (LogLines log = new LogLines(CliniceaEndpoint.class)) {
            start("initialDelay=0&scheduler.cron=0+0+2+*+*+?");

            assertThat(log.of("WARN"))
                    .singleElement()
                    .asString()
                    .contains("patients", "initialDelay has no effect", "scheduler.cron");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2036-12-31T23:59:59Z", "2026-03-29T00:30:00Z"})
    void given_a_cron_that_fires_when_checked_at_any_moment_then_it_is_accepted(Instant now) {
        assertThatCode(() -> QuartzCron.check("0 0/5 8-19 ? * MON-SAT", now)).doesNotThrowAnyException();
    }

    // ---- without the library

    @ParameterizedTest
    @CsvSource({
        "scheduler.cron, 0 0 2 * * ?, scheduler.cron needs camel-quartz",
        "scheduler, quartz, scheduler=quartz needs camel-quartz",
    })
    void given_no_camel_quartz_when_a_cron_is_set_then_the_error_names_the_option_and_the_library_of_each_platform(
            String option, String value, String message) {
        Map<String, Object> parameters = new ConcurrentHashMap<>(Map.of(option, value));

        assertThatThrownBy(() -> ScheduleOptions.prepare(parameters, new WithoutQuartz()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("org.apache.camel:camel-quartz;")
                .hasMessageContaining("org.apache.camel.springboot:camel-quartz-starter")
                .hasMessageContaining("org.apache.camel.quarkus:camel-quarkus-quartz")
                .hasMessageContaining("the feature camel-clinicea-cron");
    }

    @Test
    void given_no_camel_quartz_when_no_cron_is_set_then_nothing_is_refused() {
        assertThatCode(() ->
                        ScheduleOptions.prepare(new ConcurrentHashMap<>(Map.of("delay", "5s")), new WithoutQuartz()))
                .doesNotThrowAnyException();
    }

    /** Finds no class, as if camel-quartz were not on the class path. */
    private static final class WithoutQuartz extends DefaultClassResolver {
        @Override
        public Class<?> resolveClass(String name) {
            return null;
        }
    }
}
