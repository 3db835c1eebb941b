/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.testing.StubClinicea;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

/** Serves a hostile list over HTTP, as the patients' list. It holds the lock of the list while it makes a page. */
final class HostileHttp implements AutoCloseable {
    private static final String LIST = "list";

    private final HostileServer list;
    private final WireMockServer http = new WireMockServer(wireMockConfig()
            .dynamicPort()
            .bindAddress("localhost")
            .disableRequestJournal()
            .extensions(new Pages()));

    HostileHttp(HostileServer list) {
        this.list = list;
        http.start();
        heal();
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
            synchronized (list) {
                return page(event.getRequest());
            }
        }
    }

    int port() {
        return http.port();
    }

    String baseUrl() {
        return http.baseUrl();
    }

    /** Sets the response to requests for one page, until {@link #heal()}. */
    void fault(int page, ResponseDefinitionBuilder answer) {
        http.stubFor(any(anyUrl())
                .atPriority(1)
                .withQueryParam("intPageNo", equalTo(Integer.toString(page)))
                .willReturn(answer));
    }

    /** Responds to every request with its page again. */
    void heal() {
        http.resetMappings();
        http.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(LIST)));
    }

    private ResponseDefinition page(Request request) {
        Page page;
        try {
            page = list.fetch(
                    Instant.parse(request.queryParameter("lastSyncDate").firstValue() + "Z"),
                    Integer.parseInt(request.queryParameter("intPageNo").firstValue()),
                    RequestListener.NONE);
        } catch (PageRefusedException e) {
            throw new IllegalStateException(e);
        }
        ResponseDefinitionBuilder answer = StubClinicea.answer(page.isEmpty() ? 204 : 200, page.serverTime());
        return page.isEmpty() ? answer.build() : answer.withBody(json(page)).build();
    }

    private static String json(Page page) {
        return page.rows().stream()
                .map(row -> "{\"PatientID\":\"" + row.id() + "\",\"DataStatusStr\":\"" + row.status()
                        + "\",\"ModifiedDatetime\":\"" + row.modified() + "\",\"Key\":\""
                        + new String(row.content(), StandardCharsets.UTF_8) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public void close() {
        http.stop();
    }
}
