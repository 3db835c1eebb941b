/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.catalog.Catalogue;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe ends with a reason and what to do at any server, and keeps its secrets. */
class HostileServerTest {
    private static final String KEY = "key-SECRET-1";
    private static final String DAY = "2017-";

    @TempDir
    Path directory;

    private ProbeRun probe(ScriptedServer server, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--api-key=" + KEY;
        arguments[1] = "--base-url=" + server.baseUrl();
        System.arraycopy(more, 0, arguments, 2, more.length);
        ProbeRun run = ProbeRun.of(directory, arguments);
        assertThat(server.asked()).hasSizeLessThanOrEqualTo(40).allMatch(request -> request.startsWith("GET "));
        assertThat(run.everything()).doesNotContain(KEY, DAY, "Zoë", "Exception");
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html><body>Please log in</body></html>", "{\"Message\":\"no\"}", "\"text\"", "[1,2]", "", "[{"
            })
    void given_a_server_that_answers_something_else_when_probed_then_no_list_is_found(String body) throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, body))) {
            ProbeRun run = probe(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("No list responded with one", "--base-url");
            assertThat(run.seen("patients", "path")).contains("200 without a list");
            assertThat(run.uris()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401,refused the credential",
        "403,refused the credential",
        "500,No list responded",
        "503,No list responded",
        "404,No list responded"
    })
    void given_a_server_that_refuses_all_when_probed_then_the_reason_is_printed(int status, String reason)
            throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(exchange -> ScriptedServer.send(exchange, status, "no " + KEY))) {
            ProbeRun run = probe(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains(reason);
            assertThat(run.seen("patients", "path")).contains(Integer.toString(status));
        }
    }

    @Test
    void given_a_wrong_key_when_probed_then_few_requests_are_sent() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 401, ""))) {
            probe(server);

            assertThat(server.asked()).hasSize(14);
        }
    }

    @Test
    void given_a_redirect_to_another_host_when_probed_then_the_key_does_not_go_there() throws Exception {
        try (ScriptedServer other = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, "[]"));
                ScriptedServer server = new ScriptedServer(exchange -> {
                    exchange.getResponseHeaders().set("Location", other.baseUrl() + exchange.getRequestURI());
                    ScriptedServer.send(exchange, 302, "");
                })) {
            ProbeRun run = probe(server);

            assertThat(other.asked()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.seen("patients", "path")).contains("302");
        }
    }

    @Test
    void given_no_server_when_probed_then_the_reason_is_printed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ProbeRun run = ProbeRun.of(directory, "--api-key=" + KEY, "--base-url=http://localhost:" + port);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("localhost refused the connection", "--base-url");
        assertThat(run.json().path("requests").asInt()).isEqualTo(1);
    }

    @Test
    void given_an_unknown_host_when_probed_then_the_reason_is_printed() {
        ProbeRun run = ProbeRun.of(directory, "--api-key=" + KEY, "--base-url=https://clinic.invalid");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("clinic.invalid");
        assertThat(run.everything()).doesNotContain(KEY);
    }

    @Test
    void given_a_server_that_never_answers_when_probed_then_it_stops_at_once() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(exchange -> awaitQuietly(end))) {
            ProbeRun run = probe(server, "--timeout=200");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("did not respond within");
            assertThat(server.asked()).hasSize(1);
        } finally {
            end.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void given_truncated_responses_when_probed_then_the_reason_is_printed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody()
                    .write("[{\"ID\":\"id-1\",\"Name\":\"Zoë".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        })) {
            ProbeRun run = probe(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("broke before the response was complete");
        }
    }

    @Test
    void given_an_endless_response_when_probed_then_it_ends_in_time() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            try {
                while (!Thread.interrupted()) {
                    exchange.getResponseBody().write(blanks);
                }
            } catch (IOException e) {
                // The probe has enough.
            }
        })) {
            ProbeRun run = probe(server, "--resource=leads");

            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void given_a_clinic_without_rows_when_probed_then_the_facts_are_not_known() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, "[]"))) {
            ProbeRun run = probe(server);

            assertThat(run.exitCode()).isZero();
            assertThat(run.seen("patients", "first page")).isEqualTo("not known: no rows");
            assertThat(run.seen("patients", "id field")).isEqualTo("not known: no rows");
            assertThat(run.seen("since of patients", "the moment itself")).isEqualTo("not known: no rows");
            assertThat(run.seen("API v1", "key in header api")).isEqualTo("accepted");
        }
    }

    @Test
    void given_one_row_when_probed_then_nothing_is_guessed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            boolean first = exchange.getRequestURI().getRawQuery().matches(".*(intPageNo|pageno|pageNo)=0.*");
            ScriptedServer.send(exchange, 200, first ? ScriptedServer.page("PatientID", 0, 1) : "[]");
        })) {
            ProbeRun run = probe(server, "--resource=patients");

            assertThat(run.exitCode()).isZero();
            assertThat(run.seen("patients", "first page")).isEqualTo("0");
            assertThat(run.seen("patients", "order")).isEqualTo("not known: only 1 row");
            assertThat(run.seen("patients", "id field")).isEqualTo("PatientID");
            assertThat(run.out())
                    .contains("patients: DataStatusStr string, ModifiedDatetime string, PatientID string; and 1 whose");
        }
    }

    @Test
    void given_a_role_that_may_not_read_some_lists_when_probed_then_the_others_are_asked() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            boolean allowed = exchange.getRequestURI().getPath().endsWith("/bills");
            ScriptedServer.send(exchange, allowed ? 200 : 401, allowed ? ScriptedServer.page("BillID", 0, 30) : "");
        })) {
            ProbeRun run = probe(server, "--resource=patients,appointments,bills");

            assertThat(run.exitCode()).isZero();
            assertThat(run.seen("patients", "path")).isEqualTo("/api/v1/patients: 401, not allowed to this credential");
            assertThat(run.seen("bills", "path")).isEqualTo("/api/v1/bills");
            assertThat(run.seen("bills", "id field")).isEqualTo("BillID");
            assertThat(run.seen("API v3", "key in header api")).isEqualTo("not asked");
        }
    }

    @Test
    void given_pages_that_fail_now_and_then_when_probed_then_no_first_page_is_pinned_for_it() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            int page = ScriptedServer.number(exchange, "intPageNo");
            // Page 0 exists, and fails each time.
            ScriptedServer.send(
                    exchange,
                    page == 0 ? 500 : 200,
                    page == 0 ? "" : ScriptedServer.page("PatientID", 100 * page, 100 * page + 100));
        })) {
            ProbeRun run = probe(server, "--resource=patients");

            assertThat(run.seen("patients", "first page")).isEqualTo("1 (page 0: 500)");
            assertThat(run.option("patients", "first page")).isEqualTo("-");
        }
    }

    @Test
    void given_a_page_0_that_fails_once_when_probed_then_the_list_begins_there() throws Exception {
        AtomicInteger zero = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            int page = ScriptedServer.number(exchange, "intPageNo");
            boolean fails = page == 0 && zero.incrementAndGet() == 1;
            ScriptedServer.send(
                    exchange, 200, fails ? "[]" : ScriptedServer.page("PatientID", 100 * page, 100 * page + 100));
        })) {
            assertThat(probe(server, "--resource=patients").seen("patients", "first page"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, '1 (page 0 repeats page 1)'",
        "404, '1 (page 0 repeats page 1)'",
        "403, 'not known: pages 0 and 1 have the same rows, page 2: 403'",
        "405, 'not known: pages 0 and 1 have the same rows, page 2: 405'",
    })
    void given_a_page_0_like_page_1_when_page_2_is_asked_then_only_a_missing_page_proves_the_first(
            int status, String firstPage) throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            boolean isTwo = ScriptedServer.number(exchange, "intPageNo") == 2;
            ScriptedServer.send(
                    exchange, isTwo ? status : 200, isTwo ? "[]" : ScriptedServer.page("PatientID", 100, 200));
        })) {
            assertThat(probe(server, "--resource=patients").seen("patients", "first page"))
                    .isEqualTo(firstPage);
        }
    }

    @Test
    void given_rows_that_change_between_the_requests_when_probed_then_no_field_is_called_volatile() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            int read = reads.incrementAndGet();
            int page = ScriptedServer.number(exchange, "intPageNo");
            String rows = ScriptedServer.page("PatientID", 100 * page, 100 * page + 100);
            // One patient is renamed at each request: a change without a new stamp in the same second, and one with it.
            rows = rows.replaceFirst("Zoë Invented", "Zoë Renamed" + read)
                    .replaceFirst(
                            "T10:00:00\",\"Name\":\"Zoë Invented",
                            "T10:00:0" + read % 10 + "\",\"Name\":\"Zoë New" + read);
            ScriptedServer.send(exchange, 200, page > 2 ? "[]" : rows);
        })) {
            ProbeRun run = probe(server, "--resource=patients");

            assertThat(run.seen("patients", "first page")).isEqualTo("0");
            assertThat(run.seen("patients", "fields that differ at each read")).isEqualTo("none");
            assertThat(run.seen("since of patients", "lastSyncDate alone")).isEqualTo("ignored");
        }
    }

    @Test
    void given_a_guess_that_is_taken_for_an_id_when_probed_then_the_list_with_rows_is_found() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/api/v1/bills/deleted" -> ScriptedServer.send(exchange, 204, "");
                case "/api/v1/bills/deletedBills" -> ScriptedServer.send(exchange, 400, "no id");
                case "/api/v1/bills/getDeletedBills" ->
                    ScriptedServer.send(
                            exchange,
                            200,
                            ScriptedServer.number(exchange, "intPageNo") == 0
                                    ? ScriptedServer.page("BillID", 0, 30)
                                    : "[]");
                default -> ScriptedServer.send(exchange, 404, "");
            }
        })) {
            ProbeRun run = probe(server, "--resource=deletedBills");

            assertThat(run.seen("deletedBills", "path")).isEqualTo("/api/v1/bills/getDeletedBills");
            assertThat(run.option("deletedBills", "path")).isEqualTo("path=/api/v1/bills/getDeletedBills");
            assertThat(run.seen("deletedBills", "first page")).isEqualTo("0");
        }
    }

    @Test
    void given_a_guess_without_rows_when_probed_then_its_path_is_not_pinned() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            boolean empty = exchange.getRequestURI().getPath().equals("/api/v1/bills/deletedBills");
            ScriptedServer.send(exchange, empty ? 204 : 404, "");
        })) {
            ProbeRun run = probe(server, "--resource=deletedBills");

            assertThat(run.seen("deletedBills", "path"))
                    .startsWith("not known: /api/v1/bills/deletedBills showed no rows");
            assertThat(run.option("deletedBills", "path")).isEqualTo("-");
        }
    }

    @Test
    void given_times_in_another_zone_when_probed_then_the_moment_is_not_called_exclusive() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            int page = ScriptedServer.number(exchange, "intPageNo");
            boolean all = query.contains("lastSyncDate=2000-");
            // Behind the moment that is asked, in a zone far in the east, there is nothing.
            ScriptedServer.send(exchange, 200, all && page == 0 ? ScriptedServer.page("PatientID", 0, 80) : "[]");
        })) {
            assertThat(probe(server, "--resource=patients").seen("since of patients", "the moment itself"))
                    .startsWith("not known: the rows of that moment did not come");
        }
    }

    @Test
    void given_a_login_that_answers_html_when_probed_then_there_is_no_token() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, "<html>Welcome</html>"))) {
            ProbeRun run = ProbeRun.of(
                    directory, "--base-url=" + server.baseUrl(), "--username=user-SECRET", "--password=word-SECRET");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("The staff login got no token");
            assertThat(run.seen("staff login", "without the organisation's key"))
                    .isEqualTo("no token (200)");
            assertThat(run.everything()).doesNotContain("SECRET");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void given_a_parameter_that_gets_no_rows_when_another_has_them_on_page_0_only_then_that_one_is_found()
            throws Exception {
        List<String> names = new SinceFamily(Catalogue.shipped()
                        .resource("patients")
                        .orElseThrow()
                        .changes()
                        .since())
                .names();
        assertThat(names).hasSize(2);
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            boolean first = query.contains(names.get(0) + "=");
            boolean second = query.contains(names.get(1) + "=");
            if (first && second) {
                ScriptedServer.send(exchange, 400, "");
            } else if (first || ScriptedServer.number(exchange, "intPageNo") == 0) {
                ScriptedServer.send(exchange, 200, first ? "[]" : ScriptedServer.page("PatientID", 0, 20));
            } else {
                ScriptedServer.send(exchange, 404, "");
            }
        })) {
            ProbeRun run = probe(server, "--resource=patients");

            assertThat(run.seen("patients", "first page")).isEqualTo("0");
            assertThat(run.seen("patients", "id field")).isEqualTo("PatientID");
        }
    }

    @Test
    void given_an_interrupt_when_probed_then_the_report_has_what_was_found_so_far() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        Thread probing = Thread.currentThread();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            if (requests.incrementAndGet() == 6) {
                probing.interrupt();
            }
            int page = ScriptedServer.number(exchange, "intPageNo");
            ScriptedServer.send(
                    exchange, 200, ScriptedServer.page("PatientID", 100 * page, page < 2 ? 100 * page + 100 : 200));
        })) {
            ProbeRun run = probe(server, "--resource=patients");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("The probe was stopped");
            assertThat(run.seen("patients", "first page")).isEqualTo("0");
            assertThat(run.uris()).hasSize(1);
            assertThat(server.asked()).hasSizeBetween(6, 7);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void given_a_form_of_the_key_that_is_refused_once_when_probed_then_it_is_accepted_in_the_end() throws Exception {
        AtomicInteger byQuery = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            boolean isRefused =
                    exchange.getRequestURI().getRawQuery().contains("api_key=") && byQuery.incrementAndGet() == 1;
            int page = ScriptedServer.number(exchange, "intPageNo");
            String rows = ScriptedServer.page("PatientID", 100 * page, page < 2 ? 100 * page + 100 : 200);
            ScriptedServer.send(exchange, isRefused ? 401 : 200, isRefused ? "" : rows);
        })) {
            ProbeRun run = probe(server, "--resource=patients");

            String version = "API "
                    + ListQuery.version(Catalogue.shipped()
                            .resource("patients")
                            .orElseThrow()
                            .changes()
                            .path());
            assertThat(run.seen(version, KeyForm.QUERY.words())).isEqualTo("accepted");
            assertThat(byQuery).hasValue(2);
        }
    }

    @Test
    void given_a_form_of_the_key_that_stays_refused_when_probed_then_it_is_asked_twice() throws Exception {
        AtomicInteger byQuery = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            boolean isRefused = exchange.getRequestURI().getRawQuery().contains("api_key=");
            byQuery.addAndGet(isRefused ? 1 : 0);
            int page = ScriptedServer.number(exchange, "intPageNo");
            String rows = ScriptedServer.page("PatientID", 100 * page, page < 2 ? 100 * page + 100 : 200);
            ScriptedServer.send(exchange, isRefused ? 401 : 200, isRefused ? "" : rows);
        })) {
            probe(server, "--resource=patients");

            assertThat(byQuery).hasValue(2);
        }
    }

    @Test
    void given_modules_that_are_not_allowed_first_when_probed_then_the_form_of_the_key_is_found() throws Exception {
        Set<String> closed = Set.of("patients", "appointments", "bills");
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean allowed = closed.stream()
                    .noneMatch(name -> path.equals(Catalogue.shipped()
                            .resource(name)
                            .orElseThrow()
                            .changes()
                            .path()));
            boolean key = exchange.getRequestURI().getRawQuery().contains("api_key=k");
            ScriptedServer.send(exchange, allowed && key ? 200 : 401, ScriptedServer.page("ID", 0, 20));
        })) {
            ProbeRun run = ProbeRun.of(directory, "--api-key=k", "--base-url=" + server.baseUrl());

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.uris()).isNotEmpty().allMatch(uri -> uri.contains("apiKeyParameter=api_key"));
        }
    }
}
