/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.net.URI;
import java.time.Duration;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * What decides how a server is reached. Endpoints that agree in all of it share one pool of connections.
 *
 * @param baseUrl the server, with a path in front of all others if there is one
 * @param connectTimeout how long to wait for a connection
 * @param responseTimeout how long to wait for each piece of an answer
 * @param requestTimeout how long one request may take in all, body included
 * @param maxResponseSize the largest body in bytes, decompressed
 * @param httpComponent a user's own component, whose timeouts hold where they are shorter; null for one of ours
 * @param sslContextParameters a user's own keys and trust, or null for the platform's
 * @param proxyHost a proxy, or null
 * @param proxyPort its port, or null
 */
public record ConnectionSettings(
        URI baseUrl,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration requestTimeout,
        long maxResponseSize,
        HttpComponent httpComponent,
        SSLContextParameters sslContextParameters,
        String proxyHost,
        Integer proxyPort) {}
