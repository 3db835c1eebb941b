/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the developer console shows, and what it does. */
class CliniceaDevConsoleTest {
    private static final String ODD_ID = "<b>\n\"x\"</b>";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final List<String> emitted = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void prepare() {
        camel.setDevConsole(true);
        camel.getRegistry().bind("quiet", new Quiet());
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        clinicea.servePatients("[" + StubClinicea.patient("p0", "Added", "2026-01-01T00:00:00") + ","
                + StubClinicea.patient("<b>\\n\\\"x\\\"</b>", "Added", "2026-01-01T00:00:00") + "]");
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void addSync(String route, String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "delay=50&maxRetries=0&exceptionHandler=#quiet" + options))
                        .routeId(route)
                        .process(exchange -> {
                            String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
                            emitted.add(id);
                            if (failing.contains(id)) {
                                throw new IllegalStateException("Testa cannot be stored");
                            }
                        });
            }
        });
    }

    private static DevConsole consoleOf(DefaultCamelContext context) {
        return context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("clinicea");
    }

    private JsonNode call(Map<String, Object> options) throws IOException {
        JsonObject json = (JsonObject) consoleOf(camel).call(DevConsole.MediaType.JSON, options);
        return JSON.readTree(json.toJson());
    }

    private JsonNode call(String action, String... options) throws IOException {
        Map<String, Object> all = new HashMap<>(Map.of("action", action, "token", token()));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return call(all);
    }

    private String token() throws IOException {
        return call(Map.of()).get("actionToken").asText();
    }

    private String text() {
        return (String) consoleOf(camel).call(DevConsole.MediaType.TEXT, Map.of());
    }

    private JsonNode sync() throws IOException {
        JsonNode syncs = call(Map.of()).get("syncs");
        assertThat(syncs).hasSize(1);
        return syncs.get(0);
    }

    private CliniceaConsumer consumer(String route) {
        return (CliniceaConsumer) camel.getRoute(route).getConsumer();
    }

    private void awaitHeld() {
        await().atMost(PATIENCE).until(() -> sync().get("heldRows").size() == 1);
    }

    private MBeanServer server() {
        return camel.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    // ---- what it shows

    @Test
    void given_a_sync_with_a_held_row_when_looked_at_then_every_value_equals_that_of_its_mbean() throws Exception {
        failing.add(ODD_ID);
        addSync("sync", "&idempotentRepository=#state&syncId=clinic");
        camel.start();
        awaitHeld();
        // No poll runs while the two are compared.
        camel.getRouteController().suspendRoute("sync");

        ObjectName bean = server().queryNames(
                        new ObjectName("org.apache.camel:context=" + camel.getManagementName() + ",type=consumers,*"),
                        null)
                .iterator()
                .next();
        JsonNode sync = sync();
        List<String> attributes = Stream.of(
                        CliniceaConsumer.class.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(ManagedAttribute.class))
                .map(method -> method.getName().substring("get".length()))
                .toList();
        assertThat(attributes).hasSizeGreaterThan(12);
        for (String attribute : attributes) {
            String name = attribute.substring(0, 1).toLowerCase(Locale.ROOT) + attribute.substring(1);
            assertThat(sync.has(name)).as(name).isTrue();
            assertThat(sync.get(name))
                    .as(name)
                    .isEqualTo(JSON.readTree(JSON.writeValueAsString(server().getAttribute(bean, attribute))));
        }
        for (String table : List.of("heldRows", "recentPolls")) {
            TabularData rows = (TabularData) server().invoke(bean, table, null, null);
            assertThat(sync.get(table)).as(table).hasSize(rows.size());
            assertThat(rows.size()).as(table).isPositive();
            for (JsonNode row : sync.get(table)) {
                assertThat(rows.values())
                        .as(table)
                        .anySatisfy(value -> row.properties()
                                .forEach(entry -> assertThat(entry.getValue().asText(null))
                                        .isEqualTo(text(((CompositeData) value).get(entry.getKey())))));
            }
        }
        assertThat(sync.get("routeId").asText()).isEqualTo("sync");
        assertThat(sync.get("resource").asText()).isEqualTo("patients");
        assertThat(sync.get("syncId").asText()).isEqualTo("clinic");
        assertThat(sync.get("state").asText()).isEqualTo("Suspended");
        assertThat(sync.get("credential").asText()).isEqualTo("localhost");
        assertThat(sync.get("heldRows").get(0).get("recordId").asText()).isEqualTo(ODD_ID);
        assertThat(sync.get("heldRows").get(0).get("lastFailure").asText())
                .isEqualTo("java.lang.IllegalStateException");
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    @Test
    void given_all_of_it_when_looked_at_then_there_is_no_key_no_content_and_no_line_of_an_id() throws Exception {
        failing.add(ODD_ID);
        addSync("sync", "");
        addProducer();
        camel.start();
        awaitHeld();
        clinicea.server()
                .stubFor(get(urlPathMatching("/api/v3/.*"))
                        .willReturn(answer(503).withBody("Testa")));
        camel.createProducerTemplate()
                .send(
                        "direct:get",
                        exchange -> exchange.getMessage().setHeader(CliniceaConstants.RECORD_ID, "secret-id"));

        for (String shown : List.of(call(Map.of()).toString(), text())) {
            assertThat(shown)
                    .contains("getPatientByID", "localhost", "sync", "IllegalStateException")
                    .doesNotContain(StubClinicea.API_KEY, "Testa", "secret-id", "apiKey");
        }
        assertThat(text().lines()).noneMatch(line -> line.startsWith("\"x\""));
        assertThat(call(Map.of()).get("credentials").get(0).get("credential").asText())
                .isEqualTo("localhost");
    }

    private void addProducer() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:get")
                        .to("clinicea:patients?operation=get&maxRetries=0&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                + clinicea.baseUrl());
            }
        });
    }

    @Test
    void given_a_producer_that_only_ever_failed_when_looked_at_then_its_calls_are_counted() throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(503)));
        addProducer();
        camel.start();
        for (int i = 0; i < 3; i++) {
            camel.createProducerTemplate()
                    .send("direct:get", exchange -> exchange.getMessage().setHeader(CliniceaConstants.RECORD_ID, "p0"));
        }

        JsonNode producer = call(Map.of()).get("producers").get(0);
        assertThat(producer.get("resource").asText()).isEqualTo("patients");
        assertThat(producer.get("failures").asInt()).isEqualTo(3);
        JsonNode operation = producer.get("operations").get(0);
        assertThat(operation.get("operation").asText()).isEqualTo("getPatientByID");
        assertThat(operation.get("calls").asInt()).isEqualTo(3);
        assertThat(operation.get("failures").asInt()).isEqualTo(3);
        assertThat(operation.get("outcomeUnknown").asInt()).isZero();
        assertThat(operation.get("lastFailure").asText()).isEqualTo("io.github.camelclinicea.CliniceaException");
    }

    @Test
    void given_a_sync_without_a_checkpoint_when_looked_at_then_it_is_shown_all_the_same() throws Exception {
        addSync("sync", "&startScheduler=false");
        camel.start();

        assertThat(sync().get("cleanPolls").asInt()).isZero();
        assertThat(sync().get("lastCleanPoll").isNull()).isTrue();
        assertThat(sync().get("recentPolls")).isEmpty();
        assertThat(text()).contains("routeId: sync");
    }

    @Test
    void given_no_component_when_looked_at_then_all_is_empty() throws Exception {
        camel.start();

        assertThat(call(Map.of()).get("syncs")).isEmpty();
        assertThat(call(Map.of()).get("producers")).isEmpty();
        assertThat(call("pollNow", "routeId", "sync").get("error").asText()).contains("No route 'sync'");
    }

    @Test
    void given_a_removed_route_when_looked_at_then_it_is_gone() throws Exception {
        addSync("sync", "");
        camel.start();
        camel.getRouteController().stopRoute("sync");
        assertThat(sync().get("state").asText()).isEqualTo("Stopped");

        camel.removeRoute("sync");

        assertThat(call(Map.of()).get("syncs")).isEmpty();
        assertThat(call("pollNow", "routeId", "sync").get("error").asText()).contains("No route 'sync'");
    }

    @Test
    void given_two_contexts_when_looked_at_then_each_shows_its_own() throws Exception {
        addSync("sync", "");
        camel.start();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.start();
            JsonObject json = (JsonObject) consoleOf(other).call(DevConsole.MediaType.JSON, Map.of());

            assertThat(JSON.readTree(json.toJson()).get("syncs")).isEmpty();
        }
        assertThat(sync().get("routeId").asText()).isEqualTo("sync");
    }

    // ---- what it does

    @Test
    void given_a_held_row_when_skipped_then_it_is_not_emitted_again() throws Exception {
        failing.add(ODD_ID);
        addSync("sync", "");
        camel.start();
        awaitHeld();

        JsonNode answer = call("skipRow", "routeId", "sync", "recordId", ODD_ID);

        assertThat(answer.get("result").asText()).isEqualTo("Versions skipped: 1");
        assertThat(answer.has("error")).isFalse();
        await().atMost(PATIENCE).until(() -> sync().get("heldRows").isEmpty());
        assertThat(sync().get("skippedRows").asInt()).isEqualTo(1);
        assertThat(call("skipRow", "routeId", "sync", "recordId", ODD_ID)
                        .get("error")
                        .asText())
                .contains("No row with record id")
                .doesNotContain("\n");
    }

    @Test
    void given_a_route_that_works_again_when_told_to_retry_then_the_row_is_delivered() throws Exception {
        failing.add("p0");
        addSync("a \"quoted\" route", "");
        camel.start();
        awaitHeld();
        failing.clear();

        assertThat(call("retryHeldRows", "routeId", "a \"quoted\" route")
                        .get("result")
                        .asText())
                .startsWith("Rows that the next poll emits again: ");

        await().atMost(PATIENCE).until(() -> sync().get("heldRows").isEmpty());
    }

    @Test
    void given_a_long_delay_when_told_to_poll_then_it_polls() throws Exception {
        addSync("sync", "");
        camel.start();
        await().atMost(PATIENCE).until(() -> sync().get("deliveredRows").asInt() == 2);
        int polls = consumer("sync").recentPollList().size();

        assertThat(call("pollNow", "routeId", "sync").has("result")).isTrue();

        await().atMost(PATIENCE).until(() -> consumer("sync").recentPollList().size() > polls);
    }

    @ParameterizedTest
    @CsvSource({"''", "2025-12-31T00:00:00Z"})
    void given_a_sync_when_reset_then_its_rows_come_again(String from) throws Exception {
        addSync("sync", "");
        camel.start();
        await().atMost(PATIENCE).until(() -> emitted.size() == 2);

        JsonNode answer = from.isEmpty()
                ? call("resetSync", "routeId", "sync")
                : call("resetSync", "routeId", "sync", "from", from);

        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        await().atMost(PATIENCE).until(() -> emitted.size() == 4);
    }

    @ParameterizedTest
    @CsvSource({
        "explode, sync, , There is no action 'explode'",
        "'<b>\n</b>', sync, , There is no action '<b>?</b>'",
        "skipRow, , , The option routeId is missing",
        "skipRow, ' ', , The option routeId is missing",
        "skipRow, sync, , The option recordId is missing",
        "skipRow, other, p0, No route 'other'",
        "skipRow, sync, p9, No row with record id p9",
        "resetSync, , , The option routeId is missing",
    })
    void given_an_action_that_cannot_be_done_when_called_then_it_says_why(
            String action, String route, String record, String error) throws Exception {
        addSync("sync", "");
        camel.start();
        Map<String, Object> options = new HashMap<>();
        options.put("action", action);
        options.put("token", token());
        options.put("routeId", route);
        options.put("recordId", record);

        JsonNode answer = call(options);

        assertThat(answer.get("error").asText()).contains(error);
        assertThat(answer.has("result")).isFalse();
        assertThat((String) consoleOf(camel).call(DevConsole.MediaType.TEXT, options))
                .contains("error: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "of another process"})
    void given_no_token_or_a_wrong_one_when_called_then_nothing_is_done(String token) throws Exception {
        addSync("sync", "");
        camel.start();
        await().until(() -> emitted.size() >= 2);

        JsonNode answer = call(Map.of("action", "resetSync", "routeId", "sync", "token", token));

        assertThat(answer.get("error").asText()).contains("token").doesNotContain(token());
        assertThat(call(Map.of("action", "resetSync", "routeId", "sync")).has("error"))
                .isTrue();
        long polls = consumer("sync").getCleanPolls();
        await().until(() -> consumer("sync").getCleanPolls() > polls + 1);
        assertThat(emitted).hasSize(2);
    }

    @Test
    void given_two_contexts_when_shown_then_each_has_a_token_of_its_own() throws Exception {
        addSync("sync", "");
        camel.start();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.setDevConsole(true);
            other.start();

            assertThat((String) consoleOf(other).call(DevConsole.MediaType.TEXT, Map.of()))
                    .containsPattern("actionToken: [0-9a-f]{32}")
                    .doesNotContain(token());
        }
    }

    @Test
    void given_a_moment_that_is_none_when_reset_then_it_says_so() throws Exception {
        addSync("sync", "");
        camel.start();

        for (String from : List.of("yesterday", "2999-01-01T00:00:00Z", "<b>\n")) {
            assertThat(call("resetSync", "routeId", "sync", "from", from)
                            .get("error")
                            .asText())
                    .contains("from")
                    .doesNotContain("\n");
        }
    }

    @Test
    void given_a_stopped_route_when_told_to_poll_then_it_says_why_not() throws Exception {
        addSync("sync", "");
        camel.start();
        camel.getRouteController().stopRoute("sync");

        assertThat(call("pollNow", "routeId", "sync").get("error").asText()).containsIgnoringCase("stopped");
    }

    @Test
    void given_many_users_when_they_act_at_once_then_each_row_is_skipped_once() throws Exception {
        failing.add("p0");
        addSync("sync", "");
        camel.start();
        awaitHeld();
        ExecutorService users = Executors.newFixedThreadPool(8);
        AtomicInteger skipped = new AtomicInteger();
        try {
            List<Callable<Void>> actions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                actions.add(() -> {
                    if (call("skipRow", "routeId", "sync", "recordId", "p0").has("result")) {
                        skipped.incrementAndGet();
                    }
                    call("pollNow", "routeId", "sync");
                    call("retryHeldRows", "routeId", "sync");
                    call(Map.of());
                    return null;
                });
            }
            for (Future<Void> action : users.invokeAll(actions)) {
                action.get();
            }
        } finally {
            users.shutdownNow();
        }

        assertThat(skipped).hasValue(1);
        assertThat(sync().get("skippedRows").asInt()).isEqualTo(1);
    }

    /** Ignores the failures of rows. */
    private static final class Quiet implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {}

        @Override
        public void handleException(String message, Throwable exception) {}

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {}
    }
}
