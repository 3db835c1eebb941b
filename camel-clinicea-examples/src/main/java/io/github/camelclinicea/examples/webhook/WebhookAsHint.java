/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.webhook;

import io.github.camelclinicea.CliniceaComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Takes a webhook of Clinicea as a hint to poll the appointments. Webhooks are not signed, so nothing in one is
 * believed, and its body is not read.
 */
public class WebhookAsHint extends RouteBuilder {
    private static final int SHORTEST_SECRET = 20;

    @Override
    public void configure() {
        from("clinicea:appointments?apiKey={{clinicea.api-key}}")
                .routeId("appointments")
                .to("direct:saveAppointment");

        byte[] secret = secret();
        from("platform-http:/hooks/clinicea/{secret}?httpMethodRestrict=POST&useBodyHandler=false")
                .routeId("hook")
                .process(exchange -> {
                    boolean known = MessageDigest.isEqual(secret, given(exchange));
                    if (known) {
                        getContext()
                                .getComponent("clinicea", CliniceaComponent.class)
                                .pollNow("appointments");
                    }
                    respond(exchange, known ? 204 : 404);
                });
    }

    private byte[] secret() {
        String secret = getContext().resolvePropertyPlaceholders("{{clinicea.webhook-secret}}");
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "clinicea.webhook-secret must have " + SHORTEST_SECRET + " characters or more");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] given(Exchange exchange) {
        return exchange.getMessage().getHeader("secret", "", String.class).getBytes(StandardCharsets.UTF_8);
    }

    private static void respond(Exchange exchange, int status) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(null);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    }
}
