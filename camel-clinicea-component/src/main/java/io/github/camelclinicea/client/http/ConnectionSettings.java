/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.net.URI;
import java.time.Duration;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Holds the settings of the connections to a server. Endpoints with equal settings share one pool of connections.
 *
 * @param baseUrl the server, with the path before all other paths if there is one
 * @param connectTimeout the longest wait for a connection
 * @param responseTimeout the longest wait for each part of a response
 * @param requestTimeout the longest time for one request, response body included
 * @param maxResponseSize the largest response body in bytes, decompressed
 * @param httpComponent the user's own component, whose timeouts apply where they are shorter; null to create one
 * @param sslContextParameters the user's own keys and trusted certificates, or null for those of the platform
 * @param proxyHost the host of a proxy, or null
 * @param proxyPort the port of the proxy, or null
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
