/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real HTTP server that answers change lists as a test tells it to. */
public final class StubClinicea implements AutoCloseable {
    /** What every test sends as its key. */
    public static final String API_KEY = "a-key-of-the-tests";

    /** How long a test waits for what comes at once on a machine with nothing else to do. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    public static final String PATIENTS = "/api/v1/patients";

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("localhost"));

    public StubClinicea() {
        server.start();
    }

    public WireMockServer server() {
        return server;
    }

    public String baseUrl() {
        return server.baseUrl();
    }

    /** @return an endpoint URI on this server */
    public String uri(String resource, String options) {
        return "clinicea:" + resource + "?apiKey=" + API_KEY + "&baseUrl=" + baseUrl() + "&initialDelay=0"
                + (options.isEmpty() ? "" : "&" + options);
    }

    /** @return an answer with the server's time in it, as a real one has it */
    public static ResponseDefinitionBuilder answer(int status) {
        return answer(status, Instant.now());
    }

    public static ResponseDefinitionBuilder answer(int status, Instant date) {
        return aResponse()
                .withStatus(status)
                .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)));
    }

    /** Serves these pages, numbered from {@code first}; 204 past the end. Replaces what the path served before. */
    public void servePages(String path, String pageParameter, int first, List<String> pages) {
        server.listAllStubMappings().getMappings().stream()
                .filter(stub -> path.equals(stub.getRequest().getUrlPath()))
                .forEach(server::removeStub);
        server.stubFor(any(urlPathEqualTo(path)).atPriority(10).willReturn(answer(204)));
        for (int i = 0; i < pages.size(); i++) {
            server.stubFor(get(urlPathEqualTo(path))
                    .withQueryParam(pageParameter, equalTo(Integer.toString(first + i)))
                    .willReturn(json(pages.get(i))));
        }
    }

    public void servePatients(String... pages) {
        servePages(PATIENTS, "intPageNo", 0, List.of(pages));
    }

    public static ResponseDefinitionBuilder json(String body) {
        return answer(200).withHeader("Content-Type", "application/json").withBody(body);
    }

    /** @return a row as the patients' list has it */
    public static String patient(String id, String status, String modified) {
        return "{\"PatientID\":\"" + id + "\",\"FirstName\":\"Testa\",\"DataStatusStr\":\"" + status
                + "\",\"ModifiedDatetime\":\"" + modified + "\"}";
    }

    /** @return a page of {@code count} added patients, with the ids p{from} onwards */
    public static String patients(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> patient("p" + i, "Added", "2026-01-01T00:00:00"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** @return what was asked of a path so far, oldest first */
    public List<LoggedRequest> requests(String path) {
        return server.findAll(getRequestedFor(urlPathEqualTo(path))).stream()
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
