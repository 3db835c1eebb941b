/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.PollSummary;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAsHintTest {
    /** Shorter than the delay of the route, which is the default of a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String SECRET = "a-secret-path-of-the-tests";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final Main main = new Main();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> saved = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender = new AbstractAppender("all", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            log.add(event.getMessage().getFormattedMessage());
        }
    };

    @BeforeEach
    void follow() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        main.stop();
        logger.removeAppender(appender);
        appender.stop();
    }

    private void start() {
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.port", "0");
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("clinicea.webhook-secret", SECRET);
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new WebhookAsHint());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:saveAppointment")
                        .process(e -> saved.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        main.start();
        await().atMost(PATIENCE).until(() -> polls().size() == 1);
    }

    private List<PollSummary> polls() {
        return ((CliniceaConsumer)
                        main.getCamelContext().getRoute("appointments").getConsumer())
                .recentPollList();
    }

    private int send(String method, String path, String body) throws IOException, InterruptedException {
        int port = main.getCamelContext()
                .getRegistry()
                .findSingleByType(VertxPlatformHttpRouter.class)
                .getServer()
                .getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.ofString(body))
                .header("X-Canary", "canary-of-a-header")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().map().toString()).doesNotContain("canary");
        assertThat(response.body()).doesNotContain("canary", SECRET);
        return response.statusCode();
    }

    @Test
    void given_a_change_when_its_hook_comes_then_the_change_is_saved_before_the_next_regular_poll() throws Exception {
        start();
        String id = clinicea.clinic().ids("appointments").get(0);
        saved.clear();
        clinicea.clinic().change("appointments", id);

        int status = send("POST", "/hooks/clinicea/" + SECRET, "{\"canary\":\"of a body\"}");

        assertThat(status).isEqualTo(204);
        await().atMost(PATIENCE).until(() -> saved.contains(id));
        assertThat(log).noneMatch(line -> line.contains("canary") || line.contains(SECRET));
    }

    @Test
    void given_many_hooks_when_they_come_at_once_then_two_polls_take_care_of_all() throws Exception {
        start();

        for (int hook = 0; hook < 50; hook++) {
            assertThat(send("POST", "/hooks/clinicea/" + SECRET, "x".repeat(1000)))
                    .isEqualTo(204);
        }

        // The first at once, and one a second as long as hooks come. 50 hooks take no 20 seconds.
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> polls().size() > 1);
        assertThat(polls()).hasSizeBetween(2, 22);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hooks/clinicea/wrong",
                "/hooks/clinicea/",
                "/hooks/clinicea",
                "/hooks/clinicea/" + SECRET + "/more",
                "/hooks/clinicea/" + SECRET + "x",
                "/hooks/clinicea/x?secret=" + SECRET,
                "/",
            })
    void given_another_path_when_a_hook_comes_then_the_response_is_404_and_nothing_is_polled(String path)
            throws Exception {
        start();

        assertThat(send("POST", path, "{}")).isEqualTo(404);

        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> polls().size() == 1);
    }

    @Test
    void given_a_large_body_when_a_hook_comes_then_it_is_not_read_into_memory_and_the_hint_counts() throws Exception {
        start();

        assertThat(send("POST", "/hooks/clinicea/" + SECRET, "canary".repeat(1_000_000)))
                .isEqualTo(204);

        await().atMost(PATIENCE).until(() -> polls().size() == 2);
        assertThat(log).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void given_a_short_secret_when_started_then_the_error_names_the_property() {
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("clinicea.webhook-secret", "short");
        main.configure().addRoutesBuilder(new WebhookAsHint());

        assertThat(catchThrowable(main::start)).hasStackTraceContaining("clinicea.webhook-secret must have 20");
    }
}
