/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests lists that are read while they are used, over a real server. */
public class StreamedListTest extends ProducerTestBase {
    private static final int PAGES = 30;
    /** The requests for the end after a full page: the empty page, the same page again, and the page after it. */
    private static final int END_BEHIND_A_FULL_PAGE = 3;

    private static final int ROWS = PAGES * 100;
    private static final String BY_PATIENT = "/api/v2/bills/getBillsByPatient";

    private void servePages(int count) {
        clinicea.servePatients(
                IntStream.range(0, count).mapToObj(i -> patients(i * 100, 100)).toArray(String[]::new));
    }

    private void failPage(int number, int status) {
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo(Integer.toString(number)))
                        .willReturn(answer(status)));
    }

    private int pagesAsked() {
        return clinicea.requests(PATIENTS).size();
    }

    private Iterator<?> stream(String options) {
        Exchange out =
                call("patients", "operation=list&streamList=true" + options).send();
        assertThat(out.getException()).isNull();
        return (Iterator<?>) out.getMessage().getBody();
    }

    private static List<Object> take(Iterator<?> rows, int count) {
        List<Object> taken = new ArrayList<>();
        while (taken.size() < count && rows.hasNext()) {
            taken.add(((Map<?, ?>) rows.next()).get("PatientID"));
        }
        return taken;
    }

    /**
     * Takes rows from a long list.
     *
     * @param pages the requested pages; the page after the last row is not requested unless the route looks further
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "99, 1", "100, 1", "101, 2", "250, 3", "1000, 10"})
    void given_thousands_of_rows_when_some_are_taken_then_no_page_beyond_them_is_asked_for(int rows, int pages) {
        servePages(PAGES);

        Iterator<?> stream = stream("");
        assertThat(pagesAsked()).isEqualTo(1);

        assertThat(take(stream, rows)).hasSize(rows);
        assertThat(pagesAsked()).isEqualTo(pages);
    }

    @Test
    void given_thousands_of_rows_when_all_are_taken_then_all_come_in_order_and_it_is_at_its_end_for_good() {
        servePages(PAGES);
        Iterator<?> stream = stream("");

        assertThat(take(stream, Integer.MAX_VALUE))
                .isEqualTo(IntStream.range(0, ROWS).mapToObj(i -> "p" + i).toList());
        assertThat(pagesAsked()).isEqualTo(PAGES + END_BEHIND_A_FULL_PAGE);
        assertThat(stream.hasNext()).isFalse();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        assertThat(pagesAsked()).isEqualTo(PAGES + END_BEHIND_A_FULL_PAGE);
    }

    @Test
    void given_a_stream_that_is_closed_when_asked_then_there_is_nothing_more_and_no_page_is_asked_for()
            throws Exception {
        servePages(PAGES);
        Iterator<?> stream = stream("");
        stream.next();

        ((Closeable) stream).close();

        assertThat(stream.hasNext()).isFalse();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        assertThat(pagesAsked()).isEqualTo(1);
    }

    @Test
    void given_a_body_type_when_streamed_then_the_rows_are_of_it() {
        servePages(1);

        assertThat(stream("&bodyType=Json").next()).isInstanceOf(String.class);
        assertThat(stream("&bodyType=Node").next()).isInstanceOf(JsonNode.class);
    }

    @Test
    void given_a_row_that_does_not_fit_the_body_type_when_taken_then_that_is_the_failure() {
        servePages(1);
        Iterator<?> stream = stream("&bodyType=java.lang.Integer");

        assertThatThrownBy(stream::next)
                .isInstanceOf(RuntimeCamelException.class)
                .hasCauseInstanceOf(CliniceaException.class)
                .hasMessageContaining("bodyType")
                .hasMessageNotContaining("Testa");
    }

    @Test
    void given_a_look_up_with_pages_when_streamed_then_it_asks_as_its_rows_are_taken() {
        clinicea.servePages(BY_PATIENT, "pageNo", 1, List.of("[{\"BillID\":\"b1\"}]", "[{\"BillID\":\"b2\"}]", "[]"));

        Exchange out = call("bills", "operation=listByPatient&streamList=true")
                .withHeader("CamelCliniceaParameters", Map.of("patientID", "p1"))
                .send();

        Iterator<?> stream = (Iterator<?>) out.getMessage().getBody();
        assertThat(stream.next()).isEqualTo(Map.of("BillID", "b1"));
        assertThat(clinicea.requests(BY_PATIENT)).hasSize(1);
        assertThat(stream.next()).isEqualTo(Map.of("BillID", "b2"));
        assertThat(stream.hasNext()).isFalse();
        // The second page is full, so its end is confirmed, and the page after the end is requested.
        assertThat(clinicea.requests(BY_PATIENT)).hasSize(5);
    }

    @Test
    void given_a_look_up_without_pages_when_streamed_then_it_asks_once() {
        serve(json("[{\"PatientID\":\"p1\"},{\"PatientID\":\"p2\"}]"));

        Exchange out = call("patients", "operation=findByEmail&streamList=true")
                .withHeader("CamelCliniceaParameters", Map.of("searchText", "ada@example.invalid"))
                .send();

        assertThat(take((Iterator<?>) out.getMessage().getBody(), 10)).containsExactly("p1", "p2");
        onlyRequest();
    }

    @Test
    void given_no_rows_at_all_when_streamed_then_there_is_none() {
        clinicea.servePatients();

        assertThat(stream("").hasNext()).isFalse();
        // If page 0 is empty, the list may begin at page 1.
        assertThat(pagesAsked()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void given_a_first_page_that_is_refused_when_streamed_then_the_exchange_fails(int status) {
        failPage(0, status);

        Exchange out = call("patients", "operation=list&streamList=true").send();

        assertThat(out.getException())
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(status));
    }

    @Test
    void given_an_argument_that_is_wrong_when_streamed_then_the_exchange_fails_and_nothing_is_sent() {
        Exchange out = call("bills", "operation=listByPatient&streamList=true").send();

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patientID");
        assertNothingSent();
    }

    @Test
    void given_a_page_that_fails_in_the_middle_when_taken_then_it_is_a_failure_and_no_end() {
        servePages(4);
        failPage(2, 404);
        Iterator<?> stream = stream("");
        assertThat(take(stream, 200)).hasSize(200);

        assertThatThrownBy(stream::hasNext)
                .isInstanceOf(RuntimeCamelException.class)
                .hasMessageContaining("404")
                .cause()
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(404));
        assertThatThrownBy(stream::next).hasCauseInstanceOf(CliniceaException.class);
    }

    @Test
    void given_a_page_that_fails_in_passing_when_taken_then_it_is_asked_for_again() {
        servePages(2);
        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("free")
                        .willReturn(answer(503).withHeader("Retry-After", "0")));

        assertThat(take(stream(""), Integer.MAX_VALUE)).hasSize(200);
        assertThat(pagesAsked()).isEqualTo(3 + END_BEHIND_A_FULL_PAGE);
    }

    /** The rows that arrived, and the exceptions that reached the route's exception clause. */
    private final List<Object> rows = new CopyOnWriteArrayList<>();

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Integer> askedAtRow = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private void startRoute(Runnable atEachRow) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CliniceaException.class)
                        .handled(true)
                        .process(e -> failures.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("direct:all")
                        .process(e -> threads.add(Thread.currentThread()))
                        .to("clinicea:patients?operation=list&streamList=true&apiKey=" + StubClinicea.API_KEY
                                + "&baseUrl=" + clinicea.baseUrl())
                        .process(e -> threads.add(Thread.currentThread()))
                        .split(body())
                        .streaming()
                        .process(e -> {
                            rows.add(e.getMessage().getBody(Map.class).get("PatientID"));
                            askedAtRow.add(pagesAsked());
                            atEachRow.run();
                        })
                        .end();
            }
        });
    }

    @Test
    void given_a_route_that_splits_when_it_streams_then_all_rows_come_and_each_page_when_it_is_its_turn()
            throws Exception {
        servePages(12);
        startRoute(() -> {});

        Exchange out = camel.createFluentProducerTemplate().to("direct:all").send();

        assertThat(out.getException()).isNull();
        assertThat(rows)
                .isEqualTo(IntStream.range(0, 1200).mapToObj(i -> "p" + i).toList());
        // Camel's splitter reads one row ahead, so the last row of a page waits for the next page.
        IntStream.range(0, 1199)
                .forEach(i -> assertThat(askedAtRow.get(i))
                        .as("pages asked for at row %d", i)
                        .isBetween(i / 100 + 1, (i + 1) / 100 + 1));
        assertThat(askedAtRow.get(1199)).isBetween(12, 12 + END_BEHIND_A_FULL_PAGE);
        assertThat(threads).hasSize(2).containsOnly(threads.get(0));
    }

    @Test
    void given_a_route_that_splits_when_page_3_fails_then_the_route_knows_by_the_usual_exception() throws Exception {
        servePages(5);
        failPage(2, 403);
        startRoute(() -> {});

        camel.createFluentProducerTemplate().to("direct:all").send();

        assertThat(failures).hasSize(1);
        assertThat(rows).hasSizeBetween(199, 200).endsWith("p" + (rows.size() - 1));
    }

    @Test
    void given_a_route_that_splits_when_the_context_is_stopped_then_it_ends_with_a_failure_at_the_next_page()
            throws Exception {
        servePages(PAGES);
        CountDownLatch stopping = new CountDownLatch(1);
        startRoute(() -> {
            if (rows.size() == 150) {
                awaitQuietly(stopping);
            }
        });
        CompletableFuture<Exchange> sent = CompletableFuture.supplyAsync(
                () -> camel.createFluentProducerTemplate().to("direct:all").send(), task -> new Thread(task).start());
        await().atMost(StubClinicea.PATIENCE).until(() -> rows.size() == 150);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(camel::stop, task -> new Thread(task).start());
        await().atMost(StubClinicea.PATIENCE).until(camel::isStopping);
        stopping.countDown();

        Exchange out = sent.get(60, TimeUnit.SECONDS);
        stopped.get(60, TimeUnit.SECONDS);
        assertThat(out.getException()).isNotNull().hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(rows).hasSizeBetween(199, 200);
        assertThat(pagesAsked()).isEqualTo(2);
    }

    @Test
    void given_a_thread_that_is_interrupted_when_it_waits_for_a_page_then_it_stays_interrupted() throws Exception {
        servePages(PAGES);
        failPage(1, 503);
        Iterator<?> stream = stream("&maxRetries=100");
        assertThat(take(stream, 100)).hasSize(100);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread taker = new Thread(() -> {
            failure.set(catchThrowable(stream::hasNext));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        taker.start();
        await().atMost(StubClinicea.PATIENCE).until(() -> pagesAsked() >= 2);

        taker.interrupt();
        taker.join(60_000);

        assertThat(failure.get())
                .isInstanceOf(RuntimeCamelException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(interrupted).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
