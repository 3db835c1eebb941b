/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.testing.StubClinicea;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the cost of many endpoints: threads, connections and stored credentials. */
@Timeout(60)
class ConnectionsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final RequestSettings REQUESTS = new RequestSettings(0, LONG, 0, false);
    private static final Request CALL = new Request("patients", "get", "GET", "/x", List.of(), null);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final StubClinicea clinicea = new StubClinicea();
    private Connections connections;

    @BeforeEach
    void start() {
        context.start();
        connections = new Connections(context);
        clinicea.server()
                .stubFor(com.github.tomakehurst.wiremock.client.WireMock.any(
                                com.github.tomakehurst.wiremock.client.WireMock.anyUrl())
                        .willReturn(StubClinicea.json("[]")));
    }

    @AfterEach
    void stop() {
        connections.close();
        context.stop();
        clinicea.close();
    }

    private CliniceaClient client(Duration connectTimeout, Duration requestTimeout, Credentials credentials)
            throws Exception {
        return connections.client(
                new ConnectionSettings(
                        URI.create(clinicea.baseUrl()),
                        connectTimeout,
                        LONG,
                        requestTimeout,
                        1_000_000,
                        null,
                        null,
                        null,
                        null),
                () -> credentials,
                REQUESTS,
                BudgetSettings.NONE,
                RequestObserver.NONE);
    }

    private static ApiKey key(String key) {
        return new ApiKey(key, List.of("api"));
    }

    private static long timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("CliniceaTimeout"))
                .count();
    }

    @Test
    void given_300_clients_that_differ_in_a_timeout_when_they_call_then_one_thread_watches_the_time() throws Exception {
        long before = timers();
        List<CliniceaClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CliniceaClient client = client(LONG.plusMillis(i), LONG.plusMillis(i), key("k"));
            client.call(CALL, answer -> answer);
            clients.add(client);
        }

        assertThat(timers() - before).isEqualTo(1);
        assertThat(connections.transports()).isEqualTo(300);

        clients.forEach(CliniceaClient::close);

        assertThat(connections.transports()).isEqualTo(10);
        assertThat(client(LONG, LONG, key("k")).call(CALL, answer -> answer).status())
                .isEqualTo(200);
    }

    @Test
    void given_clients_that_differ_in_limits_of_a_request_when_they_call_then_they_share_one_transport()
            throws Exception {
        for (int i = 0; i < 20; i++) {
            client(LONG, LONG.plusMillis(i), key("k")).call(CALL, answer -> answer);
        }

        assertThat(connections.transports()).isEqualTo(1);
    }

    @Test
    void given_clients_of_many_credentials_when_they_are_closed_then_the_last_thousand_are_remembered()
            throws Exception {
        for (int i = 0; i < 3000; i++) {
            client(LONG, LONG, key("k" + i)).close();
            client(LONG, LONG, new StaffLogin("", "user", "password " + i)).close();
        }

        assertThat(connections.credentials()).isEqualTo(1000);
    }

    @Test
    void given_a_client_that_is_closed_twice_when_another_one_is_open_then_that_one_goes_on() throws Exception {
        CliniceaClient one = client(LONG, LONG, key("k"));
        CliniceaClient other = client(LONG, LONG, key("k"));
        one.close();
        one.close();
        for (int i = 1; i < 20; i++) {
            client(LONG.plusMillis(i), LONG, key("k")).close();
        }

        assertThat(other.call(CALL, answer -> answer).status()).isEqualTo(200);
    }
}
