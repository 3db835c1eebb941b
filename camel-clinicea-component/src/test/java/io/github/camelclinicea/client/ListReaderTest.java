/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.PageParameter;
import io.github.camelclinicea.catalog.PageSize;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.client.http.CamelHttpTransport;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.json.RowFields;
import io.github.camelclinicea.client.json.RowReader;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.testing.Clients;
import io.github.camelclinicea.testing.RawServer;
import io.github.camelclinicea.testing.TestRow;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the meaning of a response: a page, no page, or a failure that is repeated. */
@Timeout(60)
class ListReaderTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MAX_SIZE = 5000;
    private static final String GOOD = "[{\"ID\":\"Jürgen\"},{\"ID\":\"2\"}]";
    private static final Request CALL = new Request("patients", "changes", "GET", "/x", List.of(), null);

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

    // ---- what is a page

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json; charset=iso-8859-1",
                "text/json; charset=utf-16",
                "text/html",
                "text/plain",
                "application/octet-stream",
                "not a content type",
                "",
            })
    void given_a_list_in_utf8_when_its_content_type_is_another_then_it_is_a_page_all_the_same(String type)
            throws Exception {
        String header = "Content-Type: " + type + "\r\n";
        try (RawServer server = RawServer.answering(ok(header, GOOD, UTF_8))) {
            assertThat(ids(read(server, 0))).containsExactly("Jürgen", "2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "201 Created", "203 Non-Authoritative Information"})
    void given_a_list_without_a_content_type_when_its_status_is_a_success_then_it_is_a_page(String status)
            throws Exception {
        String empty = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\n[]";
        try (RawServer server = RawServer.answering(empty)) {
            assertThat(read(server, 0).rows()).isEmpty();
        }
    }

    @Test
    void given_a_body_that_ends_with_its_connection_when_it_is_whole_then_it_is_a_page() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n[{\"ID\":\"1\"}]")) {
            assertThat(ids(read(server, 0))).containsExactly("1");
        }
    }

    /** A 204 has no body in HTTP, so bytes after it must not be read as the response to the next request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "Content-Length: 0\r\n\r\n",
                "Content-Length: 12\r\n\r\n[{\"ID\":\"0\"}]",
                "Content-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
                "Content-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
            })
    void given_204_when_something_follows_it_then_it_is_an_empty_page_and_the_next_answer_is_its_own(String rest)
            throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 204 No Content\r\n" + rest, ok("", "[{\"ID\":\"1\"}]", UTF_8))) {
            CamelHttpTransport transport = transport(server);
            // This server closes each connection after its response, which the second request may notice.
            ListReader reader = reader(transport, 1);

            assertThat(reader.read(CALL, null, 0, RequestListener.NONE).rows()).isEmpty();
            assertThat(ids(reader.read(CALL, null, 0, RequestListener.NONE))).containsExactly("1");
            transport.close();
        }
    }

    /** Rows without a known id field, with more fields than an error has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"Message\":\"Your appointment\",\"SentTo\":\"p1\"}]",
                "[{\"Message\":\"one\"},{\"Message\":\"two\"}]",
                "[{\"ID\":\"1\",\"Message\":\"x\"}]",
                "[{\"Message\":null}]",
                "[{}]"
            })
    void given_rows_that_look_like_an_error_when_they_are_more_then_they_are_a_page(String body) throws Exception {
        try (RawServer server = RawServer.answering(ok("", body, UTF_8))) {
            assertThat(read(server, 0).rows()).isNotEmpty();
        }
    }

    // ---- what is none

    static Stream<Arguments> failedPages() {
        return Stream.of(
                Arguments.of("200 without a body", ok("", "", UTF_8)),
                Arguments.of("200 with nothing behind its head", "HTTP/1.1 200 OK\r\n\r\n"),
                Arguments.of("blanks", ok("", " \r\n", UTF_8)),
                Arguments.of("an HTML page", ok("Content-Type: text/html\r\n", "<html>Smith</html>", UTF_8)),
                Arguments.of("an object", ok("", "{\"Message\":\"Smith\"}", UTF_8)),
                Arguments.of("an error in an array", ok("", "[{\"Message\":\"An error, Smith\"}]", UTF_8)),
                Arguments.of("an error of ASP.NET", ok("", "[{\"Message\":\"x\",\"StackTrace\":\"Smith\"}]", UTF_8)),
                Arguments.of(
                        "an error with a code", ok("", "[{\"error\":{\"text\":\"Smith\"},\"success\":false}]", UTF_8)),
                Arguments.of("an array of texts", ok("", "[\"Smith\"]", UTF_8)),
                Arguments.of("a list cut off with its connection", "HTTP/1.1 200 OK\r\n\r\n[{\"Name\":\"Smith\"},{\"I"),
                Arguments.of("a field twice", ok("", "[{\"ID\":\"Smith\",\"ID\":\"Smith\"}]", UTF_8)),
                Arguments.of("too deep", ok("", "[{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}]", UTF_8)),
                Arguments.of(
                        "another encoding that is declared",
                        ok("Content-Type: application/json; charset=iso-8859-1\r\n", GOOD, ISO_8859_1)),
                Arguments.of(
                        "UTF-16 that is declared",
                        ok("Content-Type: application/json; charset=utf-16\r\n", GOOD, UTF_16LE)),
                Arguments.of("too long a length", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[{\"ID\":\"Smith\"}]"),
                Arguments.of(
                        "a chunk cut off",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nF\r\n[{\"ID\":\"Smith"),
                Arguments.of(
                        "a last chunk that is missing",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failedPages")
    void given_what_is_no_page_when_read_then_it_fails_and_is_never_an_empty_page(String what, String wire)
            throws Exception {
        try (RawServer server = RawServer.answering(wire)) {
            assertThatThrownBy(() -> read(server, 0))
                    .isInstanceOfSatisfying(
                            CliniceaException.class,
                            e -> assertThat(e.isRetryable()).isTrue())
                    .hasMessageContaining("patients changes")
                    .hasMessageNotContaining("Smith");
            assertThat(server.pending()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failedPages")
    void given_what_is_no_page_when_there_are_retries_left_then_it_is_asked_for_again(String what, String wire)
            throws Exception {
        try (RawServer server = RawServer.answering(wire, wire, ok("", GOOD, UTF_8))) {
            assertThat(ids(read(server, 2))).containsExactly("Jürgen", "2");
            assertThat(server.pending()).hasSize(3);
        }
    }

    /** A look-up must not return a part of the list as the whole list. */
    @Test
    void given_a_row_that_cannot_be_read_when_looked_up_then_the_failure_names_page_row_and_neighbour()
            throws Exception {
        String page = "[{\"ID\":\"4711\"},{\"Name\":\"Smith\",\"Bmi\":NaN}]";
        try (RawServer server = RawServer.answering(ok("", page, UTF_8), ok("", page, UTF_8));
                CamelHttpTransport transport = transport(server)) {
            ListReader reader = reader(transport, 0);

            assertThatThrownBy(() -> reader.read(CALL, null, 0, RequestListener.NONE))
                    .hasMessageContaining("patients changes is not a list of rows")
                    .hasMessageContaining(
                            "row 1, behind the row with id 4711, cannot be read: it is not well-formed JSON")
                    .hasMessageNotContaining("Smith");
            Paging paging = new Paging(new PageParameter("page", 0), new PageSize(null, 100));
            assertThatThrownBy(() -> reader.read(CALL, paging, 3, RequestListener.NONE))
                    .hasMessageContaining("patients changes, page 3, is not");
        }
    }

    @Test
    void given_a_row_that_cannot_be_read_when_changes_are_read_then_it_has_a_defect_and_the_others_are_there()
            throws Exception {
        String page = "[{\"ID\":\"1\"},{\"ID\":\"2\",\"Bmi\":NaN},null,{\"ID\":\"3\"}]";
        try (RawServer server = RawServer.answering(ok("", page, UTF_8));
                CamelHttpTransport transport = transport(server)) {
            RowFields fields = new RowFields(List.of("ID"), List.of(), List.of(), Set.of());

            List<Row> rows = new ListReader(client(transport, 0), new RowReader(fields, null, TestRow.MAX_SIZE), true)
                    .read(CALL, null, 0, RequestListener.NONE)
                    .rows();

            assertThat(rows).extracting(Row::id).containsExactly("1", "2", null, "3");
            assertThat(rows)
                    .extracting(Row::defect)
                    .containsExactly(null, "it is not well-formed JSON", "it is null", null);
        }
    }

    @Test
    void given_a_page_that_failed_when_the_next_response_holds_it_then_only_its_filled_fields_are_known()
            throws Exception {
        try (RawServer server = RawServer.answering(
                        ok("", "[{\"Message\":\"failed\"}]", UTF_8), ok("", "[{\"ID\":\"1\",\"a\":null}]", UTF_8));
                CamelHttpTransport transport = transport(server)) {
            Set<String> filled = new HashSet<>();

            reader(transport, 1).read(CALL, null, 0, RequestListener.NONE, filled);

            assertThat(filled).containsExactly("ID");
        }
    }

    @Test
    void given_a_list_that_is_looked_up_when_read_then_the_version_of_a_row_is_that_of_its_bytes() throws Exception {
        try (RawServer server = RawServer.answering(ok("", GOOD, UTF_8))) {
            assertThat(read(server, 0).rows())
                    .hasSize(2)
                    .allSatisfy(
                            row -> assertThat(row.version()).isEqualTo(RowVersion.of(null, null, null, row.content())));
        }
    }

    @Test
    void given_a_page_larger_than_the_limit_when_there_are_retries_left_then_it_is_not_asked_for_again()
            throws Exception {
        try (RawServer server = RawServer.answering(ok("", "[" + " ".repeat(MAX_SIZE) + "]", UTF_8))) {
            assertThatThrownBy(() -> read(server, 3)).hasMessageContaining("maxResponseSize");
            assertThat(server.pending()).hasSize(1);
        }
    }

    // ----

    private static String ok(String header, String body, Charset charset) {
        byte[] bytes = body.getBytes(charset);
        return "HTTP/1.1 200 OK\r\nConnection: close\r\n" + header + "Content-Length: " + bytes.length + "\r\n\r\n"
                + new String(bytes, ISO_8859_1);
    }

    private static Page read(RawServer server, int maxRetries) throws Exception {
        try (CamelHttpTransport transport = transport(server)) {
            return reader(transport, maxRetries).read(CALL, null, 0, RequestListener.NONE);
        }
    }

    private static CamelHttpTransport transport(RawServer server) throws Exception {
        return Clients.transport(
                context,
                new ConnectionSettings(URI.create(server.url()), LONG, LONG, LONG, MAX_SIZE, null, null, null, null));
    }

    private static ListReader reader(Transport transport, int maxRetries) {
        return new ListReader(client(transport, maxRetries), List.of("ID"), List.of(), List.of(), TestRow.MAX_SIZE);
    }

    /** Returns a client that repeats requests without waiting. */
    private static CliniceaClient client(Transport transport, int maxRetries) {
        RetryPolicy policy = new RetryPolicy(maxRetries, LONG, Clock.systemUTC(), bound -> 0);
        return Clients.client(transport, new ApiKey("k", List.of("api")), policy);
    }

    private static List<String> ids(Page page) {
        return page.rows().stream().map(Row::id).toList();
    }
}
