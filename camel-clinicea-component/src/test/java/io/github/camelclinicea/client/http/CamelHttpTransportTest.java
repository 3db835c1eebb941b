/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.github.camelclinicea.testing.RawServer.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.client.ApiKey;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.testing.Clients;
import io.github.camelclinicea.testing.ClosedPort;
import io.github.camelclinicea.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the transport on the wire, against WireMock, and against a raw server for responses that WireMock cannot send.
 */
@Timeout(30)
class CamelHttpTransportTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration PROMPT = Duration.ofSeconds(8);
    private static final List<Parameter> NO_HEADERS = List.of();

    private static WireMockServer server;
    private static DefaultCamelContext context;

    private CamelHttpTransport transport;

    @BeforeAll
    static void start() {
        server = new WireMockServer(options().dynamicPort().bindAddress("localhost"));
        server.start();
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
        server.stop();
    }

    @BeforeEach
    void open() throws Exception {
        server.resetAll();
        transport = Clients.transport(context, settings(server.baseUrl(), LONG, 1_000_000, null));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    // ---- what is sent

    @Test
    void given_a_target_when_sent_then_it_is_on_the_wire_byte_by_byte() throws Exception {
        answer(aResponse());
        String target = "/api/v1/patients"
                + Encoding.query(List.of(
                        new Parameter("lastSyncTimestamp", "2015-03-21T14:30:10+00:00"),
                        new Parameter("text", "a b&c=ä/../?#%"),
                        new Parameter("empty", ""),
                        new Parameter("api_key", "t:o+k")));

        transport.exchange("GET", target, NO_HEADERS, null);

        assertThat(request().getUrl())
                .isEqualTo("/api/v1/patients?lastSyncTimestamp=2015-03-21T14:30:10%2B00:00"
                        + "&text=a%20b%26c%3D%C3%A4%2F..%2F%3F%23%25&empty=&api_key=t:o%2Bk");
    }

    @Test
    void given_a_target_when_sent_then_the_very_request_line_is_as_given() throws Exception {
        try (RawServer raw = new RawServer("HTTP/1.1 204 No Content\r\n\r\n")) {
            CamelHttpTransport direct = transportTo(raw, LONG, 1000);

            direct.exchange("GET", "/a//b/%2E%2E/c;x=1?q=10:00%2B1&&r=%7E'", NO_HEADERS, null);

            assertThat(raw.request()).startsWith("GET /a//b/%2E%2E/c;x=1?q=10:00%2B1&&r=%7E' HTTP/1.1\r\n");
            direct.close();
        }
    }

    @Test
    void given_a_base_url_with_a_path_when_sent_then_the_target_comes_behind_it() throws Exception {
        answer(aResponse());
        for (String slash : List.of("", "/", "//", "///")) {
            CamelHttpTransport behindProxy =
                    Clients.transport(context, settings(server.baseUrl() + "/clinic" + slash, LONG, 1000, null));

            behindProxy.exchange("GET", "/api/v1/patients?a=1", NO_HEADERS, null);

            behindProxy.close();
        }
        assertThat(requests()).extracting(LoggedRequest::getUrl).containsOnly("/clinic/api/v1/patients?a=1");
    }

    /**
     * A cancel may come at any moment of a request: while it takes a connection, waits, reads, or returns the
     * connection.
     */
    @Test
    void given_a_session_that_ends_at_any_moment_when_requests_are_under_way_then_they_end_as_io_and_others_go_on()
            throws Exception {
        answer(aResponse().withBody("[]"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 1000; round++) {
                Transport session = transport.session(LONG, 1_000_000, () -> {});
                Future<Throwable> end = threads.submit(() -> catchThrowable(() -> {
                    while (true) {
                        session.exchange("GET", "/x", NO_HEADERS, null);
                    }
                }));
                transport.exchange("GET", "/y", NO_HEADERS, null);
                session.close();

                assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void given_an_api_key_when_a_client_calls_then_both_headers_carry_it() throws Exception {
        answer(aResponse().withStatus(204));
        RetryPolicy policy = new RetryPolicy(0, Duration.ZERO, Clock.systemUTC(), bound -> 0);
        CliniceaClient client = Clients.client(transport, new ApiKey("k3y", List.of("api", "api_key")), policy);

        client.call(new Request("patients", "changes", "GET", "/api/v1/patients", List.of(), null), answer -> answer);

        assertThat(request().getHeader("api")).isEqualTo("k3y");
        assertThat(request().getHeader("api_key")).isEqualTo("k3y");
        assertThat(request().getHeader("Accept")).isEqualTo("application/json");
        assertThat(request().getHeader("User-Agent")).isEqualTo("camel-clinicea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void given_a_body_when_sent_then_it_goes_as_json_in_utf8(String method) throws Exception {
        answer(aResponse());

        transport.exchange(method, "/x", NO_HEADERS, "{\"n\":\"ü\"}".getBytes(UTF_8));

        assertThat(request().getMethod().getName()).isEqualTo(method);
        assertThat(request().getBody()).asString(UTF_8).isEqualTo("{\"n\":\"ü\"}");
        assertThat(request().getHeader("Content-Type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void given_a_write_without_a_body_when_sent_then_there_is_none(String method) throws Exception {
        answer(aResponse());

        transport.exchange(method, "/x?a=1", NO_HEADERS, null);

        assertThat(request().getMethod().getName()).isEqualTo(method);
        assertThat(request().getBody()).isEmpty();
    }

    @Test
    void given_a_target_that_is_no_url_when_sent_then_the_failure_gives_nothing_of_it_away() {
        Throwable failure =
                catchThrowable(() -> transport.exchange("GET", "/a path?api_key=t0ken&name=Smith", NO_HEADERS, null));

        assertThat(failure).isNotNull();
        assertThat(trace(failure)).doesNotContain("t0ken").doesNotContain("Smith");
        assertThat(requests()).isEmpty();
    }

    // ---- what comes back

    @Test
    void given_an_answer_when_it_comes_then_status_body_date_and_retry_after_are_as_sent() throws Exception {
        answer(aResponse()
                .withStatus(418)
                .withHeader("Date", "Mon, 23 Nov 2026 10:05:17 GMT")
                .withHeader("Retry-After", "7")
                .withBody("[ü]"));

        Response answer = get("/x");

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body()).asString(UTF_8).isEqualTo("[ü]");
        assertThat(answer.serverTime()).isEqualTo(Instant.parse("2026-11-23T10:05:17Z"));
        assertThat(answer.retryAfter()).isEqualTo("7");
    }

    @Test
    void given_an_answer_without_body_or_headers_when_it_comes_then_they_are_empty() throws Exception {
        try (RawServer raw = new RawServer("HTTP/1.1 204 No Content\r\n\r\n")) {
            CamelHttpTransport direct = transportTo(raw, LONG, 1000);

            Response answer = direct.exchange("GET", "/x", NO_HEADERS, null);

            assertThat(answer.body()).isEmpty();
            assertThat(answer.serverTime()).isNull();
            assertThat(answer.retryAfter()).isNull();
            direct.close();
        }
    }

    @Test
    void given_a_compressed_answer_when_it_comes_then_it_is_unpacked() throws Exception {
        String body = "[" + "{\"a\":\"ü\"},".repeat(5000) + "{}]";
        answer(aResponse().withBody(body));

        Response answer = get("/x");

        assertThat(request().getHeader("Accept-Encoding")).contains("gzip");
        assertThat(answer.body()).asString(UTF_8).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void given_a_redirect_when_it_comes_then_it_is_not_followed(int status) throws Exception {
        answer(aResponse().withStatus(status).withHeader("Location", server.baseUrl() + "/elsewhere"));

        assertThat(get("/x").status()).isEqualTo(status);
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void given_a_busy_server_when_it_asks_for_a_wait_then_the_http_client_neither_waits_nor_asks_again(int status)
            throws Exception {
        answer(aResponse().withStatus(status).withHeader("Retry-After", "25"));
        Instant start = Instant.now();

        assertThat(get("/x").status()).isEqualTo(status);

        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPT);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void given_a_cookie_when_a_server_sets_it_then_it_is_not_sent_back() throws Exception {
        answer(aResponse().withHeader("Set-Cookie", "session=1; Path=/"));

        get("/x");
        get("/y");

        assertThat(requests())
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.containsHeader("Cookie")).isFalse());
    }

    // ---- bounds

    @Test
    void given_a_body_of_the_largest_size_when_it_comes_then_it_is_taken_and_one_byte_more_is_not() throws Exception {
        answer(aResponse().withBody("x".repeat(1_000_000)));
        assertThat(get("/x").body()).hasSize(1_000_000);

        answer(aResponse().withBody("x".repeat(1_000_001)));
        assertThatThrownBy(() -> get("/x"))
                .isInstanceOf(Transport.TooLargeException.class)
                .hasMessageContaining("maxResponseSize");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 131_071, 131_072, 131_073, 300_000})
    void given_a_body_of_any_length_when_it_comes_announced_or_not_then_it_is_what_was_sent(int length)
            throws Exception {
        String body = "0123456".repeat(length / 7 + 1).substring(0, length);
        for (String announced : List.of("Content-Length: " + length + "\r\n", "")) {
            try (RawServer raw =
                    new RawServer("HTTP/1.1 200 OK\r\nConnection: close\r\n" + announced + "\r\n" + body)) {
                CamelHttpTransport direct = transportTo(raw, LONG, 300_000);

                byte[] read = direct.exchange("GET", "/x", NO_HEADERS, null).body();

                assertThat(new String(read, UTF_8)).as(announced).isEqualTo(body);
                direct.close();
            }
        }
    }

    @Test
    void given_a_body_of_a_gigabyte_when_more_of_it_comes_then_there_is_room_for_the_largest_that_may_be_set() {
        long largest = Integer.MAX_VALUE - 8;

        assertThat(ResponseBody.moreThan(1 << 30, largest)).isEqualTo(Integer.MAX_VALUE - 7);
        assertThat(ResponseBody.moreThan((1 << 30) + 1, largest)).isEqualTo(Integer.MAX_VALUE - 7);
    }

    @Test
    void given_a_body_without_end_when_it_comes_then_it_is_cut_off_at_the_largest_size() throws Exception {
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        try (RawServer raw = new RawServer(out -> {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(out, chunk);
            }
        })) {
            CamelHttpTransport direct = transportTo(raw, LONG, 100_000);
            Instant start = Instant.now();

            assertThatThrownBy(() -> direct.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(Transport.TooLargeException.class);

            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPT);
            direct.close();
        }
    }

    @Test
    void given_a_body_that_dribbles_when_its_time_is_up_then_it_is_cut_off() throws Exception {
        answer(aResponse().withBody("x".repeat(100)).withChunkedDribbleDelay(100, 20_000));
        CamelHttpTransport hasty =
                Clients.transport(context, settings(server.baseUrl(), Duration.ofMillis(700), 1000, null));
        Instant start = Instant.now();

        assertThatThrownBy(() -> hasty.exchange("GET", "/x", NO_HEADERS, null))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Transport.NotSentException.class)
                .hasMessageContaining("requestTimeout")
                .hasMessageContaining("700");

        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(600), PROMPT);
        hasty.close();
    }

    @Test
    void given_a_server_that_is_silent_when_the_response_timeout_is_up_then_it_fails() throws Exception {
        try (RawServer raw = new RawServer(out -> forever().take())) {
            CamelHttpTransport direct = Clients.transport(
                    context,
                    new ConnectionSettings(
                            URI.create(raw.url()), LONG, Duration.ofMillis(300), LONG, 1000, null, null, null, null));
            Instant start = Instant.now();

            assertThatThrownBy(() -> direct.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(Transport.NotSentException.class);

            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPT);
            direct.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"})
    void given_a_server_that_dribbles_when_its_time_is_up_then_it_is_cut_off_wherever_it_is(String promptly)
            throws Exception {
        try (RawServer raw = new RawServer(out -> {
            write(out, promptly);
            while (true) {
                write(out, "x");
                forever().poll(100, TimeUnit.MILLISECONDS);
            }
        })) {
            CamelHttpTransport hasty = transportTo(raw, Duration.ofMillis(700), 1000);
            Instant start = Instant.now();

            assertThatThrownBy(() -> hasty.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(Transport.NotSentException.class)
                    .hasMessageContaining("requestTimeout");

            assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(600), PROMPT);
            hasty.close();
        }
    }

    @Test
    void given_a_host_that_takes_no_connection_when_the_connect_timeout_is_up_then_it_is_certain_that_nothing_was_sent()
            throws Exception {
        try (FullServer full = new FullServer()) {
            CamelHttpTransport direct = Clients.transport(
                    context, timeouts(full.url(), Duration.ofMillis(300), LONG, LONG.multipliedBy(10), null));

            assertThatThrownBy(() -> direct.exchange("POST", "/x", NO_HEADERS, null))
                    .isInstanceOf(Transport.NotSentException.class);
            direct.close();
        }
    }

    @Test
    void given_a_host_that_takes_no_connection_when_the_request_timeout_is_up_then_it_is_cut_off() throws Exception {
        try (FullServer full = new FullServer()) {
            CamelHttpTransport hasty = Clients.transport(
                    context, timeouts(full.url(), LONG.multipliedBy(10), LONG, Duration.ofMillis(300), null));

            assertThatThrownBy(() -> hasty.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("requestTimeout");
            hasty.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "gzip, gzip"})
    void given_a_small_answer_that_unpacks_to_a_huge_one_when_it_comes_then_it_is_cut_off_and_memory_stays_flat(
            String encoding) throws Exception {
        byte[] bomb = zeros(100_000_000, encoding);
        try (RawServer raw = new RawServer(out -> {
            write(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + bomb.length
                            + "\r\n\r\n");
            out.write(bomb);
        })) {
            CamelHttpTransport direct = transportTo(raw, LONG, 1_000_000);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();

            assertThatThrownBy(() -> direct.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(Transport.TooLargeException.class);

            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated")
                    .isLessThan(16_000_000);
            direct.close();
        }
    }

    private static byte[] zeros(int count, String encoding) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        OutputStream out = packed;
        for (String each : encoding.split(", ")) {
            out = each.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out);
        }
        try (OutputStream packing = out) {
            byte[] block = new byte[100_000];
            for (int i = 0; i < count / block.length; i++) {
                packing.write(block);
            }
        }
        return packed.toByteArray();
    }

    @Test
    void given_answers_of_all_kinds_when_they_come_one_after_another_then_they_come_on_one_connection()
            throws Exception {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        HttpServer counting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        counting.createContext("/", http -> {
            connections.add(http.getRemoteAddress().getPort());
            int status = Integer.parseInt(http.getRequestURI().getPath().substring(1));
            http.sendResponseHeaders(status, status == 204 ? -1 : 0);
            if (status != 204) {
                http.getResponseBody().write("x".repeat(20_000).getBytes(UTF_8));
            }
            http.close();
        });
        counting.start();
        try {
            CamelHttpTransport direct = Clients.transport(
                    context,
                    settings("http://localhost:" + counting.getAddress().getPort(), LONG, 100_000, null));
            for (int status : List.of(200, 204, 302, 400, 401, 404, 429, 500, 503, 200)) {
                assertThat(direct.exchange("GET", "/" + status, NO_HEADERS, null)
                                .status())
                        .isEqualTo(status);
            }
            direct.close();
        } finally {
            counting.stop(0);
        }
        assertThat(connections).hasSize(1);
    }

    // ---- what breaks

    @Test
    void given_nobody_at_the_port_when_sent_then_it_is_certain_that_it_was_not_sent() throws Exception {
        try (ClosedPort port = new ClosedPort()) {
            CamelHttpTransport nowhere = Clients.transport(context, settings(port.url(), LONG, 1000, null));

            assertThatThrownBy(() -> nowhere.exchange("POST", "/x?name=Smith", NO_HEADERS, null))
                    .isInstanceOf(Transport.NotSentException.class)
                    .satisfies(e -> assertThat(trace(e)).doesNotContain("Smith"));
            nowhere.close();
        }
    }

    @Test
    void given_a_host_that_has_no_address_when_sent_then_it_is_certain_that_it_was_not_sent() throws Exception {
        CamelHttpTransport nowhere =
                Clients.transport(context, settings("http://no-such-host.invalid", LONG, 1000, null));

        assertThatThrownBy(() -> nowhere.exchange("POST", "/x", NO_HEADERS, null))
                .isInstanceOf(Transport.NotSentException.class);
        nowhere.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void given_a_connection_that_breaks_when_sent_then_it_fails_and_may_have_been_sent(Fault fault) {
        answer(aResponse().withStatus(200).withFault(fault));

        assertThatThrownBy(() -> transport.exchange("POST", "/x?name=Smith", NO_HEADERS, null))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Transport.NotSentException.class)
                .isNotInstanceOf(Transport.TooLargeException.class)
                .satisfies(e -> assertThat(trace(e)).doesNotContain("Smith"));
        assertThat(requests()).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[{\"name\":\"Smith\"}]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"na",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n[{\"name\":\"Smith\"}]\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[{\"name\":\"Smith\"}]\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 18\r\n\r\n[{\"name\":\"Smith\"}]",
                "HTTP/1.1 20Smith OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: Smith\r\n\r\n[]",
                "[{\"name\":\"Smith\"}]\r\n",
            })
    void given_an_answer_that_is_broken_when_it_comes_then_it_fails_and_nothing_of_it_is_given_away(String wire)
            throws Exception {
        try (RawServer raw = new RawServer(wire)) {
            CamelHttpTransport direct = transportTo(raw, LONG, 1000);

            assertThatThrownBy(() -> direct.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(Transport.NotSentException.class)
                    .satisfies(e -> assertThat(trace(e)).doesNotContain("Smith"));
            direct.close();
        }
    }

    // ---- stop

    @Test
    void given_a_request_that_hangs_when_the_transport_is_closed_then_it_is_cut_off() throws Exception {
        try (RawServer raw = new RawServer(out -> forever().take())) {
            CamelHttpTransport direct = transportTo(raw, LONG, 1000);
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try {
                Future<Throwable> failure =
                        pool.submit(() -> catchThrowable(() -> direct.exchange("GET", "/x", NO_HEADERS, null)));
                assertThat(raw.request()).startsWith("GET /x");

                direct.close();

                assertThat(failure.get(PROMPT.toMillis(), TimeUnit.MILLISECONDS))
                        .isInstanceOf(IOException.class);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void given_a_closed_transport_when_sent_then_nothing_is_sent() {
        answer(aResponse());
        transport.close();

        assertThatThrownBy(() -> transport.exchange("POST", "/x", NO_HEADERS, null))
                .isInstanceOf(Transport.NotSentException.class)
                .hasMessageContaining("stopped");
        assertThat(requests()).isEmpty();
    }

    // ---- a user's own camel-http

    @Test
    void given_a_users_http_component_when_used_then_its_settings_hold_but_redirects_and_waits_are_still_off()
            throws Exception {
        HttpComponent own = usersComponent();
        own.setFollowRedirects(true);
        own.setResponseTimeout(300);
        CamelHttpTransport theirs = Clients.transport(context, settings(server.baseUrl(), LONG, 1000, own));
        answer(aResponse()
                .withStatus(302)
                .withHeader("Location", server.baseUrl() + "/elsewhere")
                .withHeader("Retry-After", "25"));

        assertThat(theirs.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(302);
        assertThat(requests()).hasSize(1);

        answer(aResponse().withFixedDelay(10_000));
        assertThatThrownBy(() -> theirs.exchange("GET", "/x", NO_HEADERS, null)).isInstanceOf(IOException.class);
        theirs.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_users_http_component_when_its_timeout_and_ours_differ_then_the_shorter_one_holds(boolean theirs)
            throws Exception {
        HttpComponent own = usersComponent();
        own.setResponseTimeout(theirs ? 300 : 60_000);
        Duration ours = theirs ? LONG : Duration.ofMillis(300);
        CamelHttpTransport transport =
                Clients.transport(context, timeouts(server.baseUrl(), LONG, ours, LONG.multipliedBy(10), own));
        answer(aResponse().withFixedDelay(15_000));

        assertThatThrownBy(() -> transport.exchange("GET", "/x", NO_HEADERS, null))
                .isInstanceOf(SocketTimeoutException.class);
        transport.close();
    }

    @Test
    void given_a_users_http_component_without_timeouts_when_a_host_takes_no_connection_then_ours_holds()
            throws Exception {
        HttpComponent own = usersComponent();
        own.setConnectTimeout(0);
        try (FullServer full = new FullServer()) {
            CamelHttpTransport transport = Clients.transport(
                    context, timeouts(full.url(), Duration.ofMillis(300), LONG, LONG.multipliedBy(10), own));

            assertThatThrownBy(() -> transport.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(Transport.NotSentException.class);
            transport.close();
        }
    }

    @Test
    void given_a_users_http_component_that_repeats_and_follows_when_used_then_each_request_is_sent_once()
            throws Exception {
        HttpComponent own = usersComponent();
        own.setFollowRedirects(true);
        own.setHttpClientConfigurer(builder -> builder.setRedirectStrategy(DefaultRedirectStrategy.INSTANCE)
                .setRetryStrategy(new DefaultHttpRequestRetryStrategy(5, TimeValue.ofMilliseconds(1))));
        CamelHttpTransport theirs = Clients.transport(context, settings(server.baseUrl(), LONG, 1000, own));

        answer(aResponse().withStatus(503));
        assertThat(theirs.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(503);
        assertThat(requests()).hasSize(1);

        server.resetRequests();
        answer(aResponse().withStatus(307).withHeader("Location", server.baseUrl() + "/elsewhere"));
        assertThat(theirs.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(307);
        assertThat(requests()).hasSize(1);

        server.resetRequests();
        answer(aResponse().withFault(Fault.EMPTY_RESPONSE));
        assertThatThrownBy(() -> theirs.exchange("GET", "/x", NO_HEADERS, null)).isInstanceOf(IOException.class);
        assertThat(requests()).hasSize(1);
        theirs.close();
    }

    @Test
    void given_a_users_http_component_with_a_pool_when_used_then_requests_take_their_connections_from_it()
            throws Exception {
        answer(aResponse());
        try (PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager()) {
            HttpComponent own = usersComponent();
            own.setClientConnectionManager(pool);
            CamelHttpTransport theirs = Clients.transport(context, settings(server.baseUrl(), LONG, 1000, own));

            theirs.exchange("GET", "/x", NO_HEADERS, null);
            assertThat(pool.getTotalStats().getAvailable()).isEqualTo(1);
            theirs.close();

            assertThat(pool.getTotalStats().getAvailable())
                    .as("not closed with the transport")
                    .isEqualTo(1);
        }
    }

    @Test
    void given_a_users_pool_that_is_exhausted_when_it_gives_no_connection_then_it_is_certain_that_nothing_was_sent()
            throws Exception {
        HttpComponent own = usersComponent();
        own.setConnectionsPerRoute(1);
        own.setConnectionRequestTimeout(200);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (RawServer raw = new RawServer(out -> forever().take())) {
            CamelHttpTransport theirs = Clients.transport(context, settings(raw.url(), LONG, 1000, own));
            thread.submit(() -> catchThrowable(() -> theirs.exchange("GET", "/x", NO_HEADERS, null)));
            raw.request();

            assertThatThrownBy(() -> theirs.exchange("POST", "/y", NO_HEADERS, null))
                    .isInstanceOf(Transport.NotSentException.class);
            theirs.close();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void given_a_users_http_component_that_is_only_a_bean_when_used_then_it_works() throws Exception {
        answer(aResponse());
        CamelHttpTransport theirs =
                Clients.transport(context, settings(server.baseUrl(), LONG, 1000, new HttpComponent()));

        assertThat(theirs.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(200);
        theirs.close();
    }

    @Test
    void given_two_transports_over_a_users_component_when_one_is_closed_then_the_other_still_works() throws Exception {
        HttpComponent own = usersComponent();
        CamelHttpTransport one = Clients.transport(context, settings(server.baseUrl(), LONG, 1000, own));
        CamelHttpTransport other = Clients.transport(context, settings(server.baseUrl(), LONG, 1000, own));
        answer(aResponse());
        one.exchange("GET", "/x", NO_HEADERS, null);

        one.close();

        assertThat(other.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(200);
        other.close();
    }

    // ----

    private static ConnectionSettings settings(
            String baseUrl, Duration requestTimeout, long maxSize, HttpComponent own) {
        return new ConnectionSettings(URI.create(baseUrl), LONG, LONG, requestTimeout, maxSize, own, null, null, null);
    }

    private static ConnectionSettings timeouts(
            String baseUrl, Duration connect, Duration response, Duration request, HttpComponent own) {
        return new ConnectionSettings(URI.create(baseUrl), connect, response, request, 1000, own, null, null, null);
    }

    private static HttpComponent usersComponent() {
        HttpComponent component = new HttpComponent();
        component.setCamelContext(context);
        component.start();
        return component;
    }

    private static CamelHttpTransport transportTo(RawServer raw, Duration requestTimeout, long maxSize)
            throws Exception {
        return Clients.transport(context, settings(raw.url(), requestTimeout, maxSize, null));
    }

    private static void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private Response get(String target) throws IOException {
        return transport.exchange("GET", target, NO_HEADERS, null);
    }

    private static List<LoggedRequest> requests() {
        return server.findAll(com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl()));
    }

    private static LoggedRequest request() {
        assertThat(requests()).hasSize(1);
        return requests().get(0);
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Returns a queue that stays empty, so that a thread waits for it until it is interrupted. */
    private static BlockingQueue<Object> forever() {
        return new LinkedBlockingQueue<>();
    }

    /** Is a port with a full queue, so that the host accepts no further connection. */
    private static final class FullServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> queue = new ArrayList<>();

        FullServer() throws IOException {
            try {
                for (int i = 0; i < 100; i++) {
                    Socket waiting = new Socket();
                    queue.add(waiting);
                    waiting.connect(socket.getLocalSocketAddress(), 500);
                }
            } catch (SocketTimeoutException e) {
                return;
            }
            abort("the queue of a port has no end here");
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket waiting : queue) {
                waiting.close();
            }
            socket.close();
        }
    }
}
