/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lets camel-mail send to a server that fails at a chosen step. */
class SendFailureTest {
    /** Returns the failure of a mail to a server. */
    private static Exception send(int port) throws Exception {
        return send("smtp", port);
    }

    private static Exception send(String protocol, int port) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.start();
        try {
            return context.createProducerTemplate()
                    .request(
                            protocol + "://localhost:" + port + "?connectionTimeout=500",
                            exchange -> exchange.getMessage()
                                    .setHeaders(Map.of("To", "ada@example.invalid", "Subject", "A test")))
                    .getException();
        } finally {
            context.stop();
        }
    }

    @Test
    void given_no_mail_server_when_sent_then_the_mail_was_certainly_not_sent() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(SendFailure.isNotSent(send(port))).isTrue();
    }

    @Test
    void given_a_mail_server_without_tls_when_sent_by_smtps_then_the_mail_was_certainly_not_sent() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            new Thread(() -> serve(server, "none", null)).start();

            assertThat(SendFailure.isNotSent(send("smtps", server.getLocalPort())))
                    .isTrue();
        }
    }

    @Test
    void given_a_certificate_that_is_not_trusted_when_sent_then_the_message_was_certainly_not_sent() {
        assertThat(SendFailure.isNotSent(new IOException(new SSLHandshakeException("the certificate"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "connect, 421 too busy, true",
        "connect, 554 no mail from you, true",
        // The connection ends before the greeting.
        "connect, , true",
        // No greeting comes.
        "connect, wait, true",
        "RCPT, 550 no such user, true",
        "RCPT, 450 try again later, true",
        "MAIL, 530 log in first, true",
        "DATA, 554 no, true",
        "., 554 this looks like spam, true",
        "., 452 the disk is full, true",
        // The connection ends, and nobody knows whether the mail was taken.
        "., , false",
        // No response comes.
        "., wait, false"
    })
    void given_a_mail_server_that_fails_at_a_step_when_sent_then_only_a_refusal_is_certain(
            String step, String response, boolean isNotSent) throws Exception {
        Exception failure;
        try (ServerSocket server = new ServerSocket(0)) {
            new Thread(() -> serve(server, step, response)).start();
            failure = send(server.getLocalPort());
        }

        assertThat(failure).isNotNull();
        assertThat(SendFailure.isNotSent(failure)).isEqualTo(isNotSent);
    }

    private static void serve(ServerSocket server, String step, String response) {
        try (Socket client = server.accept();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            if (step.equals("connect")) {
                if (response == null) {
                    return;
                }
                if (!response.equals("wait")) {
                    respond(client, response);
                }
            } else {
                respond(client, "220 ready");
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String command = line.split(" ")[0];
                boolean isCommand = command.matches("EHLO|MAIL|RCPT|DATA|RSET|QUIT|\\.");
                if (command.equals(step)) {
                    if (response == null) {
                        return;
                    }
                    if (!response.equals("wait")) {
                        respond(client, response);
                    }
                } else if (isCommand) {
                    respond(client, command.equals("DATA") ? "354 go on" : "250 ok");
                }
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void respond(Socket client, String response) throws IOException {
        client.getOutputStream().write((response + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
