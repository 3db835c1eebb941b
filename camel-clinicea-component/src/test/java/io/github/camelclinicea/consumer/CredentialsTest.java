/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the credentials of a sync, and their refusal during the sync. */
class CredentialsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";
    private static final String EVER = "2000-01-01T00:00:00";
    private static final int PAGES = 12;
    private static final int EXPIRES_AT = 3;

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void startRoute(String... uris) throws Exception {
        camel.getRegistry().bind("quiet", failures);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String uri : uris) {
                    from(uri)
                            .routeId(uri.substring("clinicea:".length(), uri.indexOf('?')))
                            .process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
                }
            }
        });
        camel.start();
    }

    private String loginUri(String resource, String options) {
        return "clinicea:" + resource + "?username=doctor&password=RAW(pa55)&baseUrl=" + clinicea.baseUrl()
                + "&initialDelay=0&exceptionHandler=#quiet" + options;
    }

    private CliniceaConsumer consumer(String routeId) {
        return (CliniceaConsumer) camel.getRoute(routeId).getConsumer();
    }

    // ---- the key

    @Test
    void given_a_key_when_no_header_is_named_then_it_goes_in_both() throws Exception {
        clinicea.servePatients();

        startRoute(clinicea.uri("patients", ""));

        await().until(() -> !clinicea.requests(PATIENTS).isEmpty());
        LoggedRequest request = clinicea.requests(PATIENTS).get(0);
        assertThat(request.getHeader("api")).isEqualTo(StubClinicea.API_KEY);
        assertThat(request.getHeader("api_key")).isEqualTo(StubClinicea.API_KEY);
    }

    @Test
    void given_a_key_when_a_header_is_named_then_it_goes_in_that_one_only() throws Exception {
        clinicea.servePatients();

        startRoute(clinicea.uri("patients", "apiKeyHeader=x-key"));

        await().until(() -> !clinicea.requests(PATIENTS).isEmpty());
        LoggedRequest request = clinicea.requests(PATIENTS).get(0);
        assertThat(request.getHeader("x-key")).isEqualTo(StubClinicea.API_KEY);
        assertThat(request.getHeaders().keys()).doesNotContain("api", "api_key");
    }

    @Test
    void given_a_key_when_a_query_parameter_is_named_then_it_goes_there_and_in_no_header() throws Exception {
        clinicea.servePatients();

        startRoute("clinicea:patients?apiKey=RAW(k+/&=%)&apiKeyParameter=api_key&initialDelay=0&baseUrl="
                + clinicea.baseUrl());

        await().until(() -> !clinicea.requests(PATIENTS).isEmpty());
        LoggedRequest request = clinicea.requests(PATIENTS).get(0);
        assertThat(request.getUrl()).endsWith("&api_key=k%2B%2F%26%3D%25");
        assertThat(request.queryParameter("api_key").values()).containsExactly("k+/&=%");
        assertThat(request.getHeaders().keys()).doesNotContain("api", "api_key");
    }

    // ---- the staff login

    @Test
    void given_the_key_of_the_organisation_when_staff_log_in_then_it_goes_with_the_login_and_nowhere_else()
            throws Exception {
        serveLogins(json("\"t1\""));
        clinicea.servePatients(patients(0, 1));

        startRoute(loginUri("patients", "&apiKey=organisation&apiKeyParameter=key"));

        await().atMost(PATIENCE).until(() -> !ids.isEmpty());
        assertThat(clinicea.requests(LOGIN))
                .singleElement()
                .satisfies(login -> assertThat(login.getUrl())
                        .isEqualTo(LOGIN + "?apiKey=organisation&loginUserName=doctor&pwd=pa55"));
        assertThat(clinicea.requests(PATIENTS)).allSatisfy(request -> {
            assertThat(request.getUrl()).endsWith("&api_key=t1").doesNotContain("organisation");
            assertThat(request.getHeaders().keys()).doesNotContain("api", "api_key");
        });
    }

    @Test
    void given_a_token_that_expires_in_the_middle_of_a_sweep_when_polled_then_no_page_is_lost_or_read_twice()
            throws Exception {
        serveLogins(json("\"t1\""), json("\"t2\""));
        servePagesFor("t1", EXPIRES_AT);
        servePagesFor("t2", PAGES);

        startRoute(loginUri("patients", "&pagesInFlight=4"));

        await().atMost(PATIENCE).until(() -> consumer("patients").getCleanPolls() == 1);
        assertThat(ids).containsExactlyElementsOf(allIds());
        assertThat(clinicea.requests(LOGIN)).hasSize(2);
        for (int page = 0; page < PAGES; page++) {
            assertThat(requests(page, page < EXPIRES_AT ? "t1" : "t2"))
                    .as("page %d", page)
                    .isEqualTo(1);
        }
        assertThat(IntStream.range(EXPIRES_AT, PAGES).mapToLong(page -> requests(page, "t1")))
                .as("requests of each page that found the token expired")
                .allMatch(count -> count <= 1);
        assertThat(IntStream.range(EXPIRES_AT, PAGES)
                        .mapToLong(page -> requests(page, "t1"))
                        .sum())
                .as("requests in flight as it expired")
                .isBetween(1L, 4L);
        assertThat(failures.exceptions()).isEmpty();
    }

    @Test
    void given_a_token_that_cannot_be_renewed_when_polled_then_the_poll_fails_and_the_next_one_brings_the_rest()
            throws Exception {
        serveLogins(json("\"t1\""), answer(500), json("\"t3\""));
        servePagesFor("t1", EXPIRES_AT);
        servePagesFor("t3", PAGES);

        startRoute(loginUri("patients", "&pagesInFlight=4&delay=200&maxRetries=0"));

        await().atMost(PATIENCE).until(() -> consumer("patients").getCleanPolls() >= 1);
        assertThat(ids).containsExactlyElementsOf(allIds());
        assertThat(clinicea.requests(LOGIN)).hasSize(3);
        assertThat(failures.exceptions()).hasSize(1);
        assertThat(failures.exceptions().get(0)).hasMessageContaining("responded with 500 to login");
    }

    @Test
    void given_endpoints_of_one_staff_member_when_they_differ_in_their_limits_then_they_share_one_login()
            throws Exception {
        serveLogins(json("\"t1\"").withFixedDelay(500));
        clinicea.servePatients(patients(0, 1));
        clinicea.servePages("/api/v1/bills", "intPageNo", 0, List.of("[{\"ID\":\"b1\"}]"));

        startRoute(loginUri("patients", "&requestTimeout=50000"), loginUri("bills", "&requestTimeout=40000"));

        await().atMost(PATIENCE).until(() -> ids.size() == 2);
        assertThat(clinicea.requests(LOGIN)).hasSize(1);
    }

    // ----

    private void serveLogins(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            clinicea.server()
                    .stubFor(get(urlPathEqualTo(LOGIN))
                            .inScenario("logins")
                            .whenScenarioStateIs(i == 0 ? STARTED : "login " + i)
                            .willSetStateTo("login " + (i + 1))
                            .willReturn(answers[i]));
        }
    }

    /**
     * Serves the first pages for a token and refuses the others. The refusal is so late that several requests get it.
     */
    private void servePagesFor(String token, int pages) {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENTS)).atPriority(10).willReturn(answer(204)));
        for (int page = 0; page < PAGES; page++) {
            clinicea.server()
                    .stubFor(get(urlPathEqualTo(PATIENTS))
                            .withQueryParam("lastSyncDate", equalTo(EVER))
                            .withQueryParam("intPageNo", equalTo(Integer.toString(page)))
                            .withQueryParam("api_key", equalTo(token))
                            .willReturn(
                                    page < pages
                                            ? json(patients(page * 100, 100))
                                            : answer(401).withFixedDelay(1000)));
        }
    }

    private static List<String> allIds() {
        return IntStream.range(0, PAGES * 100).mapToObj(i -> "p" + i).toList();
    }

    private long requests(int page, String token) {
        return clinicea.requests(PATIENTS).stream()
                .filter(request -> request.queryParameter("lastSyncDate").hasValueMatching(equalTo(EVER))
                        && request.queryParameter("intPageNo").hasValueMatching(equalTo(Integer.toString(page)))
                        && request.queryParameter("api_key").hasValueMatching(equalTo(token)))
                .count();
    }
}
