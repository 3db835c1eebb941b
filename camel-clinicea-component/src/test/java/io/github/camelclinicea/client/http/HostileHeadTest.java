/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static io.github.camelclinicea.testing.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.camelclinicea.testing.Clients;
import io.github.camelclinicea.testing.KeepAliveServer;
import io.github.camelclinicea.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the limits on the parts of a response outside its body, which a server may make endless, and the state after an
 * error in the HTTP client.
 */
@Timeout(60)
class HostileHeadTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<Parameter> NO_HEADERS = List.of();
    private static final String GOOD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n[]";

    private static DefaultCamelContext context;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    static Stream<Arguments> endless() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of("status line", "HTTP/1.1 200 ", "Smith"),
                Arguments.of("header line", "HTTP/1.1 200 OK\r\nX: ", "Smith"),
                Arguments.of("folded header", "HTTP/1.1 200 OK\r\nX: a\r\n", " Smith\r\n"),
                Arguments.of("headers", "HTTP/1.1 200 OK\r\n", "X: Smith\r\n"),
                Arguments.of("header of an informational response", "HTTP/1.1 103 Early Hints\r\nX: ", "Smith"),
                Arguments.of("chunk size", chunked, "00000"),
                Arguments.of("chunk extension", chunked + "2;", "Smith"),
                Arguments.of("trailer line", chunked + "0\r\nX: ", "Smith"),
                Arguments.of("trailers", chunked + "0\r\n", "X: Smith\r\n"));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void given_what_is_not_body_when_it_has_no_end_then_it_is_cut_off_and_memory_stays_flat(
            String what, String start, String piece) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        String pieces = piece.repeat(2000);
        try (RawServer server = new RawServer(out -> {
            if (requests.getAndIncrement() > 0) {
                write(out, GOOD);
                return;
            }
            write(out, start);
            writeAsLongAsItIsRead(out, pieces);
        })) {
            CamelHttpTransport transport = transport(server, null);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();

            assertThatThrownBy(() -> transport.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(Transport.TooLargeException.class)
                    .hasMessageContaining("65536 bytes")
                    .hasMessageContaining("200 headers")
                    .hasMessageNotContaining("Smith");

            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated")
                    .isLessThan(16_000_000);
            assertThat(transport.exchange("GET", "/x", NO_HEADERS, null).status())
                    .isEqualTo(200);
            transport.close();
        }
    }

    private static void writeAsLongAsItIsRead(OutputStream out, String pieces) throws java.io.IOException {
        for (int i = 0; i < 100_000; i++) {
            write(out, pieces);
        }
    }

    @Test
    void given_a_head_of_the_size_that_servers_allow_when_it_comes_then_it_is_taken() throws Exception {
        String headers = ("X-Long: " + "x".repeat(60_000) + "\r\n") + "X: y\r\n".repeat(180);
        try (RawServer server =
                new RawServer("HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers + "Content-Length: 2\r\n\r\n[]")) {
            CamelHttpTransport transport = transport(server, null);

            assertThat(transport.exchange("GET", "/x", NO_HEADERS, null).body())
                    .asString()
                    .isEqualTo("[]");
            transport.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, ", "Content-Encoding: gzip\r\n"})
    void given_many_content_encodings_when_they_come_then_the_response_is_refused(String piece) throws Exception {
        String encodings =
                piece.startsWith("gzip") ? "Content-Encoding: " + piece.repeat(8000) + "gzip\r\n" : piece.repeat(100);
        try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\n" + encodings + "Content-Length: 2\r\n\r\n[]")) {
            CamelHttpTransport transport = transport(server, null);

            assertThatThrownBy(() -> transport.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(Transport.TooLargeException.class)
                    .hasMessageContaining("content encodings");
            transport.close();
        }
    }

    // ---- what an error leaves behind

    /** More responses than the pool has connections. HttpClient before 5.6.3 keeps a connection in this case. */
    @ParameterizedTest
    @ValueSource(strings = {"bogus", "gzip, bogus", "gzip"})
    void given_responses_that_cannot_be_decoded_when_many_have_come_then_a_good_one_is_read(String encoding)
            throws Exception {
        int many = 250;
        AtomicInteger sent = new AtomicInteger();
        String bad = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: " + encoding
                + "\r\nContent-Length: 2\r\n\r\n[]";
        try (RawServer server = new RawServer(out -> write(out, sent.getAndIncrement() < many ? bad : GOOD))) {
            CamelHttpTransport transport = transport(server, null);
            for (int i = 0; i < many; i++) {
                try {
                    transport.exchange("GET", "/bad", NO_HEADERS, null);
                } catch (IOException e) {
                    // Some releases of HttpClient refuse an unknown encoding, others pass the body on.
                }
            }

            assertThat(transport.exchange("GET", "/good", NO_HEADERS, null).body())
                    .asString()
                    .isEqualTo("[]");
            assertThat(sent).hasValue(many + 1);
            transport.close();
        }
    }

    @Test
    void given_an_error_in_the_http_client_when_the_next_request_comes_then_it_is_sent_by_another_one()
            throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpComponent component = new HttpComponent();
        component.setCamelContext(context);
        component.setHttpClientConfigurer(builder -> builder.addRequestInterceptorFirst((request, entity, http) -> {
            if (requests.getAndIncrement() == 0) {
                throw new StackOverflowError();
            }
        }));
        component.start();
        try (RawServer server = new RawServer(GOOD)) {
            CamelHttpTransport transport = transport(server, component);
            Transport one = transport.session(LONG, 1000, () -> {});
            Transport other = transport.session(LONG, 1000, () -> {});

            assertThatThrownBy(() -> one.exchange("GET", "/x", NO_HEADERS, null))
                    .isInstanceOf(StackOverflowError.class);

            assertThat(other.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(200);
            assertThat(one.exchange("GET", "/x", NO_HEADERS, null).status()).isEqualTo(200);
            transport.close();
        }
    }

    // ---- what is left behind a body

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
            })
    void given_bytes_behind_a_body_when_the_next_request_comes_then_they_are_not_its_response(String response)
            throws Exception {
        String poison = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\"poison\"";
        for (boolean later : new boolean[] {false, true}) {
            try (KeepAliveServer server = new KeepAliveServer(
                    out -> {
                        write(out, later ? response : response + poison);
                        if (later) {
                            write(out, poison);
                        }
                    },
                    out -> write(out, GOOD))) {
                CamelHttpTransport transport = transport(server.url(), null);
                transport.exchange("GET", "/1", NO_HEADERS, null);
                server.awaitWritten();

                assertThat(transport.exchange("POST", "/2", NO_HEADERS, null).body())
                        .asString()
                        .isEqualTo("[]");
                assertThat(server.connections()).isEqualTo(2);
                transport.close();
            }
        }
    }

    private static CamelHttpTransport transport(RawServer server, HttpComponent component) throws Exception {
        return transport(server.url(), component);
    }

    private static CamelHttpTransport transport(String url, HttpComponent component) throws Exception {
        return Clients.transport(
                context,
                new ConnectionSettings(URI.create(url), LONG, LONG, LONG, 1_000_000, component, null, null, null));
    }
}
