/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options;

/**
 * Sets up the WireMock server of a sandbox: on loopback, with a short journal, and with the clinic behind all other
 * stubs.
 *
 * <p>Specified by {@code WireMockFaultTest} and {@code RefusalTest}.
 */
final class SandboxServer {
    static final String HOST = "localhost";

    // After any stub of a test, whose priority is 5 by default.
    private static final int LAST = 1_000_000;
    // Eight clients and Jetty's own threads, with some to spare.
    private static final int THREADS = 24;
    // Enough for a test to verify its requests. Complete responses to so many would fill the memory, so the journal
    // truncates them.
    private static final int JOURNAL_REQUESTS = 1_000;
    private static final int JOURNAL_RESPONSE_BYTES = 2_048;

    private SandboxServer() {}

    /** Returns a server that is not started. Port 0 takes any free port. */
    static WireMockServer create(int port, ServedByClinic served) {
        WireMockServer server = new WireMockServer(wireMockConfig()
                .bindAddress(HOST)
                .port(port)
                .containerThreads(THREADS)
                .jettyAcceptors(1)
                .http2PlainDisabled(true)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.BODY_FILE)
                .gzipDisabled(true)
                .stubRequestLoggingDisabled(true)
                .maxRequestJournalEntries(JOURNAL_REQUESTS)
                .maxLoggedResponseSize(JOURNAL_RESPONSE_BYTES)
                .extensions(served, new EveryNthRequest()));
        server.stubFor(
                any(anyUrl()).atPriority(LAST).willReturn(aResponse().withTransformers(CliniceaSandbox.TRANSFORMER)));
        return server;
    }
}
