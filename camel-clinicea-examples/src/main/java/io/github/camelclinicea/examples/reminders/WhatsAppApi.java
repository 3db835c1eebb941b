/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.whatsapp.WhatsAppService;
import org.apache.camel.component.whatsapp.model.BaseMessage;

/**
 * Sends the messages of a {@code whatsapp:} endpoint. The service that camel-whatsapp 4.18 brings does not complete an
 * exchange whose connection fails, has no time limit, and logs responses with the patient's number.
 */
public final class WhatsAppApi implements WhatsAppService {
    private final ObjectMapper json = new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);
    // HTTP/1.1 and POST: this client sends a request at most once.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI uri;
    private final String token;
    private final Duration timeout;

    /**
     * @param baseUrl the address of the Graph API with its version
     * @param phoneNumberId the id of the clinic's number
     * @param token the access token
     * @param timeout the time that one request may take
     */
    public WhatsAppApi(String baseUrl, String phoneNumberId, String token, Duration timeout) {
        this.uri = URI.create(baseUrl + "/" + phoneNumberId + "/messages");
        this.token = token;
        this.timeout = timeout;
    }

    /**
     * Sends a message, and completes the exchange in each case. It fails with a {@link MessageRefusedException} if the
     * server has refused the message, and with any other exception if the outcome is unknown.
     */
    @Override
    public void sendMessage(Exchange exchange, AsyncCallback callback, BaseMessage message) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(message)))
                    .build();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            exchange.setException(new MessageRefusedException("the request cannot be written"));
            callback.done(false);
            return;
        }
        client.sendAsync(request, BodyHandlers.ofByteArray())
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(this::requireAccepted)
                .whenComplete((accepted, failure) -> {
                    if (failure != null) {
                        exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                    callback.done(false);
                });
    }

    private void requireAccepted(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 400 && status < 500) {
            throw new MessageRefusedException("WhatsApp has refused the message with status " + status);
        }
        if (status < 200 || status >= 300 || !hasMessageId(response.body())) {
            throw new IllegalStateException("WhatsApp has responded with status " + status + " and no message id");
        }
    }

    /** Returns whether a response is that of the API. A proxy may respond with 200, too. */
    private boolean hasMessageId(byte[] body) {
        try {
            return json.readTree(body).path("messages").path(0).path("id").isTextual();
        } catch (IOException e) {
            return false;
        }
    }
}
