/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.RawServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests lists whose server counts, ends or pages in an unexpected way, over a real server. PagedListTest tests the
 * rules.
 */
class PagedListsTest extends ProducerTestBase {
    private static final List<String> THREE_PAGES = List.of(patients(0, 100), patients(100, 100), patients(200, 50));

    private List<?> list(String options) {
        Exchange out = call("patients", "operation=list&maxRetries=0" + options).send();
        return rows(out);
    }

    private static List<?> rows(Exchange out) {
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(List.class);
    }

    private static void assertAllRows(List<?> rows) {
        List<Object> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(((Map<?, ?>) row).get("PatientID")));
        assertThat(ids).isEqualTo(IntStream.range(0, 250).mapToObj(i -> "p" + i).toList());
    }

    private void servePage0(ResponseDefinitionBuilder answer) {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("0"))
                        .willReturn(answer));
    }

    private void servePageOnce(int number, ResponseDefinitionBuilder answer) {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo(Integer.toString(number)))
                        .inScenario("once")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("over")
                        .willReturn(answer));
    }

    // ---- the first page

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 404, 500})
    void given_a_server_that_counts_from_1_when_page_0_answers_anything_but_rows_then_all_rows_come(int status) {
        clinicea.servePages(PATIENTS, "intPageNo", 1, THREE_PAGES);
        servePage0(answer(status));

        assertAllRows(list(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "", "<html>Sorry</html>", "{\"Message\":\"An error has occurred.\"}"})
    void given_a_server_that_counts_from_1_when_page_0_is_no_page_or_empty_then_all_rows_come(String body) {
        clinicea.servePages(PATIENTS, "intPageNo", 1, THREE_PAGES);
        servePage0(answer(200).withBody(body));

        assertAllRows(list(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 404, 500})
    void given_a_server_that_counts_from_0_when_page_0_lies_or_fails_once_then_all_rows_come(int status) {
        clinicea.servePages(PATIENTS, "intPageNo", 0, THREE_PAGES);
        servePageOnce(0, answer(status));

        assertAllRows(list(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 503})
    void given_a_refusal_that_is_not_of_the_page_when_listed_then_it_fails_with_one_request(int status) {
        clinicea.servePages(PATIENTS, "intPageNo", 1, THREE_PAGES);
        servePage0(answer(status));

        Exchange out = call("patients", "operation=list&maxRetries=0").send();

        assertThat(out.getException())
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(status));
        assertThat(clinicea.requests(PATIENTS)).hasSize(1);
    }

    @Test
    void given_a_first_page_that_the_user_has_set_when_listed_then_it_is_the_first_and_no_other_is_tried() {
        clinicea.servePages(PATIENTS, "intPageNo", 1, THREE_PAGES);

        assertThat(list("&firstPage=0")).isEmpty();
        assertThat(clinicea.requests(PATIENTS)).hasSize(1);
        assertAllRows(list("&firstPage=1"));
    }

    @Test
    void given_a_first_page_that_the_user_has_set_when_looked_up_then_it_is_the_first() {
        String path = "/api/v2/bills/getBillsByPatient";
        clinicea.servePages(path, "pageNo", 0, List.of("[{\"BillID\":\"b1\"}]", "[{\"BillID\":\"b2\"}]"));

        Exchange out = call("bills", "operation=listByPatient&firstPage=0")
                .withHeader("CamelCliniceaParameters", Map.of("patientID", "p1"))
                .send();

        assertThat(rows(out)).hasSize(2);
    }

    // ---- the end

    @Test
    void given_a_page_that_is_empty_once_when_listed_then_all_rows_come() {
        clinicea.servePages(PATIENTS, "intPageNo", 0, THREE_PAGES);
        servePageOnce(1, answer(204));

        assertAllRows(list(""));
    }

    @Test
    void given_a_page_that_is_empty_for_good_when_one_behind_it_has_rows_then_the_list_fails() {
        clinicea.servePages(
                PATIENTS, "intPageNo", 0, List.of(patients(0, 100), patients(100, 100), "[]", patients(200, 50)));

        Exchange out = call("patients", "operation=list").send();

        assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
            assertThat(e).hasMessageContaining("Page 2").hasMessageContaining("page 3 has some");
            assertThat(e.isRetryable()).isTrue();
        });
    }

    // ---- lists that do not page, or do not end

    private final Random random = new Random(15);

    private RawServer server(IntFunction<String> body) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        return new RawServer(out -> RawServer.write(out, RawServer.json(body.apply(requests.incrementAndGet()))));
    }

    private static String documents(List<Integer> numbers, IntFunction<String> url) {
        return numbers.stream()
                .map(i -> "{\"ID\":\"d" + i + "\",\"DocumentOnlineURL\":\"" + url.apply(i) + "\"}")
                .toList()
                .toString();
    }

    private static List<Integer> numbers(int count) {
        return new ArrayList<>(IntStream.range(0, count).boxed().toList());
    }

    private Exchange documentsOf(RawServer server, String options) {
        return callAt(server.url(), "documents", "operation=listByPatient" + options)
                .withHeader("CamelCliniceaParameters", Map.of("patientID", "p1"))
                .send();
    }

    private void assertEndless(IntFunction<String> body) throws IOException {
        try (RawServer server = server(body)) {
            Exchange out = documentsOf(server, "");

            assertThat(out.getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
                assertThat(e)
                        .hasMessageContaining("documents does not come to an end")
                        .hasMessageContaining("only records that pages before them held");
                assertThat(e.isRetryable()).isFalse();
            });
            assertThat(server.pending()).hasSizeBetween(10, 12);
        }
    }

    @Test
    void given_documents_whose_signature_differs_each_time_when_the_page_is_ignored_then_the_list_fails()
            throws IOException {
        assertEndless(request -> documents(numbers(60), i -> "https://blobs.example/" + i + "?sig=" + request));
    }

    @Test
    void given_documents_in_another_order_each_time_when_the_page_is_ignored_then_the_list_fails() throws IOException {
        assertEndless(request -> {
            List<Integer> numbers = numbers(60);
            Collections.shuffle(numbers, random);
            return documents(numbers, i -> "https://blobs.example/" + i);
        });
    }

    @Test
    void given_a_list_without_pages_that_is_longer_than_one_when_listed_then_its_rows_come_once() throws IOException {
        try (RawServer server = server(request -> documents(numbers(150), i -> "x"))) {
            assertThat(rows(documentsOf(server, ""))).hasSize(150);
            assertThat(server.pending()).hasSize(3);
        }
    }

    @Test
    void given_a_list_without_pages_that_is_as_long_as_one_when_listed_then_the_message_names_what_helps()
            throws IOException {
        try (RawServer server = server(request -> documents(numbers(100), i -> "x"))) {
            assertThat(documentsOf(server, "").getException())
                    .isInstanceOf(CliniceaException.class)
                    .hasMessageContaining("set pageSize above its length");

            assertThat(rows(documentsOf(server, "&pageSize=101"))).hasSize(100);
        }
    }
}
