/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Serves one change list over HTTP, at every path. By default a page has 100 rows, pages count from 0, and the oldest
 * change comes first. A test sets the rows, scripts wrong responses and reads the log of requests.
 */
public final class ChangeListServer implements AutoCloseable {
    /**
     * Holds a request as the server received it.
     *
     * @param since the moment since which changes are requested; the earliest instant if the request has none
     * @param page the page's number
     * @param number the number of requests before it
     * @param nanos the time of its arrival
     */
    public record Request(String path, Instant since, int page, int number, long nanos) {}

    /** Returns the response to a request. The supplier makes the response of the list on demand. */
    @FunctionalInterface
    public interface Script {
        Answer answer(Request request, Supplier<Answer> listed);
    }

    private static final String LIST = "list";

    private final WireMockServer http = new WireMockServer(wireMockConfig()
            .dynamicPort()
            .bindAddress("localhost")
            .disableRequestJournal()
            .extensions(new Pages()));

    private final List<ListedRow> rows = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<Integer, List<Answer>> next = new HashMap<>();
    private final Map<Integer, Answer> always = new HashMap<>();
    private Script script = (request, listed) -> listed.get();
    private BiFunction<ListedRow, Request, String> spelling = (row, request) -> row.json();
    private UnaryOperator<List<ListedRow>> order = ChangeListServer::oldestFirst;
    private Duration clockOffset = Duration.ZERO;
    private int firstPage;
    private int pageSize = 100;

    public ChangeListServer() {
        http.start();
        http.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(LIST)));
    }

    private final class Pages implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return LIST;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return respond(event.getRequest().getUrl());
        }
    }

    public String baseUrl() {
        return http.baseUrl();
    }

    public synchronized ChangeListServer firstPage(int number) {
        firstPage = number;
        return this;
    }

    public synchronized ChangeListServer pageSize(int rows) {
        pageSize = rows;
        return this;
    }

    /** Sets the order of the rows, which is applied at each request. */
    public synchronized ChangeListServer order(UnaryOperator<List<ListedRow>> anew) {
        order = anew;
        return this;
    }

    /** Sets the spelling of the rows, which is applied at each request. */
    public synchronized ChangeListServer spelling(BiFunction<ListedRow, Request, String> anew) {
        spelling = anew;
        return this;
    }

    public synchronized ChangeListServer script(Script answers) {
        script = answers;
        return this;
    }

    /** Sets the responses to the next requests for a page, one each. */
    public synchronized ChangeListServer answerOnce(int page, Answer... answers) {
        next.computeIfAbsent(page, number -> new ArrayList<>()).addAll(Arrays.asList(answers));
        return this;
    }

    public synchronized ChangeListServer answerAlways(int page, Answer answer) {
        always.put(page, answer);
        return this;
    }

    public synchronized void healPages() {
        always.clear();
    }

    public synchronized ChangeListServer add(ListedRow... more) {
        rows.addAll(Arrays.asList(more));
        return this;
    }

    public synchronized ChangeListServer add(Collection<ListedRow> more) {
        rows.addAll(more);
        return this;
    }

    /** Replaces all rows of a record with this row. */
    public synchronized void replace(ListedRow row) {
        rows.removeIf(old -> old.id().equals(row.id()));
        rows.add(row);
    }

    public synchronized void remove(String id) {
        rows.removeIf(old -> old.id().equals(id));
    }

    public synchronized List<ListedRow> rows() {
        return List.copyOf(rows);
    }

    public synchronized void clockOffset(Duration offset) {
        clockOffset = offset;
    }

    /** Returns the time of the server's clock. */
    public synchronized Instant now() {
        return Instant.now().plus(clockOffset).truncatedTo(ChronoUnit.SECONDS);
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public synchronized int requestCount() {
        return requests.size();
    }

    /** Returns the pages that were requested after the given number of requests. */
    public synchronized List<Integer> pagesAsked(int after) {
        return requests.subList(after, requests.size()).stream()
                .map(Request::page)
                .toList();
    }

    /** Returns the response of the list for a page, without the script. */
    public synchronized Answer listed(Request request, int page) {
        List<ListedRow> listed = order.apply(rows.stream()
                .filter(row -> !row.stamp().isBefore(request.since()))
                .toList());
        return Answer.rows(listed.stream()
                .skip((long) (page - firstPage) * pageSize < 0 ? listed.size() : (long) (page - firstPage) * pageSize)
                .limit(pageSize)
                .map(row -> spelling.apply(row, request))
                .toList());
    }

    private synchronized ResponseDefinition respond(String url) {
        Map<String, String> query = query(url);
        Request request = new Request(
                url.substring(0, url.indexOf('?')),
                since(query),
                Integer.parseInt(query.getOrDefault("intpageno", query.getOrDefault("pageno", "0"))),
                requests.size(),
                System.nanoTime());
        requests.add(request);
        Answer answer = answer(request);
        ResponseDefinitionBuilder response = StubClinicea.answer(answer.status(), now());
        answer.headers().forEach(response::withHeader);
        return answer.body().isEmpty()
                ? response.build()
                : response.withBody(answer.body()).build();
    }

    private Answer answer(Request request) {
        List<Answer> once = next.getOrDefault(request.page(), List.of());
        if (!once.isEmpty()) {
            return once.remove(0);
        }
        Answer fixed = always.get(request.page());
        return fixed != null ? fixed : script.answer(request, () -> listed(request, request.page()));
    }

    private static Instant since(Map<String, String> query) {
        String since = query.getOrDefault("lastsyncdate", query.get("lastsyncdtime"));
        return since == null ? Instant.MIN : LocalDateTime.parse(since).toInstant(ZoneOffset.UTC);
    }

    private static Map<String, String> query(String url) {
        Map<String, String> query = new HashMap<>();
        for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    pair.substring(0, equals).toLowerCase(Locale.ROOT),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static List<ListedRow> oldestFirst(List<ListedRow> listed) {
        return listed.stream().sorted(Comparator.comparing(ListedRow::stamp)).toList();
    }

    public static List<ListedRow> newestFirst(List<ListedRow> listed) {
        return listed.stream()
                .sorted(Comparator.comparing(ListedRow::stamp).reversed())
                .toList();
    }

    @Override
    public void close() {
        http.stop();
    }
}
