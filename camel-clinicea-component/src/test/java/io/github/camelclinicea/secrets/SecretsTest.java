/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.secrets.CanaryWatch.GARBAGE;
import static io.github.camelclinicea.secrets.CanaryWatch.HEADERS;
import static io.github.camelclinicea.secrets.CanaryWatch.WIRE;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.WatchedClinic.page;
import static io.github.camelclinicea.testing.WatchedClinic.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.WatchedClinic;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that a consumer shows no canary, for all kinds of failures and at every log level. */
class SecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> REFUSALS = Set.of("status429", "status503");

    private final CanaryWatch watch = new CanaryWatch(Level.TRACE, Set.of(HEADERS, WIRE, GARBAGE));
    private final WatchedClinic clinic = new WatchedClinic();
    /** Refuses requests for their number. At one server with the others, it would slow down all of them. */
    private final WatchedClinic busy = new WatchedClinic();

    private final WatchedContext context = new WatchedContext(watch);
    private final DefaultCamelContext camel = context.camel();
    private String credentials;

    @AfterEach
    void close() {
        context.close();
        clinic.close();
        busy.close();
        watch.close();
    }

    private void logInAs(Who who) {
        credentials = who.logIn(camel, clinic);
    }

    /** Polls three times. Further polls, while the slowest one fails again, would only repeat the log at TRACE. */
    private String pollThreeTimes(String name, String options) {
        return poll(name, options + "&repeatCount=3");
    }

    private String poll(String name, String options) {
        String schedule = options.contains("cron") ? "" : "&delay=300";
        return "clinicea:patients?initialDelay=0&syncId=" + name + schedule + credentials + options;
    }

    private void awaitPolls(Predicate<ScheduledPollConsumer> done) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(camel.getRoutes())
                        .filteredOn(route -> route.getConsumer() instanceof ScheduledPollConsumer)
                        .isNotEmpty()
                        .filteredOn(route -> !done.test((ScheduledPollConsumer) route.getConsumer()))
                        .extracting(Route::getRouteId)
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_any_fault_when_polled_then_nothing_is_seen(Who who) throws Exception {
        logInAs(who);
        WireMockServer tls =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
        tls.start();
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    WatchedClinic.faults().forEach((name, answer) -> {
                        WatchedClinic server = REFUSALS.contains(name) ? busy : clinic;
                        server.serve("/" + name, answer);
                        fault(name, "&path=/" + name + "&baseUrl=" + server.baseUrl());
                    });
                    fault("nobodyThere", "&baseUrl=http://localhost:1");
                    fault("noSuchHost", "&baseUrl=https://no-such-host.invalid");
                    fault("untrusted", "&baseUrl=https://localhost:" + tls.httpsPort());
                    fault("noTls", "&baseUrl=https://localhost:" + tls.port());
                    clinic.serve("/bridged", WatchedClinic.faults().get("cutOff"));
                    fault("bridged", "&path=/bridged&bridgeErrorHandler=true");
                    from(poll("backoff", "&path=/bridged&backoffMultiplier=2&backoffErrorThreshold=1"))
                            .routeId("backoff")
                            .process(context::look);
                }

                private void fault(String name, String options) {
                    from(pollThreeTimes(name, options)).routeId(name).process(context::look);
                }
            });
            camel.start();

            awaitPolls(consumer -> consumer.getErrorCounter() > 1
                    || consumer.getRouteId().equals("backoff")
                    // An unreadable row is an exchange of its own, and is held.
                    || consumer instanceof CliniceaConsumer ours && ours.getFailedRows() > 0);
            clinic.assertShownBy(who);
            context.assertNothingSeen(HEADERS, WIRE);
        } finally {
            tls.stop();
        }
    }

    @Test
    void given_no_http_at_all_when_polled_then_nothing_is_seen_but_what_the_client_prints_as_garbage()
            throws Exception {
        logInAs(Who.KEY);
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> answerAllWith(server, page(0, 3) + "\r\n"));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(poll("garbage", "&baseUrl=http://localhost:" + server.getLocalPort()))
                            .process(context::look);
                }
            });
            camel.start();

            awaitPolls(consumer -> consumer.getErrorCounter() > 1);
        }
        context.assertNothingSeen(HEADERS, WIRE, GARBAGE);
    }

    private static void answerAllWith(ServerSocket server, String text) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept();
                    OutputStream out = connection.getOutputStream()) {
                connection.getInputStream().read(new byte[10_000]);
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // Closed by one of the two sides.
            }
        }
    }

    @Test
    void given_any_fault_of_the_login_when_polled_then_nothing_is_seen() throws Exception {
        logInAs(Who.STAFF);
        Map<String, ResponseDefinitionBuilder> faults = WatchedClinic.faults();
        faults.put("noToken", json(row("p1")));
        faults.put("tokenOfBlanks", json("\"  \""));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                faults.forEach((name, answer) -> {
                    clinic.serve("/" + name + "/api/v2/login/getTokenByStaffUsernamePwd", answer);
                    from(pollThreeTimes(name, "&baseUrl=" + clinic.baseUrl() + "/" + name))
                            .routeId(name)
                            .process(context::look);
                });
            }
        });
        camel.start();

        awaitPolls(consumer -> consumer.getErrorCounter() > 1);
        clinic.assertShownBy(Who.STAFF);
        context.assertNothingSeen(HEADERS, WIRE);
    }

    /** Is a user's class for a patient to which no row can be bound. */
    public static final class Patient {
        public int FirstName;
        public boolean Fee;
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_rows_when_they_are_delivered_well_or_not_then_nothing_is_seen(Who who) throws Exception {
        logInAs(who);
        clinic.servePages(StubClinicea.PATIENTS);
        clinic.serve("/few", json(page(0, 3)));
        clinic.serve("/number", json("[{\"ID\":\"1\",\"Fee\":" + CanaryWatch.DIGITS + "e" + CanaryWatch.DIGITS + "}]"));
        camel.getRegistry().bind("broken", new MemoryIdempotentRepository() {
            @Override
            public boolean add(String key) {
                watch.look("repository", key);
                throw new IllegalStateException("the repository is broken");
            }
        });
        AtomicInteger rows = new AtomicInteger();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                route("pages", "").to("seda:pages");
                from("seda:pages?pollTimeout=20")
                        .process(context::look)
                        .filter(exchange -> rows.incrementAndGet() % 10 == 0)
                        .process(SecretsTest::fail);
                route("nobodyHandles", "&path=/few").process(SecretsTest::fail);
                route("retried", "&path=/few&bodyType=Json&bridgeErrorHandler=true")
                        .onException(IllegalStateException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .end()
                        .process(SecretsTest::fail);
                route("handled", "&path=/few&bodyType=Node")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .process(context::look)
                        .end()
                        .process(SecretsTest::fail);
                route("deadLetters", "&path=/few")
                        .errorHandler(deadLetterChannel("seda:dead"))
                        .process(SecretsTest::fail);
                from("seda:dead?pollTimeout=20").process(context::look);
                route("rolledBack", "&path=/few").rollback("not today");
                String unfit = "&bodyType=" + Patient.class.getName();
                route("unfit", "&path=/few" + unfit);
                route("unfitBridged", "&path=/few&bridgeErrorHandler=true" + unfit);
                route("number", "&path=/number");
                route("numberInNode", "&path=/number&bodyType=Node");
                route("brokenRepository", "&path=/few&idempotentRepository=#broken");
                route("quartz", "&path=/few&scheduler=quartz&scheduler.cron=0/1+*+*+*+*+?");
            }

            private RouteDefinition route(String name, String options) {
                return from(poll(name, options)).routeId(name).process(context::look);
            }
        });
        camel.start();
        awaitRequests(StubClinicea.PATIENTS, 10);
        awaitRequests("/few", 40);
        awaitRequests("/number", 6);
        context.inspect();

        resetAllSyncs();
        camel.getRouteController().suspendRoute("pages");
        camel.getRouteController().resumeRoute("pages");
        camel.getRouteController().stopRoute("nobodyHandles");
        camel.getRouteController().startRoute("nobodyHandles");

        awaitRequests(StubClinicea.PATIENTS, 10);
        awaitRequests("/few", 40);
        clinic.assertShownBy(who);
        context.assertNothingSeen(HEADERS, WIRE);
    }

    private static void fail(Exchange exchange) {
        throw new IllegalStateException("the route is broken");
    }

    private void awaitRequests(String path, int more) {
        int before = clinic.clinicea().requests(path).size();
        await().atMost(PATIENCE).until(() -> clinic.clinicea().requests(path).size() >= before + more);
    }

    private void resetAllSyncs() throws Exception {
        MBeanServer server = camel.getManagementStrategy().getManagementAgent().getMBeanServer();
        Set<ObjectName> consumers = server.queryNames(
                new ObjectName("org.apache.camel:context=" + camel.getManagementName()
                        + ",type=consumers,name=CliniceaConsumer*"),
                null);
        assertThat(consumers).isNotEmpty();
        for (ObjectName consumer : consumers) {
            server.invoke(consumer, "resetSync", null, null);
        }
    }
}
