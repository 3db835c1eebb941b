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

/** Serves change lists over HTTP with the responses that a test sets. */
public final class StubClinicea implements AutoCloseable {
    /** The key that every test sends. */
    public static final String API_KEY = "a-key-of-the-tests";

    /** The time that a test waits for an event that comes at once on an idle machine. */
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

    /** Returns an endpoint URI for this server. */
    public String uri(String resource, String options) {
        return "clinicea:" + resource + "?apiKey=" + API_KEY + "&baseUrl=" + baseUrl() + "&initialDelay=0"
                + (options.isEmpty() ? "" : "&" + options);
    }

    /** Returns a response with the server's time, as a real server sends it. */
    public static ResponseDefinitionBuilder answer(int status) {
        return answer(status, Instant.now());
    }

    public static ResponseDefinitionBuilder answer(int status, Instant date) {
        return aResponse()
                .withStatus(status)
                .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)));
    }

    /**
     * Serves these pages, numbered from {@code first}, and a 204 behind the end. Replaces the earlier pages of the
     * path.
     */
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

    /** Returns a row of the patients' list. */
    public static String patient(String id, String status, String modified) {
        return "{\"PatientID\":\"" + id + "\",\"FirstName\":\"Testa\",\"DataStatusStr\":\"" + status
                + "\",\"ModifiedDatetime\":\"" + modified + "\"}";
    }

    /** Returns a page of {@code count} added patients, with the ids p{from} onwards. */
    public static String patients(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> patient("p" + i, "Added", "2026-01-01T00:00:00"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Returns the requests for a path so far, oldest first. */
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
