/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.whatsapp.model.TemplateMessageRequest;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppApiTest {
    @RegisterExtension
    static final WireMockExtension GRAPH = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort())
            .build();

    /** Returns the failure of a message, or null. */
    private static Exception send(String baseUrl) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        TemplateMessageRequest message = new TemplateMessageRequest();
        message.setTo("12025550117");
        new WhatsAppApi(baseUrl, "42", "invented-token", Duration.ofMillis(500))
                .sendMessage(exchange, done::complete, message);
        done.get(20, TimeUnit.SECONDS);
        return exchange.getException();
    }

    private static Exception send(ResponseDefinitionBuilder response) throws Exception {
        GRAPH.stubFor(any(anyUrl()).willReturn(response));
        return send(GRAPH.baseUrl());
    }

    @Test
    void given_a_response_with_an_id_when_sent_then_the_message_was_accepted() throws Exception {
        assertThat(send(okJson("{\"messages\": [{\"id\": \"wamid.x\"}]}"))).isNull();
        GRAPH.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429})
    void given_a_refusal_when_sent_then_the_message_was_certainly_not_sent(int status) throws Exception {
        Exception failure = send(aResponse().withStatus(status).withBody("12025550117"));

        assertThat(SendFailure.isNotSent(failure)).isTrue();
        assertThat(failure).hasMessageContaining(String.valueOf(status)).hasMessageNotContaining("12025550117");
    }

    static Stream<ResponseDefinitionBuilder> unclear() {
        return Stream.of(
                aResponse().withStatus(500),
                aResponse().withStatus(302).withHeader("Location", "/other"),
                aResponse().withStatus(200).withBody("<html>a proxy</html>"),
                aResponse().withStatus(200).withBody("{\"messages\": []}"),
                aResponse().withStatus(204),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                okJson("{\"messages\": [{\"id\": \"late\"}]}").withFixedDelay(2000),
                // The head of the response comes, and its body does not.
                okJson("{\"messages\": [{\"id\": \"late\"}]}").withChunkedDribbleDelay(5, 5000));
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void given_no_clear_response_when_sent_then_the_outcome_is_unknown_and_the_request_was_sent_once(
            ResponseDefinitionBuilder response) throws Exception {
        Exception failure = send(response);

        assertThat(failure).isNotNull();
        assertThat(SendFailure.isNotSent(failure)).isFalse();
        GRAPH.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void given_no_server_when_sent_then_the_message_was_certainly_not_sent() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(SendFailure.isNotSent(send("http://localhost:" + port))).isTrue();
    }
}
