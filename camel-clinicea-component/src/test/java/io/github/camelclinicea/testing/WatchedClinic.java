/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.secrets.CanaryWatch;
import io.github.camelclinicea.secrets.Who;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Serves a Clinicea with canaries in place of all secrets: all fields of its rows, known and unknown, and the token.
 */
public final class WatchedClinic implements AutoCloseable {
    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";

    private final StubClinicea clinicea = new StubClinicea();

    public WatchedClinic() {
        clinicea.server()
                .stubFor(
                        any(urlPathEqualTo(LOGIN)).atPriority(1).willReturn(json("\"token" + CanaryWatch.WORD + "\"")));
    }

    public static String row(String id) {
        return "{\"PatientID\":\"" + id + "\",\"ID\":\"" + id + "\",\"FirstName\":\"" + CanaryWatch.WORD
                + "\",\"Fee\":" + CanaryWatch.DIGITS + ",\"" + CanaryWatch.WORD + "\":true,\"Visit\":{\"Notes\":[\""
                + CanaryWatch.WORD + "\"]},\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\"2026-01-01T00:00:00\"}";
    }

    public static String page(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> row("p" + i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Returns the wrong responses that are possible within HTTP, by a name for each. Each contains canaries. */
    public static Map<String, ResponseDefinitionBuilder> faults() {
        Map<String, ResponseDefinitionBuilder> faults = new LinkedHashMap<>();
        for (int status : List.of(302, 400, 401, 403, 404, 429, 500, 503)) {
            faults.put(
                    "status" + status,
                    answer(status)
                            .withHeader("Location", "https://" + CanaryWatch.WORD + ".example/")
                            .withHeader("Retry-After", "0")
                            .withBody(row("p1")));
        }
        for (Fault fault : Fault.values()) {
            faults.put(fault.name(), json(page(0, 3)).withFault(fault));
        }
        faults.put("html", json("<html><body>" + CanaryWatch.WORD));
        faults.put("cutOff", json(page(0, 3).substring(0, 200)));
        faults.put("notJson", json("[{\"a\": " + CanaryWatch.WORD + "}]"));
        faults.put("aFieldTwice", json("[{\"" + CanaryWatch.WORD + "\":1,\"" + CanaryWatch.WORD + "\":2}]"));
        faults.put("noArrayOfObjects", json("[\"" + CanaryWatch.WORD + "\"," + CanaryWatch.DIGITS + "]"));
        faults.put("tooLarge", json(page(0, 1000)));
        faults.put("tooLate", json(page(0, 3)).withFixedDelay(700));
        faults.put("tooSlow", json(page(0, 3)).withChunkedDribbleDelay(5, 3000));
        return faults;
    }

    public StubClinicea clinicea() {
        return clinicea;
    }

    public String baseUrl() {
        return clinicea.baseUrl();
    }

    public void serve(String path, ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(any(urlPathEqualTo(path)).willReturn(answer));
    }

    public void serveAll(ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer));
    }

    /** Serves three pages. The first two are full. */
    public void servePages(String path) {
        serve(path, answer(204));
        for (int page = 0; page < 3; page++) {
            clinicea.server()
                    .stubFor(any(urlPathEqualTo(path))
                            .atPriority(3)
                            .withQueryParam("intPageNo", equalTo(Integer.toString(page)))
                            .willReturn(json(page(100 * page, page < 2 ? 100 : 5))));
        }
    }

    /** Asserts that the canaries were really sent, so that the search for them means something. */
    public void assertShownBy(Who who) {
        assertThat(clinicea.server().findAll(anyRequestedFor(anyUrl()))).anyMatch(who::shownBy);
    }

    @Override
    public void close() {
        clinicea.close();
    }
}
